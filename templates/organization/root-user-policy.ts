import { Fn, type Condition, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Value } from '../../src/cfn';
import { Policy } from '../../src/cfn/generated/organizations';
import { policyDocument } from '../modules/security/policy';

/** The organisation's policy against root users. */
export interface RootUserPolicySettings {
  /** Ids of roots, organisational units and accounts to which it is attached; none leaves it unattached. */
  readonly targetIds: Value<readonly Value<string>[]> | IntrinsicFunction;
  readonly when: Condition;
}

/**
 * A service control policy that denies everything to the root users of member accounts. It leaves alone the sessions that the
 * organisation's administrators open by `sts:AssumeRoot` for single tasks, such as a bucket policy that has locked everybody out: they
 * are root's to IAM, and are told apart by `aws:AssumedRoot`, which only they have. It does not reach the management account, nor what no
 * policy of an organisation restricts, such as closing an account's support plan.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 */
export function rootUserPolicy(t: TemplateBuilder<Parameters, unknown>, id: string, { targetIds, when }: RootUserPolicySettings): void {
  t.add(
    id,
    new Policy({
      Name: t.resourceName('root-user', 'account'),
      Description: 'Denies everything to root users of member accounts, except in sessions that administrators open centrally',
      Type: 'SERVICE_CONTROL_POLICY',
      TargetIds: targetIds,
      Content: policyDocument({
        Sid: 'DenyRootUser',
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { ArnLike: { 'aws:PrincipalArn': [Fn.Sub('arn:${AWS::Partition}:iam::*:root')] }, Null: { 'aws:AssumedRoot': 'true' } },
      }),
    }),
    { when },
  );
}
