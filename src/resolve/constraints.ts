import { MeridianError } from '../errors';
import { patternOf } from './pattern';
import type { TemplateParameter } from './template';
import { scalarText } from './text';
import type { Value } from './unknown';
import { isList, isScalar } from './value';

/**
 * Checks a parameter's value against what its declaration allows. A list is checked element by element, an unknown not at all.
 * @param where the parameter in words, for example `Parameter "Count" of root.json`
 * @throws MeridianError with the value, unless the declaration says `NoEcho`, and the range
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function checkConstraints(where: string, declaration: TemplateParameter, value: Value): void {
  if (isList(value)) {
    value.forEach((element) => checkConstraints(where, declaration, element));
    return;
  }
  if (!isScalar(value)) return;
  const given = scalarText(value);
  const broken = brokenConstraint(declaration, given);
  if (!broken) return;
  const shown = isNoEcho(declaration) ? 'its hidden value' : `"${given}"`;
  throw new MeridianError(`${where}: ${shown} ${broken}. ${declaration.ConstraintDescription?.replace(/\.?$/, '.') ?? 'Give another value.'}`, 2);
}

/** Whether a declaration forbids showing the value. */
export function isNoEcho(declaration: TemplateParameter): boolean {
  return String(declaration.NoEcho) === 'true';
}

function brokenConstraint(declaration: TemplateParameter, given: string): string | undefined {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue, Type } = declaration;
  if (/^(List<)?Number>?$/.test(Type) && (given.trim() === '' || Number.isNaN(Number(given)))) return 'is not a number';
  if (AllowedValues && !AllowedValues.map(String).includes(given)) return `is none of ${AllowedValues.join(', ')}`;
  if (AllowedPattern !== undefined && patternOf(AllowedPattern)?.test(given) === false) return `does not match ${AllowedPattern}`;
  if (MinLength !== undefined && given.length < Number(MinLength)) return `is shorter than ${MinLength} characters`;
  if (MaxLength !== undefined && given.length > Number(MaxLength)) return `is longer than ${MaxLength} characters`;
  if (MinValue !== undefined && Number(given) < Number(MinValue)) return `is less than ${MinValue}`;
  if (MaxValue !== undefined && Number(given) > Number(MaxValue)) return `is more than ${MaxValue}`;
  return undefined;
}
