import { Fn, type Parameters, type TemplateBuilder, type Value } from '../../src/cfn';
import { ManagedPolicy, Role } from '../../src/cfn/generated/iam';
import { allow, policyDocument, trustService } from '../modules/security/policy';
import { bootstrapTemplate } from './bootstrap-template';
import { executionPolicies } from './execution-policies';
import { administrationRoleName, boundaryName, executionRoleName } from './names';

/**
 * The two roles of self-managed StackSets, and the boundary of all roles that templates create. The execution role trusts the
 * administration role and nobody else, and may do what the resource types in use need.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export const rolesTemplate = bootstrapTemplate('roles', 'global', 'Meridian: roles of its StackSets, and the boundary of the roles they create', (t) => {
  const administration = t.add('Administration', new Role({
    RoleName: administrationRoleName,
    Description: 'CloudFormation operates the StackSets of Meridian with it',
    AssumeRolePolicyDocument: trustService('cloudformation.amazonaws.com'),
    Policies: [{
      PolicyName: 'execute',
      PolicyDocument: policyDocument(allow(['sts:AssumeRole'], [Fn.Sub(`arn:\${AWS::Partition}:iam::*:role/${executionRoleName}`)])),
    }],
  }));
  executionRole(t, administration.att('Arn'));
});

/**
 * The execution role with its policies, and the boundary of the roles that it makes.
 * @param administration ARN of the only role that may assume it
 */
export function executionRole(t: TemplateBuilder<Parameters, unknown>, administration: Value<string>): void {
  const policies = executionPolicies().map((statements, index) =>
    t.add(`ExecutionPolicy${index + 1}`, new ManagedPolicy({
      ManagedPolicyName: `meridian-execution-${index + 1}`,
      Description: 'What the resource types in use need, from their registry schemas',
      PolicyDocument: policyDocument(...statements),
    })),
  );
  t.add('Execution', new Role({
    RoleName: executionRoleName,
    Description: 'StackSets of Meridian create, change and delete stacks with it',
    AssumeRolePolicyDocument: policyDocument({ Effect: 'Allow', Principal: { AWS: administration }, Action: ['sts:AssumeRole'] }),
    ManagedPolicyArns: policies.map((policy) => policy.ref()),
  }));
  t.add('Boundary', new ManagedPolicy({
    ManagedPolicyName: boundaryName,
    Description: 'The most that a role made by a template may ever do: anything but to change identities, the organization or the account',
    PolicyDocument: policyDocument(
      { Effect: 'Allow', Action: ['*'], Resource: ['*'] },
      {
        Effect: 'Deny',
        Action: ['account:*', 'organizations:*', ...['Add', 'Attach', 'Create', 'Deactivate', 'Delete', 'Detach', 'Enable', 'Put', 'Remove', 'Set', 'Tag', 'Untag', 'Update', 'Upload'].map((verb) => `iam:${verb}*`)],
        Resource: ['*'],
      },
      { Effect: 'Deny', Action: ['sts:AssumeRole', 'iam:PassRole'], Resource: ['meridian-stackset-*', 'meridian-rollout-*'].map((role) => Fn.Sub(`arn:\${AWS::Partition}:iam::*:role/${role}`)) },
    ),
  }));
}
