import { isAlias, isMap, isScalar, isSeq, type CollectionTag, type Document, type LineCounter, type Node, type ScalarTag } from 'yaml';
import { MeridianError } from '../../errors';
import { isShallow, readYaml } from '../../yaml';
import { isObject, type TemplateBody } from '../checked-template';

/** A template with the line of everything in it. */
export interface ParsedTemplate {
  readonly body: TemplateBody;
  /** The line, from 1, of a path such as `Resources/Queue/Properties/DelaySeconds`, or of the nearest place above it. */
  lineOf(path: string): number;
}

/** The functions that YAML may call by a short tag. `!Ref` and `!Condition` stand for keys without `Fn::`. */
const shortTags = ['And', 'Base64', 'Cidr', 'Condition', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'];

const customTags: (ScalarTag | CollectionTag)[] = shortTags.flatMap((name) => [
  { tag: `!${name}`, resolve: (value: string) => value },
  { tag: `!${name}`, collection: 'seq', resolve: (value) => value },
  { tag: `!${name}`, collection: 'map', resolve: (value) => value },
]);

/** Tags of YAML 1.1 that CloudFormation doesn't have, so that `2012-10-17` stays text. */
const unsupported = new Set(['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`));

/**
 * Reads a template in JSON or YAML, short tags written out: `!GetAtt Queue.Arn` as `{"Fn::GetAtt": ["Queue", "Arn"]}`.
 * @param file what an error calls it
 * @returns undefined when it is no template but some other document
 * @throws MeridianError with exit code 2 and the line, when a file that looks like a template can't be parsed
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function parseTemplate(file: string, text: string): ParsedTemplate | undefined {
  const json = text.trimStart().startsWith('{') && isShallow(text) ? parseJson(text) : undefined;
  if (json === undefined && !/^[ \t{,]*["']?(AWSTemplateFormatVersion|Resources)["']?\s*:/m.test(text)) return undefined;
  const read = once(() => readDocument(file, text));
  const body = json ?? read().body;
  if (!isObject(body) || !Object.hasOwn(body, 'Resources')) return undefined;
  const lineOf = (path: string): number => lineAbove(read().lines, path);
  const odd = oddPlace(body);
  if (odd !== undefined) throw new MeridianError(`Template ${file} unreadable: line ${lineOf(odd)}: ${odd.replace('/', '.')} is no object. Correct the line.`, 2);
  return { body, lineOf };
}

/** A section, or a resource, that is no object: cfn-lint's own rules fail on it. What loops and macros make is not known here. */
function oddPlace(body: TemplateBody): string | undefined {
  const section = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'].find((name) => Object.hasOwn(body, name) && !isObject(body[name]));
  if (section !== undefined) return section;
  const resource = Object.entries(body['Resources'] ?? {}).find(([name, entry]) => !isObject(entry) && !name.startsWith('Fn::'));
  return resource && `Resources/${resource[0]}`;
}

/** A document as plain values, and the line of each path in it. */
interface ReadDocument {
  readonly body: unknown;
  readonly lines: ReadonlyMap<string, number>;
}

/** Reads YAML, of which JSON is a part. */
function readDocument(file: string, text: string): ReadDocument {
  const { document, lines: counter, problem } = readYaml(text, { version: '1.1', merge: false, uniqueKeys: false, customTags: (tags) => [...tags.filter((tag) => typeof tag === 'string' || !unsupported.has(tag.tag)), ...customTags] });
  if (problem) throw new MeridianError(`Template ${file} unreadable: line ${problem.line}, column ${problem.column}: ${problem.why}. Correct the line.`, 2);
  const lines = new Map<string, number>([['', 1]]);
  return { body: new TemplateReader(document, counter, lines).read(document.contents, []), lines };
}

/** The values of JSON, ten times as fast as by way of YAML; undefined when it is none, so that YAML's parser says where. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Asks once, when somebody wants the answer. */
function once<T>(ask: () => T): () => T {
  let answer: { readonly value: T } | undefined;
  return () => (answer ??= { value: ask() }).value;
}

function lineAbove(lines: ReadonlyMap<string, number>, path: string): number {
  return lines.get(path) ?? lineAbove(lines, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
}

/** Turns the nodes of a document into plain values, and writes down the line of each. */
class TemplateReader {
  constructor(private readonly document: Document, private readonly lines: LineCounter, private readonly written: Map<string, number>) {}

  read(node: unknown, path: readonly string[]): unknown {
    if (isAlias(node)) return this.read(node.resolve(this.document), path);
    const tag = (node as Node | null)?.tag;
    if (tag === undefined || !tag.startsWith('!')) return this.readPlain(node, path);
    const name = tag.slice(1);
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const argument = this.readPlain(node, [...path, key]);
    return { [key]: name === 'GetAtt' && typeof argument === 'string' ? splitOnce(argument) : argument };
  }

  private readPlain(node: unknown, path: readonly string[]): unknown {
    if (isMap(node)) {
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const name = isScalar(key) ? String(key.value) : String(key);
          const own = [...path, name];
          this.write(key, own);
          return [name, this.read(value, own)];
        }),
      );
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const own = [...path, String(index)];
        this.write(item, own);
        return this.read(item, own);
      });
    }
    return isScalar(node) ? node.value : null;
  }

  private write(node: unknown, path: readonly string[]): void {
    const start = (node as Node | null)?.range?.[0];
    if (start !== undefined) this.written.set(path.join('/'), this.lines.linePos(start).line);
  }
}

/** `Queue.Arn` as the two arguments of `Fn::GetAtt`; an attribute may have dots of its own. */
function splitOnce(dotted: string): unknown {
  const dot = dotted.indexOf('.');
  return dot < 0 ? dotted : [dotted.slice(0, dot), dotted.slice(dot + 1)];
}
