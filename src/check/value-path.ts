import { Unknown, type Value, type ValueObject } from '../resolve';

/**
 * The values at a path of keys in which `*` stands for any element of a list: `Tags.*.Key`. A single value counts as a list of one, as in
 * the statements of a policy.
 */
export function valuesAt(value: Value | undefined, path: string): Value[] {
  return descend(value, path === '' ? [] : path.split('.'));
}

/** The value at a path without `*`, or undefined where the path leaves what is known. */
export function valueOf(value: Value | undefined, path: string): Value | undefined {
  return valuesAt(value, path)[0];
}

function descend(value: Value | undefined, [key, ...rest]: readonly string[]): Value[] {
  if (value === undefined) return [];
  if (key === undefined) return [value];
  if (key === '*') return (Array.isArray(value) ? (value as readonly Value[]) : [value]).flatMap((element) => descend(element, rest));
  if (typeof value !== 'object' || value === null || value instanceof Unknown) return [];
  return descend((value as ValueObject)[key], rest);
}
