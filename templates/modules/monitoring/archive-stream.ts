import { Aws, Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { DeliveryStream } from '../../../src/cfn/generated/kinesisfirehose';
import { LogStream } from '../../../src/cfn/generated/logs';
import { allow, arn, inside } from '../security/policy';
import { serviceRole } from '../security/role';
import { logGroup } from './log-group';

/** A stream that writes logs to a bucket. */
export interface ArchiveStreamSettings {
  readonly name: Name;
  /** Account-wide name of the role that writes to the bucket. */
  readonly roleName: Name;
  readonly bucketArn: IntrinsicFunction;
  /** Key of the bucket, of the stream and of its own log. */
  readonly keyArn: IntrinsicFunction;
  /** Days that the log of what could not be delivered stays. */
  readonly logRetentionInDays: number;
  /** What must outlast the stream: what empties the bucket after the last write. */
  readonly after: readonly Handle[];
}

/** Both give large objects, few of which Glacier holds at less cost than many small ones. */
const buffering = { IntervalInSeconds: 900, SizeInMBs: 128 } as const;
const logStreamName = 'S3Delivery';

/**
 * A Firehose stream from CloudWatch Logs to S3. CloudWatch Logs sends gzip; Firehose opens it, puts one record on a line and packs
 * the lines again, so that what an auditor finds under `<year>/<month>/<day>/<hour>/` in UTC is JSON lines in gzip: one line names
 * a log group, a log stream and its events. `aws s3 cp <object> - | gzip -dc | jq -c 'select(.logGroup == "…") | .logEvents[]'` reads
 * it, and so does Athena. Records that Firehose can't open lie under `failed/`.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/writing-with-cloudwatch-logs-decompression.html
 */
export function archiveStream(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ArchiveStreamSettings): Handle<'AWS::KinesisFirehose::DeliveryStream', 'Arn'> {
  const { name, roleName, bucketArn, keyArn, logRetentionInDays, after } = settings;
  const log = logGroup(t, `${id}Log`, { name: name.after('/aws/kinesisfirehose/'), retentionInDays: logRetentionInDays, keyArn });
  const logStream = t.add(`${id}LogStream`, new LogStream({ LogGroupName: log.ref(), LogStreamName: logStreamName }));
  const role = serviceRole(t, `${id}Role`, {
    name: roleName,
    description: 'Writes logs to the archive bucket',
    service: 'firehose.amazonaws.com',
    // What Firehose names when it assumes a role is the account of the stream.
    trustCondition: { StringEquals: { 'sts:ExternalId': Aws.accountId } },
    statements: [
      allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], [bucketArn]),
      allow(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], [inside(bucketArn, '/*')]),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], {
        StringEquals: { 'kms:ViaService': Fn.Sub('s3.${AWS::Region}.${AWS::URLSuffix}') },
        ArnLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, inside(bucketArn, '/*')] },
      }),
      allow(['logs:PutLogEvents'], [log.att('Arn')]),
    ],
  });
  return t.add(
    id,
    new DeliveryStream({
      DeliveryStreamName: name,
      DeliveryStreamType: 'DirectPut',
      DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: keyArn },
      ExtendedS3DestinationConfiguration: {
        BucketARN: bucketArn,
        RoleARN: role.att('Arn'),
        Prefix: '!{timestamp:yyyy/MM/dd/HH}/',
        ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
        BufferingHints: buffering,
        CompressionFormat: 'GZIP',
        EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: keyArn } },
        ProcessingConfiguration: {
          Enabled: true,
          Processors: [
            { Type: 'Decompression', Parameters: [{ ParameterName: 'CompressionFormat', ParameterValue: 'GZIP' }] },
            { Type: 'AppendDelimiterToRecord', Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }] },
          ],
        },
        CloudWatchLoggingOptions: { Enabled: true, LogGroupName: log.ref(), LogStreamName: logStreamName },
      },
    }).keep('Delete'),
    { after: [logStream, ...after] },
  );
}

/**
 * The role by which CloudWatch Logs sends log groups of this account and region to a stream.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample
 */
export function subscriptionRole(t: TemplateBuilder<Parameters, unknown>, id: string, name: Name, streamArn: IntrinsicFunction): Handle<'AWS::IAM::Role', 'Arn' | 'RoleId'> {
  return serviceRole(t, id, {
    name,
    description: 'Sends log events to the archive stream',
    service: 'logs.amazonaws.com',
    trustCondition: { ArnLike: { 'aws:SourceArn': arn('logs', '*') } },
    statements: [allow(['firehose:PutRecord', 'firehose:PutRecordBatch'], [streamArn])],
  });
}
