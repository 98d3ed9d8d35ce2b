import { text, textParts, type TextPart } from './text';
import type { Unknown, Value, ValueObject } from './unknown';
import { isList, isObject, leavesOf } from './value';

/** Properties of IAM that hold a policy document, and those that hold a list of named ones. */
const documents: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'PolicyDocument']);
const lists: ReadonlySet<string> = new Set(['Policies']);

/**
 * The properties of a resource with its policy documents read. IAM takes a document as JSON text too, and text it must be where a condition's
 * key is known only at deployment, as the issuer of a Kubernetes cluster's identities is: an object's keys can't be functions. What reads
 * resolved templates sees a document either way. An unknown in a key is written as `Fn::Sub` would name it: `${Identity}:sub`.
 *
 * Text that is no JSON object stays as it is, and so does every type outside IAM, some of which take text only.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function withPoliciesRead(type: string, properties: ValueObject): ValueObject {
  if (!type.startsWith('AWS::IAM::')) return properties;
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, read(name, value)]));
}

function read(name: string, value: Value): Value {
  if (documents.has(name)) return documentOf(value);
  if (!lists.has(name) || !isList(value)) return value;
  return value.map((policy) => (isObject(policy) && policy['PolicyDocument'] !== undefined ? { ...policy, PolicyDocument: documentOf(policy['PolicyDocument']) } : policy));
}

/** Around the number of an unknown in the text that is parsed: characters that no policy holds. */
const mark = /\uE000(\d+)\uE001/g;

function documentOf(value: Value): Value {
  const parts = isList(value) || isObject(value) ? undefined : textParts(value);
  if (parts === undefined) return value;
  const unknowns: Unknown[] = [];
  const source = parts.map((part) => (typeof part === 'string' ? part : `\uE000${unknowns.push(part) - 1}\uE001`)).join('');
  const parsed = jsonObject(source);
  return parsed === undefined ? value : restored(parsed, unknowns);
}

function jsonObject(source: string): ValueObject | undefined {
  try {
    const parsed = JSON.parse(source) as Value;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function restored(value: Value, unknowns: readonly Unknown[]): Value {
  if (typeof value === 'string') return text(pieces(value, unknowns));
  if (isList(value)) return value.map((element) => restored(element, unknowns));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [keyOf(key, unknowns), restored(element, unknowns)]));
}

/** Literal text and unknowns by turns, as the marks divide it. */
function pieces(marked: string, unknowns: readonly Unknown[]): readonly TextPart[] {
  return marked.split(mark).map((piece, index) => (index % 2 === 0 ? piece : (unknowns[Number(piece)] as Unknown)));
}

function keyOf(marked: string, unknowns: readonly Unknown[]): string {
  return pieces(marked, unknowns).map((piece) => (typeof piece === 'string' ? piece : `\${${leavesOf(piece).map(nameOf).join('|')}}`)).join('');
}

function nameOf({ origin, identity }: Unknown): string {
  switch (origin.kind) {
    case 'resource':
      return origin.attribute === 'Ref' ? origin.logicalId : `${origin.logicalId}.${origin.attribute}`;
    case 'parameter':
    case 'pseudo':
      return origin.name;
    default:
      return identity;
  }
}
