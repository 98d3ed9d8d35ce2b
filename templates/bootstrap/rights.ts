import { Fn, type Value } from '../../src/cfn';
import { allow, arn, type Statement } from '../modules/security/policy';
import { accessRoleName, administrationRoleName, planAccessRoleName } from './names';

const everywhere = { region: '*' };
const named = (prefix: string, actions: readonly string[]): string[] => actions.map((action) => `${prefix}:${action}`);
const artifactBuckets = (tail = ''): Value<string> => Fn.Sub(`arn:\${AWS::Partition}:s3:::meridian-artifacts-\${AWS::AccountId}-*${tail}`);
const stackSets = (names: readonly string[]): Value<string>[] => names.map((name) => arn('cloudformation', `stackset/${name}-*:*`, everywhere));

/**
 * What it takes to see what stands in an account, and what would stop a rollout into it; nothing of it reads data or a secret's value.
 * Where an action is allowed on everything, it takes no resource, or asks for names that are the systems' choice.
 */
export function lookingStatements(): Statement[] {
  return [
    allow(
      named('cloudformation', ['DescribeStackEvents', 'DescribeStacks', 'GetTemplate', 'ListStackResources']),
      ['StackSet-meridian-*', 'meridian-bootstrap-*'].map((stack) => arn('cloudformation', `stack/${stack}`, everywhere)),
    ),
    allow(named('cloudformation', ['ListTypes']), ['*']),
    allow(['ssm:GetParameters'], [arn('ssm', 'parameter/meridian/*', everywhere)]),
    allow(['cloudwatch:DescribeAlarms'], ['*']),
    allow(['ecr:DescribeImages'], [arn('ecr', 'repository/*', everywhere)]),
    allow(['route53:GetHostedZone'], [Fn.Sub('arn:${AWS::Partition}:route53:::hostedzone/*')]),
    allow(['secretsmanager:DescribeSecret'], [arn('secretsmanager', 'secret:*', everywhere)]),
    allow(named('ec2', ['DescribeAddresses', 'DescribeVpcs']), ['*']),
    allow(['servicequotas:GetServiceQuota'], [arn('servicequotas', 'ec2/*', everywhere), arn('servicequotas', 'vpc/*', everywhere)]),
    allow(['rds:DescribeDBInstances'], [arn('rds', 'db:*', everywhere)]),
    allow(['rds:DescribeGlobalClusters'], [arn('rds', 'global-cluster:*', { region: '' })]),
    allow(['s3:GetObject'], [artifactBuckets('/*')]),
    // Without it S3 answers 403 instead of 404 for an artifact that is not there yet.
    allow(['s3:ListBucket'], [artifactBuckets()]),
  ];
}

/** Bringing artifacts to the buckets of an account. */
export function bringingStatements(): Statement[] {
  return [allow(['s3:PutObject'], [artifactBuckets('/*')])];
}

/** What it takes besides to see the StackSets, in the account that has them. */
export function stackSetStatements(): Statement[] {
  return [allow(named('cloudformation', ['DescribeStackSet', 'DescribeStackSetOperation', 'ListStackInstances', 'ListStackSetOperationResults', 'ListStackSetOperations']), stackSets(['meridian']))];
}

/** What `meridian plan` takes in the account that has the StackSets, besides looking: the same in the accounts that they go to. */
export function planStatements(): Statement[] {
  return [allow(['sts:AssumeRole'], [enter(planAccessRoleName)])];
}

/**
 * What `meridian rollout` takes in the account that has the StackSets, besides looking.
 * @param prefixes how the names of the StackSets begin that it may change: `meridian-<system>-<environment>`
 */
export function rolloutStatements(prefixes: readonly string[]): Statement[] {
  return [
    ...bringingStatements(),
    // It takes no resource; what is made is nothing until instances are added.
    allow(['cloudformation:CreateStackSet'], ['*']),
    allow(named('cloudformation', ['TagResource', 'UntagResource']), stackSets(prefixes)),
    allow(named('cloudformation', ['CreateStackInstances', 'DeleteStackInstances', 'UpdateStackInstances', 'UpdateStackSet']), [
      ...stackSets(prefixes),
      arn('cloudformation', 'stackset-target/*', everywhere),
      // Types of resources belong to AWS, and their ARNs to no account.
      arn('cloudformation', 'type/resource/*', { region: '*', account: '*' }),
    ]),
    allow(['iam:PassRole'], [Fn.Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${administrationRoleName}`)], { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } }),
    allow(['sts:AssumeRole'], [enter(accessRoleName)]),
  ];
}

function enter(role: string): Value<string> {
  return Fn.Sub(`arn:\${AWS::Partition}:iam::*:role/${role}`);
}
