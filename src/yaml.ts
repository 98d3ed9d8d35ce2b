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

/** Nodes of a document once its aliases are written out: a few lines of aliases of aliases can stand for more than any memory holds. */
const largest = 200_000;

/**
 * Parses a YAML document, of which JSON is a part. Beyond bad syntax it finds what would be read as something else than was meant: tags
 * that nothing here knows, and aliases of nothing, of what they stand in, or of too much.
 */
export function readYaml(text: string, options: ParseOptions & DocumentOptions & SchemaOptions = {}): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...options, lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const [broken] = [...document.errors, ...document.warnings];
  const found = broken ? { code: broken.code, message: broken.message, offset: broken.pos[0] } : new NodeCheck().problemIn(document.contents);
  if (!found) return { document, lines };
  const { line, col: column } = lines.linePos(found.offset);
  return { document, lines, problem: { code: found.code, why: clause(found.message), line: Math.max(1, line), column: Math.max(1, column) } };
}

interface Found {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

/** Follows the nodes of one document in the order of its text. */
class NodeCheck {
  private readonly anchored = new Map<string, Node>();
  /** Nodes with their aliases written out; none for a node that is not through yet. */
  private readonly sizes = new Map<Node, number>();
  private found: Found | undefined;

  problemIn(contents: Node | null): Found | undefined {
    this.sizeOf(contents, 0);
    return this.found;
  }

  private sizeOf(node: unknown, depth: number): number {
    if (this.found) return 0;
    if (isPair(node)) return this.sizeOf(node.key, depth) + this.sizeOf(node.value, depth);
    if (isAlias(node)) return this.sizeBehind(node.source, node);
    if (!isCollection(node) && !isScalar(node)) return 0;
    if (depth > deepest) return this.refuse(node, 'TOO_DEEP', `it is nested more than ${deepest} levels deep`);
    if (node.anchor !== undefined) this.anchored.set(node.anchor, node);
    const size = isCollection(node) ? node.items.reduce<number>((sum, item) => sum + this.sizeOf(item, depth + 1), 1) : 1;
    if (size > largest) return this.refuse(node, 'TOO_LARGE', `with its aliases written out it has more than ${largest.toLocaleString('en-US')} values`);
    this.sizes.set(node, size);
    return size;
  }

  private sizeBehind(source: string, alias: Node): number {
    const target = this.anchored.get(source);
    if (!target) return this.refuse(alias, 'UNRESOLVED_ALIAS', `alias *${source} has no anchor &${source} before it`);
    return this.sizes.get(target) ?? this.refuse(alias, 'CIRCULAR_ALIAS', `alias *${source} stands inside its own anchor`);
  }

  private refuse({ range }: Node, code: string, message: string): 0 {
    this.found ??= { code, message, offset: range?.[0] ?? 0 };
    return 0;
  }
}

function clause(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}
