import { cutBlocks } from '../cidr';
import { templateFailure } from '../failure';
import { splitText } from '../text';
import { Unknown, type Value } from '../unknown';
import { isKnown, isList, unknownOf } from '../value';
import { argumentList, argumentText, argumentValue, literalText, type Intrinsic } from './intrinsic';

/**
 * `Fn::Split`. A text with unknowns is split when no unknown can hold the delimiter, else it stays a call of which `Fn::Select` may still
 * know the first elements.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-split.html
 */
export const split: Intrinsic = (argument, place) => {
  const [rawDelimiter, rawSource] = argumentList(argument, place, 'Fn::Split', 2);
  const delimiter = literalText(rawDelimiter, place, 'Fn::Split', 'delimiter');
  if (delimiter === '') throw templateFailure(place, 'Fn::Split', 'its delimiter is empty', 'Give at least one character.');
  return splitValue(argumentText(rawSource, place, 'Fn::Split'), delimiter);
};

/** Splits text at a delimiter: a list, or one unknown when even the number of pieces is unknown. */
export function splitValue(source: string | Unknown, delimiter: string): readonly Value[] | Unknown {
  if (source instanceof Unknown && source.origin.kind === 'expression' && source.origin.function === 'Fn::Join' && source.origin.arguments[0] === delimiter) {
    const list = source.origin.arguments[1];
    if (list instanceof Unknown) return list;
  }
  const { pieces, certain } = splitText(source, delimiter) ?? { pieces: [], certain: -1 };
  return certain === pieces.length ? pieces : unknownOf({ kind: 'expression', function: 'Fn::Split', arguments: [delimiter, source] });
}

/**
 * `Fn::Select`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
export const select: Intrinsic = (argument, place) => {
  const [rawIndex, rawList] = argumentList(argument, place, 'Fn::Select', 2);
  const given = argumentText(rawIndex, place, 'Fn::Select');
  const list = argumentValue(rawList, place, 'Fn::Select');
  if (typeof given !== 'string') return unknownOf({ kind: 'expression', function: 'Fn::Select', arguments: [given, list] });
  if (!/^\d+$/.test(given)) throw templateFailure(place, 'Fn::Select', `its index "${given}" is not a number`, 'Count from 0.');
  const index = Number(given);
  if (list instanceof Unknown) return certainPiece(list, index) ?? unknownOf({ kind: 'expression', function: 'Fn::Select', arguments: [index, list] });
  if (!isList(list)) throw templateFailure(place, 'Fn::Select', 'its second argument is not a list', 'Cut text into a list with Fn::Split.');
  const element = list[index];
  if (element === undefined) throw templateFailure(place, 'Fn::Select', `there is no element ${index} in a list of ${list.length}`, `Use an index from 0 to ${Math.max(0, list.length - 1)}.`);
  return element;
};

function certainPiece(list: Unknown, index: number): Value | undefined {
  const { origin } = list;
  if (origin.kind !== 'expression' || origin.function !== 'Fn::Split') return undefined;
  const [delimiter, source] = origin.arguments as readonly Value[];
  const cut = splitText(source as Value, delimiter as string);
  return cut && index < cut.certain ? cut.pieces[index] : undefined;
}

/**
 * `Fn::Length`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-length.html
 */
export const length: Intrinsic = (argument, place) => {
  const list = argumentValue(argument, place, 'Fn::Length');
  if (list instanceof Unknown) return unknownOf({ kind: 'expression', function: 'Fn::Length', arguments: [list] });
  if (!isList(list)) throw templateFailure(place, 'Fn::Length', 'its argument is not a list', 'Cut text into a list with Fn::Split.');
  return list.length;
};

/**
 * `Fn::Cidr`: exact for a known range of IPv4 or IPv6.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export const cidr: Intrinsic = (argument, place) => {
  const parts = argumentList(argument, place, 'Fn::Cidr', 3).map((part) => argumentText(part, place, 'Fn::Cidr'));
  if (!parts.every(isKnown)) return unknownOf({ kind: 'expression', function: 'Fn::Cidr', arguments: parts });
  const [range, count, hostBits] = parts;
  const { blocks: cut } = place.scope.context;
  const call = parts.join();
  const before = cut.get(call);
  if (before) return before;
  const blocks = cutBlocks(String(range), Number(count), Number(hostBits));
  if ('why' in blocks) throw templateFailure(place, 'Fn::Cidr', blocks.why, blocks.fix);
  cut.set(call, blocks);
  return blocks;
};

/**
 * `Fn::GetAZs`: the zones that `InstanceInput.zones` or the table of known zones names, else one unknown list.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getavailabilityzones.html
 */
export const getAzs: Intrinsic = (argument, place) => {
  const { region, zones } = place.scope.context;
  const given = argumentText(argument, place, 'Fn::GetAZs');
  const wanted = given === '' ? region : given;
  const known = typeof wanted === 'string' && Object.hasOwn(zones, wanted) ? zones[wanted] : undefined;
  return known ?? unknownOf({ kind: 'expression', function: 'Fn::GetAZs', arguments: [wanted] });
};
