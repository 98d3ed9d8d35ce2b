import { templateFailure } from '../failure';
import { text, textParts, type TextPart } from '../text';
import { noValue, Unknown, type Value } from '../unknown';
import { isKnown, isList, isObject, unknownOf } from '../value';
import { argumentList, argumentText, argumentValue, literalText, type Intrinsic } from './intrinsic';
import { getAttribute, refer } from './references';

/**
 * `Fn::Sub`, with and without a map of variables; `${!Name}` stays as `${Name}`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export const sub: Intrinsic = (argument, place) => {
  const [pattern, variables] = typeof argument === 'string' ? [argument, {}] : argumentList(argument, place, 'Fn::Sub', 2);
  const source = literalText(pattern, place, 'Fn::Sub', 'pattern');
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) {
    throw templateFailure(place, 'Fn::Sub', 'its variables are not an object', 'Write {"Fn::Sub": [pattern, {"Name": value}]}.');
  }
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of source.matchAll(/\$\{(!?)([^}]*)\}/g)) {
    const [whole, literal, name = ''] = match;
    parts.push(source.slice(end, match.index));
    end = match.index + whole.length;
    if (literal) {
      parts.push(`\${${name}}`);
      continue;
    }
    const given = Object.hasOwn(variables, name);
    const value = given ? argumentValue((variables as Record<string, unknown>)[name], place, 'Fn::Sub') : name.includes('.') ? getAttribute(name, place) : refer(name, place);
    const pieces = value === noValue ? undefined : textParts(value);
    if (!pieces) throw templateFailure(place, `Fn::Sub variable "${name}"`, 'its value is not text', 'Put a list into text with Fn::Join.');
    parts.push(...pieces);
  }
  return text([...parts, source.slice(end)]);
};

/**
 * `Fn::Join`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-join.html
 */
export const join: Intrinsic = (argument, place) => {
  const [rawDelimiter, rawList] = argumentList(argument, place, 'Fn::Join', 2);
  const delimiter = literalText(rawDelimiter, place, 'Fn::Join', 'delimiter');
  const list = argumentValue(rawList, place, 'Fn::Join');
  if (list instanceof Unknown) return joinUnknown(delimiter, list);
  if (!isList(list)) throw templateFailure(place, 'Fn::Join', 'its second argument is not a list', 'Give it a list.');
  if (list.some((element) => isList(element) || isObject(element))) {
    throw templateFailure(place, 'Fn::Join', 'an element of its list is not text', 'Give the inner list itself, not inside another list.');
  }
  if (list.some(mayVanish)) return unknownOf({ kind: 'expression', function: 'Fn::Join', arguments: [delimiter, list] });
  return text(list.flatMap((element, index) => (index === 0 ? [] : [delimiter as TextPart]).concat(textParts(element) ?? [])));
};

/** Joins a list whose length is unknown; what `Fn::Split` took apart comes together again. */
function joinUnknown(delimiter: string, list: Unknown): Value {
  const { origin } = list;
  if (origin.kind === 'expression' && origin.function === 'Fn::Split' && origin.arguments[0] === delimiter) return origin.arguments[1] as Value;
  return unknownOf({ kind: 'expression', function: 'Fn::Join', arguments: [delimiter, list] });
}

/** Whether an element is left out when an undecided condition turns out so. */
function mayVanish(element: Value): boolean {
  return element instanceof Unknown && element.origin.kind === 'expression' && element.origin.function === 'Fn::If' && element.origin.arguments.includes(noValue);
}

/**
 * `Fn::Base64`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-base64.html
 */
export const base64: Intrinsic = (argument, place) => {
  const source = argumentText(argument, place, 'Fn::Base64');
  if (typeof source === 'string') return Buffer.from(source, 'utf8').toString('base64');
  return unknownOf({ kind: 'expression', function: 'Fn::Base64', arguments: [source] });
};

/**
 * `Fn::ToJsonString`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ToJsonString.html
 */
export const toJsonString: Intrinsic = (argument, place) => {
  const value = argumentValue(argument, place, 'Fn::ToJsonString');
  if (!(value instanceof Unknown) && !isList(value) && !isObject(value)) {
    throw templateFailure(place, 'Fn::ToJsonString', 'its argument is neither a list nor an object', 'Use Fn::Sub for text.');
  }
  return isKnown(value) ? JSON.stringify(value) : unknownOf({ kind: 'expression', function: 'Fn::ToJsonString', arguments: [value] });
};
