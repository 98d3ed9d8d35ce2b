import { noValue, Unknown, type Scalar, type Value } from './unknown';
import { isList, isScalar, unknownOf } from './value';

/** A piece of a text: literal, or an unknown that becomes text. */
export type TextPart = string | Unknown;

/** A scalar as CloudFormation writes it into text. */
export function scalarText(value: Scalar): string {
  return value === null ? '' : String(value);
}

/**
 * The parts of a value that is text, or undefined for a list or an object. A text with unknowns is kept as a `Fn::Join` with an
 * empty delimiter, which is also how it is rendered.
 */
export function textParts(value: Value): readonly TextPart[] | undefined {
  if (isScalar(value)) return [scalarText(value)];
  if (!(value instanceof Unknown)) return undefined;
  const { origin } = value;
  if (origin.kind === 'expression' && origin.function === 'Fn::Join' && origin.arguments[0] === '') {
    const parts = origin.arguments[1];
    if (parts !== undefined && parts !== noValue && isList(parts) && parts.every(isTextPart)) return parts;
  }
  return [value];
}

function isTextPart(part: Value): part is TextPart {
  return typeof part === 'string' || part instanceof Unknown;
}

/** Puts parts together: plain text when nothing is unknown, else one unknown whose literal parts stay readable. */
export function text(parts: readonly TextPart[]): string | Unknown {
  const merged: TextPart[] = [];
  for (const part of parts.flatMap((each) => textParts(each) ?? [])) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  const [first = ''] = merged;
  if (merged.length <= 1) return first;
  return unknownOf({ kind: 'expression', function: 'Fn::Join', arguments: ['', merged] });
}

/** Whether an unknown surely lacks a comma: identifiers, names and ARNs of resources do, parameters and imports may be lists. */
function isOneWord(part: TextPart): boolean {
  return typeof part === 'string' || part.origin.kind === 'resource' || part.origin.kind === 'pseudo';
}

/** The pieces between delimiters in a text, and how many from the start are certain whatever its unknowns turn out to be. */
export function splitText(value: Value, delimiter: string): { readonly pieces: readonly (string | Unknown)[]; readonly certain: number } | undefined {
  const parts = textParts(value);
  if (parts === undefined) return undefined;
  const pieces: TextPart[][] = [[]];
  let certain: number | undefined;
  for (const part of parts) {
    if (typeof part !== 'string') {
      if (delimiter !== ',' || !isOneWord(part)) certain ??= pieces.length - 1;
      pieces.at(-1)?.push(part);
      continue;
    }
    const [first = '', ...rest] = part.split(delimiter);
    pieces.at(-1)?.push(first);
    for (const piece of rest) pieces.push([piece]);
  }
  return { pieces: pieces.map(text), certain: certain ?? pieces.length };
}
