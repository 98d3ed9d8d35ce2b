import { Fn } from '../../src/cfn';
import { Role } from '../../src/cfn/generated/iam';
import { allow, arn, policyDocument } from '../modules/security/policy';
import { bootstrapTemplate, type BootstrapTemplate } from './bootstrap-template';
import { accessRoleName, administrationRoleName } from './names';
import { executionRole } from './roles';

/** Who rolls into an account that has no StackSets of its own. */
export interface Administrator {
  /** The account that has the StackSets, twelve digits. */
  readonly account: string;
  /** ARNs, or patterns of them, of the roles or users of that account that rollouts run as. */
  readonly principals: readonly string[];
}

/**
 * What an account needs besides its buckets to be rolled into from another one: the execution role, which trusts the administration role
 * there, and the access role, with which a rollout sees how its stacks fare, reads wires and uploads artifacts. That one can't change a stack.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export function memberTemplate({ account, principals }: Administrator): BootstrapTemplate {
  return bootstrapTemplate('member', 'global', `Meridian: roles of the StackSets of account ${account}, and the boundary of the roles they create`, (t) => {
    executionRole(t, Fn.Sub(`arn:\${AWS::Partition}:iam::${account}:role/${administrationRoleName}`));
    t.add('Access', new Role({
      RoleName: accessRoleName,
      Description: 'Rollouts of Meridian read stacks and wires with it, and upload artifacts',
      AssumeRolePolicyDocument: policyDocument({
        Effect: 'Allow',
        Principal: { AWS: Fn.Sub(`arn:\${AWS::Partition}:iam::${account}:root`) },
        Action: ['sts:AssumeRole'],
        Condition: { ArnLike: { 'aws:PrincipalArn': principals } },
      }),
      Policies: [{ PolicyName: 'access', PolicyDocument: policyDocument(...accessStatements()) }],
    }));
  });
}

function accessStatements() {
  const everywhere = { region: '*' };
  return [
    allow(
      ['DescribeStackEvents', 'DescribeStacks', 'GetTemplate', 'ListStackResources'].map((action) => `cloudformation:${action}`),
      ['StackSet-meridian-*', 'meridian-bootstrap-*'].map((stack) => arn('cloudformation', `stack/${stack}`, everywhere)),
    ),
    allow(['ssm:GetParameters'], [arn('ssm', 'parameter/meridian/*', everywhere)]),
    // Alarms of StackSets' stacks have names of the systems' choice.
    allow(['cloudwatch:DescribeAlarms'], ['*']),
    allow(['ecr:DescribeImages'], [arn('ecr', 'repository/*', everywhere)]),
    allow(['s3:GetObject', 's3:PutObject'], [Fn.Sub('arn:${AWS::Partition}:s3:::meridian-artifacts-${AWS::AccountId}-*/*')]),
    allow(['route53:GetHostedZone'], [Fn.Sub('arn:${AWS::Partition}:route53:::hostedzone/*')]),
    // Without it S3 answers 403 instead of 404 for an artifact that is not there yet.
    allow(['s3:ListBucket'], [Fn.Sub('arn:${AWS::Partition}:s3:::meridian-artifacts-${AWS::AccountId}-*')]),
  ];
}
