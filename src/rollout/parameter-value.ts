import { patternOf } from '../resolve';
import type { TemplateParameter } from './template';

/**
 * Why CloudFormation would refuse a value of a parameter, or undefined when it would take it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function valueProblem(value: string, definition: TemplateParameter): string | undefined {
  const { Type, AllowedPattern, AllowedValues, ConstraintDescription, MinLength, MaxLength, MinValue, MaxValue } = definition;
  const shown = `"${value}"`;
  if (Type === 'Number') {
    const number = Number(value);
    if (value.trim() === '' || Number.isNaN(number)) return `${shown} is not a number`;
    if (MinValue !== undefined && number < MinValue) return `${shown} is less than ${MinValue}`;
    if (MaxValue !== undefined && number > MaxValue) return `${shown} is more than ${MaxValue}`;
  }
  if (AllowedValues && !AllowedValues.map(String).includes(value)) return `${shown} is not one of ${AllowedValues.join(', ')}`;
  if (MinLength !== undefined && value.length < MinLength) return `${shown} has ${value.length} characters, at least ${MinLength} are needed`;
  if (MaxLength !== undefined && value.length > MaxLength) return `${shown} has ${value.length} characters, at most ${MaxLength} are taken`;
  if (AllowedPattern !== undefined && patternOf(AllowedPattern)?.test(value) === false) {
    return `${shown} does not match ${AllowedPattern}${ConstraintDescription ? ` (${ConstraintDescription})` : ''}`;
  }
  return undefined;
}
