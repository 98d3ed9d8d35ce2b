import { Unknown } from '../../src/resolve';
import { unknownOf } from '../../src/resolve/value';

/** What stands where nothing should. */
export const intruder = 'altered';

const elsewhere = unknownOf({ kind: 'resource', instance: intruder, stack: '', file: 'altered.json', logicalId: 'Altered', type: 'Altered::Altered::Altered', attribute: 'Altered' });

/**
 * A value of the same kind that no test may take for the right one: a number is one higher, text goes on, a boolean turns, what
 * is known only after deployment comes from another resource, and where nothing was something is.
 */
export function altered(value: unknown): unknown {
  if (value instanceof Unknown) return elsewhere;
  switch (typeof value) {
    case 'number':
      return value + 1;
    case 'string':
      return `${value}-altered`;
    case 'boolean':
      return !value;
    default:
      return intruder;
  }
}

/** A list or object with other elements or keys: none, or where there were none a stranger. */
export function alteredShape<T extends object>(value: T): T {
  if (Array.isArray(value)) return (value.length ? [] : [intruder]) as object as T;
  if (value instanceof Map) return new Map(value.size ? [] : [[intruder, intruder]]) as object as T;
  return (Object.keys(value).length ? {} : { [intruder]: intruder }) as T;
}
