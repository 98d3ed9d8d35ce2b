import { isDeepStrictEqual } from 'node:util';

/** A value that differs, and where. */
export interface LeafDifference {
  /** Keys and positions, separated by dots. */
  readonly property: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The smallest values in which two values differ. Lists of different lengths, and intrinsic functions, differ as a whole: positions
 * in them say nothing to a reader.
 * @param property where the values stand
 */
export function leafDifferences(property: string, before: unknown, after: unknown): LeafDifference[] {
  if (isDeepStrictEqual(before, after)) return [];
  const keys = commonKeys(before, after);
  if (!keys) return [{ property, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  const [old, young] = [before as Readonly<Record<string, unknown>>, after as Readonly<Record<string, unknown>>];
  return keys.flatMap((key) => leafDifferences(`${property}.${key}`, old[key], young[key]));
}

function commonKeys(before: unknown, after: unknown): string[] | undefined {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return undefined;
  if (Array.isArray(before) !== Array.isArray(after)) return undefined;
  if (Array.isArray(before) && before.length !== (after as unknown[]).length) return undefined;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.some((key) => key === 'Ref' || key.startsWith('Fn::')) ? undefined : keys;
}
