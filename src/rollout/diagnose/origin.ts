import type { EmittedTemplate } from '../template';

/** Where a value that a resource got by a parameter comes from. */
export interface Origin {
  /** Parameter of the template that the resource is in. */
  readonly parameter: string;
  /** The value that it had; undefined when CloudFormation no longer tells, as after an update that went back; `****` for a secret. */
  readonly value?: string;
  /** What gave it, nearest first, up to where it was decided: `Network ▸ Outputs.DatabaseSubnetIds`, `parameter DomainName`. */
  readonly from: readonly string[];
}

/** A stack on the way from the root to the one whose resource failed. */
export interface StackOnPath {
  /** Logical id in the stack above; undefined for the root. */
  readonly logicalId?: string;
  readonly template: EmittedTemplate;
  /** Values of its parameters. */
  readonly values: Readonly<Record<string, string>>;
}

/** The parameter that every template has: of interest only when the reason speaks of it. */
const inEveryTemplate = 'EnvironmentSuffix';
/** How many origins are worth a reader's time when the reason names none of them. */
const most = 3;

/**
 * Where the parameters that a failed resource reads come from. Those that the reason speaks of, by name or by value, are all there is to
 * tell; when it speaks of none, the first three are.
 * @param path the stacks from the root down to the resource's
 * @param reason the service's own words
 */
export function originsOf(path: readonly StackOnPath[], logicalId: string, reason: string): Origin[] {
  const own = path.at(-1);
  const properties = own?.template.Resources[logicalId]?.Properties;
  if (!own || !properties) return [];
  const read = [...referencesIn(properties)].filter((name) => own.template.Parameters?.[name] !== undefined).sort();
  const origins = read.map((parameter): Origin => {
    const value = own.values[parameter];
    return { parameter, ...(value !== undefined && { value }), from: givers(path, parameter) };
  });
  const named = origins.filter(({ parameter, value }) => reason.includes(parameter) || (value !== undefined && parts(value).some((part) => reason.includes(part))));
  return named.length > 0 ? named : origins.filter(({ parameter }) => parameter !== inEveryTemplate).slice(0, most);
}

/** Pieces of a value that can be told apart in a sentence; shorter ones stand in too many. */
function parts(value: string): string[] {
  return value.split(',').filter((part) => part.length >= 5);
}

/** From the stack of a parameter up to the one where its value was decided. */
function givers(path: readonly StackOnPath[], parameter: string): string[] {
  const stack = path.at(-1);
  const above = path.at(-2);
  if (!stack || !above || stack.logicalId === undefined) return [describeRootParameter(path[0], parameter)];
  const given = (above.template.Resources[stack.logicalId]?.Properties?.['Parameters'] as Readonly<Record<string, unknown>> | undefined)?.[parameter];
  if (given === undefined) return [`default of parameter ${parameter}`];
  const passedOn = refOf(given);
  if (passedOn !== undefined && above.template.Parameters?.[passedOn]) return givers(path.slice(0, -1), passedOn);
  const outputs = [...attributesIn(given)].map(([resource, attribute]) => `${resource} ▸ ${attribute}`);
  return outputs.length > 0 ? outputs : [`${stack.logicalId}'s parameter ${parameter}`];
}

function describeRootParameter(root: StackOnPath | undefined, parameter: string): string {
  const declared = root?.template.Parameters?.[parameter];
  return declared?.Type.startsWith('AWS::SSM::Parameter::Value') && declared.Default !== undefined ? `wire ${declared.Default}` : `parameter ${parameter}`;
}

function refOf(value: unknown): string | undefined {
  return isObject(value) && typeof value['Ref'] === 'string' ? value['Ref'] : undefined;
}

/** Names that a value refers to by `Ref` or within `Fn::Sub`. */
function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  if (!isObject(value)) return found;
  const ref = refOf(value);
  if (ref !== undefined) found.add(ref);
  for (const text of substitutions(value)) found.add(text.split('.')[0] ?? text);
  for (const item of Object.values(value)) referencesIn(item, found);
  return found;
}

/** Attributes that a value reads: resource and attribute. */
function attributesIn(value: unknown, found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) for (const item of value) attributesIn(item, found);
  if (!isObject(value)) return found;
  const attribute = value['Fn::GetAtt'];
  const [resource, ...rest] = Array.isArray(attribute) ? attribute.map(String) : typeof attribute === 'string' ? attribute.split('.') : [];
  if (resource !== undefined) found.set(resource, rest.join('.'));
  for (const item of Object.values(value)) attributesIn(item, found);
  return found;
}

function substitutions(value: Readonly<Record<string, unknown>>): string[] {
  const sub = value['Fn::Sub'];
  const text = Array.isArray(sub) ? sub[0] : sub;
  return typeof text === 'string' ? [...text.matchAll(/\$\{([^!}]+)\}/g)].map((match) => match[1] ?? '') : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
