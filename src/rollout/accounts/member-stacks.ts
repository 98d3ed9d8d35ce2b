import { memberTemplates, type BootstrapTemplate } from '../../../templates/bootstrap';
import { administratorOf } from './administrator';
import { sha256 } from '../package';

/** The SSM parameter, in us-east-1, that tells with what an account was prepared, whichever way its stacks came there. */
export const memberVersionName = '/meridian/bootstrap/member';

/**
 * The plain stacks of an account that another one rolls into; the first publishes its version.
 * @param administrator ARN of who rolls (see `administratorOf`, which also says what this throws)
 */
export function memberStacks(administrator: string): readonly BootstrapTemplate[] {
  return memberTemplates(administratorOf(administrator)).map((template) => (template.scope === 'global' ? withVersion(template) : template));
}

/** The version that `memberStacks` publishes for an administrator. */
export function memberVersion(administrator: string): string {
  return versionOf(memberTemplates(administratorOf(administrator)).find(({ scope }) => scope === 'global')!);
}

function withVersion(template: BootstrapTemplate): BootstrapTemplate {
  const parsed = JSON.parse(template.body) as { readonly Resources: object };
  const Version = { Type: 'AWS::SSM::Parameter', Properties: { Name: memberVersionName, Type: 'String', Value: versionOf(template), Description: 'With what this account was prepared for rollouts of Meridian' } };
  return { ...template, body: JSON.stringify({ ...parsed, Resources: { ...parsed.Resources, Version } }) };
}

function versionOf({ body }: BootstrapTemplate): string {
  return sha256(Buffer.from(body));
}
