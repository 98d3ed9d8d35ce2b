import type { TemplateDiff } from '@aws-cdk/cloudformation-diff';
import type { PermissionChange, RuleChange } from './document';

/** Policy statements and attached managed policies that come or go, by resource. */
export function permissionChanges({ statements, managedPolicies }: TemplateDiff['iamChanges']): PermissionChange[] {
  const statement = (sign: PermissionChange['sign']) => (each: (typeof statements.additions)[number]): PermissionChange => ({ sign, ...each.render() });
  const attachment = (sign: PermissionChange['sign']) => ({ identityArn, managedPolicyArn }: (typeof managedPolicies.additions)[number]): PermissionChange => ({
    sign,
    resource: managedPolicyArn,
    effect: 'Allow',
    action: 'managed policy',
    principal: identityArn,
    condition: '',
  });
  return [
    ...statements.removals.map(statement('-')),
    ...statements.additions.map(statement('+')),
    ...managedPolicies.removals.map(attachment('-')),
    ...managedPolicies.additions.map(attachment('+')),
  ].sort((a, b) => (a.resource < b.resource ? -1 : Number(a.resource > b.resource)));
}

/** Rules of security groups that come or go, by group. */
export function ruleChanges({ ingress, egress }: TemplateDiff['securityGroupChanges']): RuleChange[] {
  const rule = (sign: RuleChange['sign'], direction: RuleChange['direction']) => (each: (typeof ingress.additions)[number]): RuleChange => ({
    sign,
    group: each.groupId,
    direction,
    protocol: each.describeProtocol(),
    peer: each.describePeer(),
  });
  return [
    ...ingress.removals.map(rule('-', 'in')),
    ...ingress.additions.map(rule('+', 'in')),
    ...egress.removals.map(rule('-', 'out')),
    ...egress.additions.map(rule('+', 'out')),
  ].sort((a, b) => (a.group < b.group ? -1 : Number(a.group > b.group)));
}
