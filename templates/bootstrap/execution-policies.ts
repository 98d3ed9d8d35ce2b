import { Fn, type Value } from '../../src/cfn';
import type { Statement } from '../modules/security/policy';
import permissions from './generated/execution-permissions.json';
import { boundaryName } from './names';

/**
 * The most characters of a managed policy, white space not counted, with room for what `Fn::Sub` puts in.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const policyCharacters = 6_144 - 500;

/** Actions that shape a role: allowed only on roles that carry the boundary. */
const shapingRoles = ['AttachRolePolicy', 'CreateRole', 'DeleteRolePolicy', 'DetachRolePolicy', 'PutRolePermissionsBoundary', 'PutRolePolicy'];
/** Actions on users and groups, which our templates never make, and the one that would take a boundary away. */
const neverNeeded = /User|Group|^DeleteRolePermissionsBoundary$/;

const ofAccount = (service: string, region: string, resource: string): Value<string> => Fn.Sub(`arn:\${AWS::Partition}:${service}:${region}:\${AWS::AccountId}:${resource}`);
const allow = (service: string, actions: readonly string[], Resource: readonly Value<string>[], more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: actions.map((action) => `${service}:${action}`),
  Resource,
  ...more,
});

/** The execution role's rights in as few managed policies as they fit into. */
export function executionPolicies(): Statement[][] {
  const policies: Statement[][] = [];
  let room = 0;
  for (const statement of executionStatements()) {
    const size = JSON.stringify(statement).length;
    if (size > room) {
      policies.push([]);
      room = policyCharacters;
    }
    policies.at(-1)?.push(statement);
    room -= size;
  }
  return policies;
}

function executionStatements(): Statement[] {
  return Object.entries(permissions).flatMap(([service, actions]) => {
    if (service === 'iam') return iamStatements(actions);
    if (service === 'cloudformation') return stackStatements(actions);
    // Most create actions take no resource, and the names are the systems' to choose.
    return [allow(service, actions, ['*'])];
  });
}

/** Roles only within the boundary, and none of Meridian's own roles and policies: otherwise a template could widen its own rights. */
function iamStatements(actions: readonly string[]): Statement[] {
  const needed = actions.filter((action) => !neverNeeded.test(action));
  const boundary = ofAccount('iam', '', `policy/${boundaryName}`);
  const reading = needed.filter((action) => /^(Get|List|Describe)/.test(action));
  const others = needed.filter((action) => !reading.includes(action) && !shapingRoles.includes(action));
  return [
    allow('iam', reading, ['*']),
    allow('iam', shapingRoles, [ofAccount('iam', '', 'role/*')], { Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } } }),
    allow('iam', others, ['role/*', 'instance-profile/*', 'policy/*', 'oidc-provider/*'].map((resource) => ofAccount('iam', '', resource))),
    {
      Effect: 'Deny',
      Action: ['iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:PassRole', 'iam:Put*', 'iam:Set*', 'iam:Tag*', 'iam:Untag*', 'iam:Update*'],
      Resource: ['role/meridian-stackset-*', 'role/meridian-rollout-*', 'policy/meridian-boundary', 'policy/meridian-execution-*', 'policy/meridian-rollout-*'].map((resource) => ofAccount('iam', '', resource)),
    },
  ];
}

/** Only stacks of our StackSets; the two actions that look at a template take no resource. */
function stackStatements(actions: readonly string[]): Statement[] {
  const ofTemplates = ['GetTemplateSummary', 'ValidateTemplate'];
  return [
    allow('cloudformation', actions.filter((action) => !ofTemplates.includes(action)), [ofAccount('cloudformation', '*', 'stack/StackSet-meridian-*')]),
    allow('cloudformation', ofTemplates, ['*']),
  ];
}
