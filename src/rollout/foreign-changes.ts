import { isDeepStrictEqual } from 'node:util';
import { GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { StackSetDefinition } from './stack-set';
import type { Target } from './target';

/** What CloudFormation shows in the place of a secret value. */
const hidden = '****';

/**
 * What of a stack differs from the definition that its StackSet gave it: `template`, or a parameter by name. A StackSet does not notice
 * when somebody updates the stack of an instance past it, as break-glass does, and calls the instance current.
 */
export async function foreignChanges(target: Target, region: string, stack: Stack, { body, parameters }: Pick<StackSetDefinition, 'body' | 'parameters'>): Promise<string[]> {
  const { TemplateBody } = await target.in(region).cloudFormation.send(new GetTemplateCommand({ StackName: stack.StackId, TemplateStage: 'Original' }));
  const given = (stack.Parameters ?? []).filter(({ ParameterValue }) => ParameterValue !== hidden);
  const changed = given.filter(({ ParameterKey = '', ParameterValue }) => parameters[ParameterKey] !== ParameterValue).map(({ ParameterKey }) => `parameter ${ParameterKey}`);
  return [...(isSameTemplate(TemplateBody, body) ? [] : ['template']), ...changed.sort()];
}

/** As data: white space and the order of keys mean nothing. */
function isSameTemplate(a: string | undefined, b: string): boolean {
  return a === b || (a !== undefined && isDeepStrictEqual(JSON.parse(a), JSON.parse(b)));
}
