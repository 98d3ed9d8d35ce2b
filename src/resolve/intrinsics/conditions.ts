import { templateFailure } from '../failure';
import { revealed } from '../hidden';
import type { Place, Truth } from '../place';
import { textParts } from '../text';
import { Unknown, type Value } from '../unknown';
import { identityOf, isKnown, unknownOf } from '../value';
import { argumentList, argumentValue, literalText, type Intrinsic } from './intrinsic';

/**
 * `Fn::If`. When the condition is undecided the value is known only if both branches agree.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export const choose: Intrinsic = (argument, place) => {
  const [rawName, whenTrue, whenFalse] = argumentList(argument, place, 'Fn::If', 3);
  const name = literalText(rawName, place, 'Fn::If', 'condition');
  const truth = place.scope.condition(name, place);
  if (typeof truth === 'boolean') return place.scope.evaluate(truth ? whenTrue : whenFalse, place);
  const branches = [whenTrue, whenFalse].map((branch) => place.scope.evaluate(branch, place));
  const [first, second] = branches.map(identityOf);
  if (first === second && branches[0] !== undefined) return branches[0];
  return unknownOf({ kind: 'expression', function: 'Fn::If', arguments: [truth, ...branches], condition: name });
};

/**
 * Decides a condition expression: `Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals` or `Condition`, in three-valued logic: an
 * unknown operand leaves a result undecided only where it can change it.
 */
export function decide(raw: unknown, place: Place): Truth {
  const [entry, ...more] = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : [];
  if (!entry || more.length > 0) throw noCondition(place, 'it is not an object with one key');
  const [name, argument] = entry;
  switch (name) {
    case 'Condition':
      return place.scope.condition(literalText(argument, place, 'Condition', 'name'), place);
    case 'Fn::Equals':
      return equals(argument, place);
    case 'Fn::Not':
      return not(decide(argumentList(argument, place, name, 1)[0], place));
    case 'Fn::And':
      return combine(name, false, argument, place);
    case 'Fn::Or':
      return combine(name, true, argument, place);
    default:
      throw noCondition(place, `"${name}" decides nothing`);
  }
}

function noCondition(place: Place, why: string): Error {
  return templateFailure(place, 'Condition', why, 'Use one of Fn::And, Fn::Or, Fn::Not, Fn::Equals and Condition.');
}

/** `Fn::And` is decided by the first false, `Fn::Or` by the first true. */
function combine(name: 'Fn::And' | 'Fn::Or', decisive: boolean, argument: unknown, place: Place): Truth {
  const operands = argumentList(argument, place, name, 2, 10).map((operand) => decide(operand, place));
  if (operands.includes(decisive)) return decisive;
  const open = operands.filter((operand) => operand instanceof Unknown);
  if (open.length === 0) return !decisive;
  return open.length === 1 ? (open[0] as Unknown) : unknownOf({ kind: 'expression', function: name, arguments: open });
}

function not(operand: Truth): Truth {
  if (typeof operand === 'boolean') return !operand;
  const { origin } = operand;
  if (origin.kind === 'expression' && origin.function === 'Fn::Not') return origin.arguments[0] as Unknown;
  return unknownOf({ kind: 'expression', function: 'Fn::Not', arguments: [operand] });
}

function equals(argument: unknown, place: Place): Truth {
  const [left, right] = argumentList(argument, place, 'Fn::Equals', 2).map((side) => argumentValue(side, place, 'Fn::Equals')) as [Value, Value];
  const [first, second] = [revealed(left), revealed(right)];
  if (identityOf(first) === identityOf(second)) return true;
  if (isKnown(first) && isKnown(second)) return false;
  if ((first === '' && isNeverEmpty(second)) || (second === '' && isNeverEmpty(first))) return false;
  return unknownOf({ kind: 'expression', function: 'Fn::Equals', arguments: [left, right] });
}

/** Whether a value is surely not the empty text: ids and attributes of resources never are, nor can an SSM parameter be empty. */
function isNeverEmpty(value: Value): boolean {
  const parts = textParts(value) ?? [];
  return parts.some((part) => (typeof part === 'string' ? part !== '' : part.origin.kind === 'resource' || part.origin.kind === 'ssm' || part.origin.kind === 'pseudo'));
}
