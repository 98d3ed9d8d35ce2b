import { Aws, Fn, type IntrinsicFunction, type Value } from '../../../src/cfn';

/** One statement of a policy document. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: Value<readonly Value<string>[]>;
  readonly Principal?: Readonly<Record<string, Value<string> | readonly Value<string>[]>> | '*';
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * A policy document of these statements.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function policyDocument(...statements: readonly Statement[]): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: statements };
}

/** Allows actions on resources. */
export function allow(Action: readonly string[], Resource: Value<readonly Value<string>[]>, Condition?: Statement['Condition']): Statement {
  return { Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) };
}

/**
 * The condition that a service acts for this account only, against the confused deputy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const forThisAccount = { StringEquals: { 'aws:SourceAccount': Aws.accountId } } as const;

/**
 * The trust policy of a role that an AWS service assumes.
 * @param service    the service principal, for example `ecs-tasks.amazonaws.com`
 * @param condition  @default this account only; `none` for the services that send no source account, such as Lambda
 */
export function trustService(service: string, condition: Statement['Condition'] | 'none' = forThisAccount): Readonly<Record<string, unknown>> {
  return policyDocument({ Effect: 'Allow', Principal: { Service: service }, Action: ['sts:AssumeRole'], ...(condition === 'none' ? {} : { Condition: condition }) });
}

/** Denies everything on a resource to callers who do not use TLS. */
export function denyWithoutTls(actions: readonly string[], resources: readonly Value<string>[]): Statement {
  return { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: actions, Resource: resources, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
}

/** The ARN of something inside a resource: the resource's ARN with `tail` behind it, for example `/*`. */
export function inside(resourceArn: IntrinsicFunction, tail: string): IntrinsicFunction {
  return Fn.Sub(`\${Arn}${tail}`, { Arn: resourceArn });
}

/** Lets an AWS service put objects into a bucket of ours on behalf of this account only: how logs are delivered. */
export function mayDeliver(Sid: string, service: string, bucketArn: IntrinsicFunction): Statement {
  return { Sid, Effect: 'Allow', Principal: { Service: service }, Action: ['s3:PutObject'], Resource: [inside(bucketArn, '/*')], Condition: forThisAccount };
}

/**
 * Lets CloudWatch Logs' delivery service put what Network Load Balancers and others log into a bucket of ours: it asks who owns the bucket
 * first, unlike the service behind Application Load Balancers.
 * @param who  what logs, as the beginning of both statements' ids, for example `NetworkLoadBalancers`
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 */
export function logDeliveryMayWrite(who: string, bucketArn: IntrinsicFunction): readonly Statement[] {
  const Condition = { ...forThisAccount, ArnLike: { 'aws:SourceArn': Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*') } };
  const service = 'delivery.logs.amazonaws.com';
  return [
    { Sid: `${who}MayLook`, Effect: 'Allow', Principal: { Service: service }, Action: ['s3:GetBucketAcl'], Resource: [bucketArn], Condition },
    { ...mayDeliver(`${who}MayWrite`, service, bucketArn), Condition: { ...Condition, StringEquals: { ...forThisAccount.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } } },
  ];
}

/** An ARN in this partition, region and account: `service:resource` with what `Fn::Sub` knows. */
export function arn(service: string, resource: string, scope: { readonly region?: string; readonly account?: string } = {}): Value<string> {
  return Fn.Sub(`arn:\${AWS::Partition}:${service}:${scope.region ?? '${AWS::Region}'}:${scope.account ?? '${AWS::AccountId}'}:${resource}`);
}
