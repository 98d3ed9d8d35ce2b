import { readFileSync } from 'node:fs';
import { MeridianError } from '../errors';
import { shapeProblem } from '../resolve';

/** A parameter of an emitted template, as much of it as a value is checked against. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string | number;
  readonly NoEcho?: boolean | string;
  readonly AllowedPattern?: string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly ConstraintDescription?: string;
  readonly MinLength?: number;
  readonly MaxLength?: number;
  readonly MinValue?: number;
  readonly MaxValue?: number;
}

/** A resource of an emitted template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** An emitted template, as much of it as a rollout reads. */
export interface EmittedTemplate {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** The type of a nested stack. */
export const nestedStackType = 'AWS::CloudFormation::Stack';

/**
 * Reads a template from its text.
 * @param where what the template is, for the error
 * @throws MeridianError when it isn't JSON with resources, or has another form than a template
 */
export function parseTemplate(text: string, where: string): EmittedTemplate {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new MeridianError(`Template ${where} damaged: it is not JSON. Run "npm run build:templates" again.`, 2, { cause });
  }
  if (typeof data !== 'object' || data === null || !('Resources' in data)) {
    throw new MeridianError(`Template ${where} damaged: it has no Resources. Run "npm run build:templates" again.`, 2);
  }
  const problem = shapeProblem(data);
  if (problem) throw new MeridianError(`Template ${where} damaged: ${problem.path.join('.')}: ${problem.why}. Run "npm run build:templates" again.`, 2);
  return data as EmittedTemplate;
}

/**
 * The bytes of a built file.
 * @throws MeridianError when the file is missing
 */
export function readBuilt(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new MeridianError(`Built file ${file} missing: ${(cause as Error).message}. Run "npm run build:templates".`, 2, { cause });
  }
}
