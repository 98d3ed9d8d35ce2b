import { suggest, templateFailure } from '../failure';
import type { Place } from '../place';
import { unknownOf } from '../value';
import { type Value } from '../unknown';
import { argumentList, argumentText, argumentValue, type Intrinsic } from './intrinsic';

/**
 * `Fn::FindInMap`, with the default value of the language extensions.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
 */
export const findInMap: Intrinsic = (argument, place) => {
  const [rawMap, rawFirst, rawSecond, options] = argumentList(argument, place, 'Fn::FindInMap', 3, 4);
  const fallback = defaultOf(options);
  const keys = [rawMap, rawFirst, rawSecond].map((key) => argumentText(key, place, 'Fn::FindInMap'));
  let found: unknown = place.scope.template.Mappings ?? {};
  for (const [level, key] of keys.entries()) {
    if (typeof key !== 'string') return unknownOf({ kind: 'expression', function: 'Fn::FindInMap', arguments: keys });
    const entries = found as Readonly<Record<string, unknown>>;
    if (Object.hasOwn(entries, key)) found = entries[key];
    else if (fallback) return place.scope.evaluate(fallback.DefaultValue, place);
    else throw missing(keys as readonly string[], level, Object.keys(entries), place);
  }
  return found as Value;
};

function defaultOf(options: unknown): { readonly DefaultValue: unknown } | undefined {
  return typeof options === 'object' && options !== null && 'DefaultValue' in options ? (options as { DefaultValue: unknown }) : undefined;
}

function missing(keys: readonly string[], level: number, names: readonly string[], place: Place): Error {
  const key = keys[level] ?? '';
  const why = level === 0 ? `there is no mapping "${key}"` : `there is no key "${key}" in ${keys.slice(0, level).join('.')}`;
  return templateFailure(place, `Fn::FindInMap ${keys.join('.')}`, why, suggest(key, names));
}

/**
 * `Fn::ImportValue`: known only where the exporting stack stands.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 */
export const importValue: Intrinsic = (argument, place) =>
  unknownOf({ kind: 'import', function: 'Fn::ImportValue', argument: argumentText(argument, place, 'Fn::ImportValue') });

/**
 * `Fn::GetStackOutput`: known only where the other stack stands.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export const getStackOutput: Intrinsic = (argument, place) =>
  unknownOf({ kind: 'import', function: 'Fn::GetStackOutput', argument: argumentValue(argument, place, 'Fn::GetStackOutput') });
