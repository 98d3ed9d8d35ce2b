import { closest, distance } from 'fastest-levenshtein';
import { MeridianError } from '../errors';
import type { Place } from './place';

/**
 * The error for a template that CloudFormation would refuse.
 * @param what the thing and its name, for example `Ref "Vcp"`
 * @param why  why it is refused, a clause
 * @param fix  what to do, a sentence with its own full stop
 */
export function templateFailure(place: Place, what: string, why: string, fix: string): MeridianError {
  return new MeridianError(`${what} in ${place.toString()}: ${why}. ${fix}`, 1);
}

/** A sentence that offers the nearest of the names there are, or all of them. */
export function suggest(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'Declare one first.';
  const nearest = closest(name, [...names]);
  if (distance(name, nearest) <= Math.max(2, name.length / 3)) return `Did you mean "${nearest}"?`;
  const shown = [...names].sort().slice(0, 8);
  return `Use one of ${shown.join(', ')}${names.length > shown.length ? ' …' : ''}.`;
}

/** The error for references that lead back to where they started; the message names the whole way. */
export function circularFailure(file: string, way: readonly string[]): MeridianError {
  return new MeridianError(`Circular reference in ${file}: ${way.join(' → ')}. Take one of these references away, for example by moving it to a resource of its own.`, 1);
}
