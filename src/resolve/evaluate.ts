import { suggest, templateFailure } from './failure';
import { intrinsics } from './intrinsics';
import type { Place } from './place';
import { noValue, Unknown, type NoValue, type Value } from './unknown';
import { isScalar } from './value';

/**
 * Resolves a template expression: literals stay, intrinsic functions are called, `AWS::NoValue` leaves its property or list element out.
 * @throws MeridianError for an expression that CloudFormation would refuse
 */
export function evaluate(raw: unknown, place: Place): Value | NoValue {
  if (isScalar(raw) || raw instanceof Unknown) return raw;
  if (Array.isArray(raw)) {
    return raw.map((element, index) => place.scope.evaluate(element, place.at(String(index)))).filter((element): element is Value => element !== noValue);
  }
  if (typeof raw !== 'object') throw templateFailure(place, 'Value', `${typeof raw} is not JSON`, 'Write text, a number, a boolean, a list or an object.');
  const entries = Object.entries(raw as Readonly<Record<string, unknown>>);
  const call = entries.find(([key]) => key.startsWith('Fn::')) ?? (entries.length === 1 && entries[0]?.[0] === 'Ref' ? entries[0] : undefined);
  if (!call) return evaluateObject(entries, place);
  const [name, argument] = call;
  if (entries.length > 1) throw templateFailure(place, name, 'it stands beside other keys', 'Give the function an object of its own.');
  const intrinsic = intrinsics.get(name);
  if (!intrinsic) throw templateFailure(place, name, 'no such function can be resolved here', suggest(name, [...intrinsics.keys()]));
  return intrinsic(argument, place);
}

function evaluateObject(entries: readonly (readonly [string, unknown])[], place: Place): Value {
  const result: [string, Value][] = [];
  for (const [key, raw] of entries) {
    const value = place.scope.evaluate(raw, place.at(key));
    if (value !== noValue) result.push([key, value]);
  }
  return Object.fromEntries(result);
}
