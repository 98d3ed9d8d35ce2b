import { Unknown, type Value } from './unknown';

/** Values of `NoEcho` parameters: reachable only through {@link revealed}, so no printing of an unknown can show one. */
const values = new WeakMap<Unknown, Value>();

/** Remembers the value behind a hidden parameter. */
export function hide(unknown: Unknown, value: Value): Unknown {
  values.set(unknown, value);
  return unknown;
}

/** A hidden parameter's value, for comparing in a condition and nothing else; any other value as it is. */
export function revealed(value: Value): Value {
  return value instanceof Unknown ? (values.get(value) ?? value) : value;
}
