import { templateFailure } from '../failure';
import type { Place } from '../place';
import { textParts } from '../text';
import { noValue, type NoValue, type Unknown, type Value } from '../unknown';

/** An intrinsic function: takes its argument as the template has it, and the place of the call. */
export type Intrinsic = (argument: unknown, place: Place) => Value | NoValue;

/** Evaluates an argument that must have a value, so not `AWS::NoValue`. */
export function argumentValue(raw: unknown, place: Place, name: string): Value {
  const value = place.scope.evaluate(raw, place);
  if (value === noValue) throw templateFailure(place, name, 'AWS::NoValue stands where a value is needed', 'Leave out the whole property instead.');
  return value;
}

/** The arguments of a function that takes several. */
export function argumentList(raw: unknown, place: Place, name: string, fewest: number, most: number = fewest): readonly unknown[] {
  if (!Array.isArray(raw) || raw.length < fewest || raw.length > most) {
    const wanted = fewest === most ? String(fewest) : `${fewest} to ${most}`;
    throw templateFailure(place, name, `its argument is not a list of ${wanted}`, `Write {"${name}": [ … ]} with ${wanted} elements.`);
  }
  return raw;
}

/** Evaluates an argument that must be text, known or not. */
export function argumentText(raw: unknown, place: Place, name: string): string | Unknown {
  const value = argumentValue(raw, place, name);
  const parts = textParts(value);
  if (parts === undefined) throw templateFailure(place, name, 'a list or an object stands where text is needed', 'Put a list into text with Fn::Join.');
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : (value as Unknown);
}

/** An argument that must be a literal, such as a delimiter or a logical id. */
export function literalText(raw: unknown, place: Place, name: string, role: string): string {
  if (typeof raw !== 'string') throw templateFailure(place, name, `its ${role} is not text`, `Write the ${role} as a literal.`);
  return raw;
}
