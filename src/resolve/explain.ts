import { noValue, Unknown, type NoValue, type Origin, type Value } from './unknown';
import { isKnown, leavesOf } from './value';

/** Says in words where a value comes from: `known before deployment`, or the origin of each unknown in it. */
export function explain(value: Value | NoValue): string {
  if (value === noValue) return 'left out (AWS::NoValue)';
  if (value instanceof Unknown) return explainOrigin(value.origin);
  return isKnown(value) ? 'known before deployment' : `partly known; unknown: ${leavesOf(value).map(explain).join('; ')}`;
}

function explainOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'resource': {
      const what = origin.attribute === 'Ref' ? 'id' : origin.attribute;
      return `${what} of ${origin.type} ${origin.stack === '' ? '' : `${origin.stack}/`}${origin.logicalId} (${origin.file} in ${origin.instance}), known once it stands`;
    }
    case 'parameter':
      return `parameter ${origin.name} of ${origin.file}, ${origin.hidden ? 'hidden by NoEcho' : 'which was given no value'}`;
    case 'ssm':
      return `SSM parameter ${typeof origin.name === 'string' ? origin.name : `whose name is: ${explain(origin.name)}`}, which no resolved deployment writes`;
    case 'pseudo':
      return `${origin.name}${origin.stack === '' ? '' : ` of nested stack ${origin.stack}`}, known once the stack stands`;
    case 'import':
      return `${origin.function} ${JSON.stringify(origin.argument)}, known where the other stack stands`;
    case 'expression':
      return `${origin.function} of ${leavesOf(...origin.arguments).map(explain).join('; ')}`;
  }
}
