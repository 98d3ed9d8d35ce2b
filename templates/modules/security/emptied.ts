import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { customResource } from '../compute/custom-resource';
import { lambdaFunction } from '../compute/function';
import { allow, inside, type Statement } from './policy';

/** Things that CloudFormation can delete only when they are empty, and that a function empties before. */
export interface EmptiedSettings {
  readonly buckets?: Readonly<Record<string, Handle<'AWS::S3::Bucket', 'Arn' | string>>>;
  readonly zones?: Readonly<Record<string, Handle<'AWS::Route53::HostedZone', string>>>;
  readonly keyArn?: IntrinsicFunction;
  /** Days that the function's log stays. @default as `lambdaFunction` has it */
  readonly logRetentionInDays?: number;
  /** The function's part in names, for example `empty-zone`: two deployments of a region must not share it. */
  readonly name: string;
  /** Holds where they stand. @default everywhere */
  readonly when?: Condition;
}

/**
 * Empties buckets and hosted zones when their stack is deleted. A zone needs it even when all records are ours:
 * CloudFormation never deletes the records by which certificates were validated.
 * @returns what empties each, by the name it was given under: whoever still fills it comes after, so that it is deleted before
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1603
 */
export function emptied(t: TemplateBuilder<Parameters, unknown>, settings: EmptiedSettings): Readonly<Record<string, Handle>> {
  const { buckets = {}, zones = {}, keyArn, logRetentionInDays, name, when } = settings;
  const bucketArns = Object.values(buckets).map((bucket) => bucket.att('Arn'));
  const zoneArns = Object.values(zones).map((zone) => Fn.Sub('arn:${AWS::Partition}:route53:::hostedzone/${Id}', { Id: zone.ref() }));
  const statements: Statement[] = [allow(['cloudformation:DescribeStacks'], [Aws.stackId])];
  if (bucketArns.length) {
    statements.push(allow(['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], bucketArns));
    statements.push(allow(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], bucketArns.map((arn) => inside(arn, '/*'))));
  }
  if (zoneArns.length) statements.push(allow(['route53:GetHostedZone', 'route53:ListResourceRecordSets', 'route53:ChangeResourceRecordSets'], zoneArns));
  const empty = lambdaFunction(t, 'Empty', {
    source: 'empty',
    name,
    description: 'Empties buckets and hosted zones before they are deleted',
    keyArn,
    logRetentionInDays,
    timeout: 900,
    memorySize: 512,
    statements,
    when,
  });
  const emptying: Record<string, Handle> = {};
  for (const [id, bucket] of Object.entries(buckets)) {
    emptying[id] = customResource(t, `${id}Emptied`, { type: 'Custom::EmptyBucket', functionArn: empty.att('Arn'), serviceTimeout: 960, properties: { BucketName: bucket.ref() } }, { when });
  }
  for (const [id, zone] of Object.entries(zones)) {
    emptying[id] = customResource(t, `${id}Emptied`, { type: 'Custom::EmptyZone', functionArn: empty.att('Arn'), serviceTimeout: 960, properties: { HostedZoneId: zone.ref() } }, { when });
  }
  return emptying;
}
