import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Trail } from '../../../src/cfn/generated/cloudtrail';
import { logGroup } from '../monitoring/log-group';
import { bucket } from './bucket';
import { key, logsMayEncrypt } from './key';
import { allow, inside, mayDeliver, type Statement } from './policy';
import { serviceRole } from './role';

/** The account's trail. */
export interface TrailSettings {
  /** Days that events stay in CloudWatch Logs. @default 365, the year of audit history that PCI DSS 10.5.1 asks for */
  readonly logRetentionInDays?: number;
  /** Days that log files stay in the bucket. @default 2557, seven years, as MAS and SOC 2 auditors ask for */
  readonly archiveDays?: number;
  /** Days in which nobody without `s3:BypassGovernanceRetention` can delete a log file. @default 365 */
  readonly lockDays?: number;
}

const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * A trail of management events in all regions, validated, encrypted, in a bucket that outlives its stack and in CloudWatch Logs.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export function trail(t: TemplateBuilder<Parameters, unknown>, settings: TrailSettings = {}): Handle<'AWS::CloudTrail::Trail', 'Arn' | 'SnsTopicArn'> {
  const { logRetentionInDays = 365, archiveDays = 2557, lockDays = 365 } = settings;
  const name = t.resourceName('trail');
  const forTrail = { StringEquals: { 'aws:SourceArn': name.after('arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/') } };
  const trailKey = key(t, 'TrailKey', {
    description: 'Audit trail of the account',
    alias: name,
    statements: [
      logsMayEncrypt,
      { Sid: 'TrailMayEncrypt', Effect: 'Allow', Principal: { Service: cloudTrail }, Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'], Condition: forTrail },
    ],
  });
  const may = (Sid: string, Action: string, Resource: IntrinsicFunction, more: object = {}): Statement => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: cloudTrail },
    Action: [Action],
    Resource: [Resource],
    Condition: { StringEquals: { ...forTrail.StringEquals, ...more } },
  });
  const { handle: accessLogs } = bucket(t, 'TrailAccessLogs', {
    name: t.resourceName('trail-access', 'world'),
    expireAfterDays: archiveDays,
    objectLock: 'enabled',
    retained: true,
    statements: (bucketArn) => [mayDeliver('AccessLogsMayArrive', 'logging.s3.amazonaws.com', bucketArn)],
  });
  const { handle: archive, policy } = bucket(t, 'TrailBucket', {
    name: t.resourceName('trail', 'world'),
    key: trailKey.att('Arn'),
    expireAfterDays: archiveDays,
    objectLock: { days: lockDays },
    accessLogBucket: accessLogs.ref(),
    retained: true,
    statements: (bucketArn) => [
      may('TrailMayLook', 's3:GetBucketAcl', bucketArn),
      may('TrailMayWrite', 's3:PutObject', inside(bucketArn, '/AWSLogs/${AWS::AccountId}/*'), { 's3:x-amz-acl': 'bucket-owner-full-control' }),
    ],
  });
  const log = logGroup(t, 'TrailLog', { name, retentionInDays: logRetentionInDays, keyArn: trailKey.att('Arn') });
  const role = serviceRole(t, 'TrailRole', {
    name: t.resourceName('trail', 'account'),
    description: 'Lets the trail write to CloudWatch Logs',
    service: cloudTrail,
    trustCondition: forTrail,
    // The ARN ends in `:*`, which covers the streams.
    statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [log.att('Arn')])],
  });
  return t.add(
    'Trail',
    new Trail({
      TrailName: name,
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: trailKey.att('Arn'),
      S3BucketName: archive.ref(),
      CloudWatchLogsLogGroupArn: log.att('Arn'),
      CloudWatchLogsRoleArn: role.att('Arn'),
    }),
    // CloudTrail tests whether it may write as soon as the trail is made.
    { after: [policy] },
  );
}
