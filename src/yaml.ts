import { isAlias, isCollection, isPair, isScalar, LineCounter, parseDocument, type Document, type DocumentOptions, type Node, type ParseOptions, type SchemaOptions } from 'yaml';

/** What is wrong with a YAML document, and where. */
export interface YamlProblem {
  /** The parser's own code, such as `DUPLICATE_KEY`, or one of ours. */
  readonly code: string;
  /** A clause that begins in lower case, without full stop. */
  readonly why: string;
  /** From 1, as `column`. */
  readonly line: number;
  readonly column: number;
}

/** A YAML document with the lines of its text. */
export interface ReadYaml {
  readonly document: Document;
  readonly lines: LineCounter;
  /** The first thing that is wrong; the document's values mean nothing then. */
  readonly problem?: YamlProblem;
}

/** Levels of lists and maps in each other. Nobody writes as many, and what reads them takes a call for each. */
const deepest = 200;

/** Values of a document once its aliases are written out: a few lines of aliases of aliases can stand for more than any memory holds. */
const largest = 200_000;

const tooDeep = `it is nested more than ${deepest} levels deep`;

/**
 * Parses a YAML document, of which JSON is a part. Beyond bad syntax it finds what would be read as something else than was meant: tags
 * that nothing here knows, and aliases of nothing, of what they stand in, or of too much.
 */
export function readYaml(text: string, options: ParseOptions & DocumentOptions & SchemaOptions = {}): ReadYaml {
  const deepLine = lineOfAbyss(text);
  const lines = new LineCounter();
  const document = parseDocument(deepLine === undefined ? text : '', { ...options, lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  if (deepLine !== undefined) return { document, lines, problem: { code: 'TOO_DEEP', why: tooDeep, line: deepLine, column: 1 } };
  const [broken] = [...document.errors, ...document.warnings];
  const found = broken ? { code: broken.code, message: broken.message, offset: broken.pos[0] } : new NodeCheck().problemIn(document.contents);
  if (!found) return { document, lines };
  const { line, col: column } = lines.linePos(found.offset);
  return { document, lines, problem: { code: found.code, why: clause(found.message), line: Math.max(1, line), column: Math.max(1, column) } };
}

/** Whether a text of JSON or YAML has few enough levels to be read. */
export function isShallow(text: string): boolean {
  return lineOfAbyss(text) === undefined;
}

/** The line on which a text goes deeper than the parser can follow: it takes calls for each level, and Node ends when they are too many. */
function lineOfAbyss(text: string): number | undefined {
  let open = 0;
  const index = text.split('\n').findIndex((line) => {
    const [indentation = ''] = /^(?:[ \t]|[-?:](?=[ \t]))*/.exec(line.slice(0, 2 * deepest + 1)) ?? [];
    for (const character of line) {
      if (character === '[' || character === '{') open += 1;
      else if (character === ']' || character === '}') open = Math.max(0, open - 1);
      if (open > deepest) return true;
    }
    return indentation.length > 2 * deepest && line.trim() !== '';
  });
  return index < 0 ? undefined : index + 1;
}

interface Found {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

/** What a node is with its aliases written out: how many values, and how many levels. */
interface Extent {
  readonly size: number;
  readonly levels: number;
}

const nothing: Extent = { size: 0, levels: 0 };

/** Follows the nodes of one document in the order of its text. */
class NodeCheck {
  private readonly anchored = new Map<string, Node>();
  /** None for a node that is not through yet. */
  private readonly extents = new Map<Node, Extent>();
  private found: Found | undefined;

  problemIn(contents: Node | null): Found | undefined {
    this.extentOf(contents);
    return this.found;
  }

  private extentOf(node: unknown): Extent {
    if (this.found) return nothing;
    if (isPair(node)) return together([this.extentOf(node.key), this.extentOf(node.value)]);
    if (isAlias(node)) return this.extentBehind(node.source, node);
    if (!isCollection(node) && !isScalar(node)) return nothing;
    if (node.anchor !== undefined) this.anchored.set(node.anchor, node);
    const inside = isCollection(node) ? together(node.items.map((item) => this.extentOf(item))) : nothing;
    const extent = { size: inside.size + 1, levels: inside.levels + 1 };
    if (extent.levels > deepest) return this.refuse(node, 'TOO_DEEP', tooDeep);
    if (extent.size > largest) return this.refuse(node, 'TOO_LARGE', `with its aliases written out it has more than ${largest.toLocaleString('en-US')} values`);
    this.extents.set(node, extent);
    return extent;
  }

  private extentBehind(source: string, alias: Node): Extent {
    const target = this.anchored.get(source);
    if (!target) return this.refuse(alias, 'UNRESOLVED_ALIAS', `alias *${source} has no anchor &${source} before it`);
    return this.extents.get(target) ?? this.refuse(alias, 'CIRCULAR_ALIAS', `alias *${source} stands inside its own anchor`);
  }

  private refuse({ range }: Node, code: string, message: string): Extent {
    this.found ??= { code, message, offset: range?.[0] ?? 0 };
    return nothing;
  }
}

function together(extents: readonly Extent[]): Extent {
  return extents.reduce((sum, { size, levels }) => ({ size: sum.size + size, levels: Math.max(sum.levels, levels) }), nothing);
}

function clause(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}
