import { expect } from 'chai';
import { archive } from '../../../templates/systems/customer-portal/archive';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { bothRegions, environmentNames, instanceOf, ofType, resolved, resourceOf, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
const own = '111111111111';

/** Asserts something of every environment's archive in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, environment: EnvironmentName, region: Region) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(archive, region, environment), type), environment, region));
    }
  }
}

const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const objects = { 'Fn::Join': ['', ['Logs.Arn', '/*']] };

describe('Customer portal log archive', () => {
  everywhere('CUS-60 CUS-72', 'keeps logs for the auditors in a closed bucket under the region’s key, in production for 400 days and cold after 30', (all, environment, region) => {
    const days = environment === 'production' ? 400 : 30;
    const name = `cus-archive-${shorts[environment]}-main-${own}-${region}`;
    const cold = { Id: 'cold', Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }] };
    const keys = ['BucketName', 'PublicAccessBlockConfiguration', 'OwnershipControls', 'VersioningConfiguration', 'ObjectLockEnabled', 'BucketEncryption', 'LifecycleConfiguration', 'LoggingConfiguration'];
    expect(only(all('AWS::S3::Bucket'), ...keys)).to.deep.equal({
      Logs: [
        name,
        { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        { Status: 'Enabled' },
        undefined,
        { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: '<DefaultKeyArn>' } }] },
        {
          Rules: [
            { Id: 'unfinished', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
            { Id: 'old-versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
            ...(environment === 'production' ? [cold] : []),
            { Id: 'expire', Status: 'Enabled', ExpirationInDays: days },
          ],
        },
        { DestinationBucketName: '<AccessLogBucketName>', LogFilePrefix: `${name}/` },
      ],
    });
    const overTls = { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: ['Logs.Arn', objects], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(only(all('AWS::S3::BucketPolicy'), 'Bucket', 'PolicyDocument')).to.deep.equal({ LogsPolicy: ['Logs', policy(overTls)] });
  });

  everywhere('CUS-60 CUS-72', 'writes what CloudWatch Logs sends as lines of JSON, packed and encrypted, by the hour, and tells what it can’t deliver', (all, environment) => {
    expect(only(all('AWS::KinesisFirehose::DeliveryStream'), 'DeliveryStreamName', 'DeliveryStreamType', 'DeliveryStreamEncryptionConfigurationInput', 'ExtendedS3DestinationConfiguration')).to.deep.equal({
      Stream: [
        `cus-archive-${shorts[environment]}-main`,
        'DirectPut',
        { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: '<DefaultKeyArn>' },
        {
          BucketARN: 'Logs.Arn',
          RoleARN: 'StreamRole.Arn',
          Prefix: '!{timestamp:yyyy/MM/dd/HH}/',
          ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
          BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 128 },
          CompressionFormat: 'GZIP',
          EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: '<DefaultKeyArn>' } },
          ProcessingConfiguration: {
            Enabled: true,
            Processors: [
              { Type: 'Decompression', Parameters: [{ ParameterName: 'CompressionFormat', ParameterValue: 'GZIP' }] },
              { Type: 'AppendDelimiterToRecord', Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }] },
            ],
          },
          CloudWatchLoggingOptions: { Enabled: true, LogGroupName: 'StreamLog', LogStreamName: 'S3Delivery' },
        },
      ],
    });
    expect(only(all('AWS::Logs::LogStream'), 'LogGroupName', 'LogStreamName')).to.deep.equal({ StreamLogStream: ['StreamLog', 'S3Delivery'] });
  });

  everywhere('CUS-60 CUS-61', 'copies the logs of the functions that empty buckets, and not the one of its own failures', (all, environment) => {
    const tail = `${shorts[environment]}-main`;
    const retention = environment === 'production' ? 14 : 7;
    expect(only(all('AWS::Logs::LogGroup'), 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      EmptyLog: [`/aws/lambda/cus-empty-archive-${tail}`, retention, '<DefaultKeyArn>'],
      StreamLog: [`/aws/kinesisfirehose/cus-archive-${tail}`, retention, '<DefaultKeyArn>'],
    });
    const sent = [`cus-archive-${tail}`, '', 'Stream.Arn', 'SubscriptionRole.Arn'];
    expect(only(all('AWS::Logs::SubscriptionFilter'), 'LogGroupName', 'FilterName', 'FilterPattern', 'DestinationArn', 'RoleArn')).to.deep.equal({
      EmptyLogArchive: ['EmptyLog', ...sent],
      EmptyBucketsLogArchive: [`/aws/lambda/cus-empty-buckets-${tail}`, ...sent],
    });
  });

  everywhere('CUS-70', 'lets CloudWatch Logs of this account and region send, the stream write, and the emptying function empty, and nothing else', (all, _, region) => {
    const may = (Action: readonly string[], Resource: readonly unknown[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
    const trusts = (Service: string, Condition?: object) => policy({ Effect: 'Allow', Principal: { Service }, Action: ['sts:AssumeRole'], ...(Condition ? { Condition } : {}) });
    const rights = (...statements: readonly object[]) => [{ PolicyName: 'own', PolicyDocument: policy(...statements) }];
    expect(only(all('AWS::IAM::Role'), 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns')).to.deep.equal({
      EmptyRole: [
        trusts('lambda.amazonaws.com'),
        rights(
          may(['logs:CreateLogStream', 'logs:PutLogEvents'], ['EmptyLog.Arn']),
          may(['cloudformation:DescribeStacks'], ['AWS::StackId']),
          may(['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], ['Logs.Arn']),
          may(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], [objects]),
        ),
        undefined,
      ],
      StreamRole: [
        trusts('firehose.amazonaws.com', { StringEquals: { 'sts:ExternalId': own } }),
        rights(
          may(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], ['Logs.Arn']),
          may(['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], [objects]),
          may(['kms:Decrypt', 'kms:GenerateDataKey'], ['<DefaultKeyArn>'], {
            StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
            ArnLike: { 'kms:EncryptionContext:aws:s3:arn': ['Logs.Arn', objects] },
          }),
          may(['logs:PutLogEvents'], ['StreamLog.Arn']),
        ),
        undefined,
      ],
      SubscriptionRole: [
        trusts('logs.amazonaws.com', { ArnLike: { 'aws:SourceArn': `arn:aws:logs:${region}:${own}:*` } }),
        rights(may(['firehose:PutRecord', 'firehose:PutRecordBatch'], ['Stream.Arn'])),
        undefined,
      ],
    });
  });

  everywhere('CUS-59 CUS-60', 'tells people when logs have waited for more than an hour', (all) => {
    const keys = ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ComparisonOperator', 'Threshold', 'Period', 'EvaluationPeriods', 'AlarmActions'];
    expect(only(all('AWS::CloudWatch::Alarm'), ...keys)).to.deep.equal({
      ArchiveLate: ['AWS/Firehose', 'DeliveryToS3.DataFreshness', [{ Name: 'DeliveryStreamName', Value: 'Stream' }], 'Maximum', 'GreaterThanThreshold', 3600, 300, 3, ['<AlarmTopicArn>']],
    });
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('CUS-65 CUS-67 CUS-68', `goes with its stack in ${region}, the stream before what empties the bucket: ${environment}`, () => {
        const instance = instanceOf(archive, environment, region);
        for (const id of ['Logs', 'Stream', 'StreamLog', 'EmptyLog']) {
          const { deletionPolicy, updateReplacePolicy } = resourceOf(instance, id);
          expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
        }
        expect(plain(resourceOf(instance, 'LogsEmptied').properties)).to.deep.equal({ ServiceToken: 'Empty.Arn', ServiceTimeout: 960, BucketName: 'Logs' });
        expect(resourceOf(instance, 'Stream').dependsOn).to.deep.equal(['LogsEmptied', 'StreamLogStream']);
      });
    }
  }
});
