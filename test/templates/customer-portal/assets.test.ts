import { expect } from 'chai';
import { security } from '../../../templates/systems/customer-portal/security';
import { requirement } from '../../requirements/requirement';
import { only } from '../plain';
import { bothRegions, environmentNames, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const parameters = { DomainName: 'customers.example.com', AlarmEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' };
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
const own = '111111111111';

/** Asserts something of every environment's security template in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, environment: EnvironmentName, region: Region) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(security, region, environment, parameters), type), environment, region));
    }
  }
}

const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const objectsOf = (id: string) => ({ 'Fn::Join': ['', [`${id}.Arn`, '/*']] });
const distributions = { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${own}:distribution/*` } };
const assetsIn = (environment: EnvironmentName, region: string) => `cus-assets-${shorts[environment]}-main-${own}-${region}`;

describe('Customer portal buckets', () => {
  everywhere('CUS-50 CUS-72', 'keeps static assets and access logs in buckets that are never public and keep old versions, the assets under the region’s own key', (all, environment, region) => {
    const closed = [{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }, { Status: 'Enabled' }, undefined];
    const under = (encryption: object) => ({ ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: encryption }] });
    const lifecycle = (...more: readonly object[]) => ({
      Rules: [
        { Id: 'unfinished', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
        { Id: 'old-versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
        ...more,
      ],
    });
    const name = (part: string) => `cus-${part}-${shorts[environment]}-main-${own}-${region}`;
    const keys = ['PublicAccessBlockConfiguration', 'OwnershipControls', 'VersioningConfiguration', 'CorsConfiguration'];
    expect(only(all('AWS::S3::Bucket'), 'BucketName', ...keys, 'BucketEncryption', 'LifecycleConfiguration', 'LoggingConfiguration')).to.deep.equal({
      // Load balancers and S3 itself write under no other key than S3's own.
      AccessLogs: [name('access-logs'), ...closed, under({ SSEAlgorithm: 'AES256' }), lifecycle({ Id: 'expire', Status: 'Enabled', ExpirationInDays: 400 }), undefined],
      Assets: [
        name('assets'),
        ...closed,
        under({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'DefaultKey.Arn' }),
        lifecycle(),
        { DestinationBucketName: 'AccessLogs', LogFilePrefix: `${name('assets')}/` },
      ],
    });
  });

  everywhere('CUS-50 CUS-73', 'takes TLS only into its buckets, and lets this account’s distributions read assets and two services deliver logs, and nobody else', (all) => {
    const overTls = (id: string) => ({ Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: [`${id}.Arn`, objectsOf(id)], Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const deliver = (Sid: string, Service: string) => ({ Sid, Effect: 'Allow', Principal: { Service }, Action: ['s3:PutObject'], Resource: [objectsOf('AccessLogs')], Condition: { StringEquals: { 'aws:SourceAccount': own } } });
    const read = { Sid: 'DistributionsMayRead', Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: ['s3:GetObject'], Resource: [objectsOf('Assets')], Condition: distributions };
    expect(only(all('AWS::S3::BucketPolicy'), 'Bucket', 'PolicyDocument')).to.deep.equal({
      AccessLogsPolicy: [
        'AccessLogs',
        policy(overTls('AccessLogs'), deliver('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com'), deliver('BucketsMayWrite', 'logging.s3.amazonaws.com')),
      ],
      AssetsPolicy: ['Assets', policy(overTls('Assets'), read)],
    });
  });

  for (const environment of environmentNames) {
    const inRegion = (region: Region, type: string): Row => ofType(resolved(security, region, environment, parameters), type);
    const copyKey = `cus-default-${shorts[environment]}-main`;

    requirement('CUS-01 CUS-50', `copies ${environment}’s assets from the primary to the secondary under that region’s key, deletions and encrypted objects included`, () => {
      expect(only(inRegion('us-east-1', 'AWS::S3::Bucket'), 'ReplicationConfiguration')).to.deep.equal({
        AccessLogs: [undefined],
        Assets: [
          {
            Role: 'AssetsReplicationRole.Arn',
            Rules: [
              {
                Id: 'everything',
                Status: 'Enabled',
                Priority: 1,
                Filter: { Prefix: '' },
                DeleteMarkerReplication: { Status: 'Enabled' },
                SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
                Destination: {
                  Bucket: `arn:aws:s3:::${assetsIn(environment, 'ap-southeast-1')}`,
                  EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:ap-southeast-1:${own}:alias/${copyKey}` },
                  Metrics: { Status: 'Enabled' },
                },
              },
            ],
          },
        ],
      });
      expect(only(inRegion('ap-southeast-1', 'AWS::S3::Bucket'), 'ReplicationConfiguration')).to.deep.equal({ AccessLogs: [undefined], Assets: [undefined] });
    });

    requirement('CUS-50 CUS-59', `tells people when ${environment}’s assets are not copied`, () => {
      const dimension = (Name: string, Value: string) => ({ Name, Value });
      const keys = ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ComparisonOperator', 'Threshold', 'EvaluationPeriods', 'AlarmActions', 'OKActions'];
      expect(only(inRegion('us-east-1', 'AWS::CloudWatch::Alarm'), ...keys)).to.deep.equal({
        AssetsNotCopied: [
          'AWS/S3', 'OperationsFailedReplication',
          [dimension('SourceBucket', 'Assets'), dimension('DestinationBucket', assetsIn(environment, 'ap-southeast-1')), dimension('RuleId', 'everything')],
          'Sum', 'GreaterThanThreshold', 0, 1, ['Alarms'], ['Alarms'],
        ],
      });
      expect(Object.keys(inRegion('ap-southeast-1', 'AWS::CloudWatch::Alarm'))).to.deep.equal([]);
    });

    requirement('CUS-70', `lets ${environment}’s functions and S3 do what they are for, and nothing else`, () => {
      const may = (Action: readonly string[], Resource: readonly unknown[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
      const bucket = (name: string) => ({ ArnLike: { 'kms:EncryptionContext:aws:s3:arn': [name, `${name}/*`] } });
      const trusts = (Service: string) => policy({ Effect: 'Allow', Principal: { Service }, Action: ['sts:AssumeRole'] });
      const rights = (...statements: readonly object[]) => [{ PolicyName: 'own', PolicyDocument: policy(...statements) }];
      const from = `arn:aws:s3:::${assetsIn(environment, 'us-east-1')}`;
      const to = `arn:aws:s3:::${assetsIn(environment, 'ap-southeast-1')}`;
      const empty = [
        trusts('lambda.amazonaws.com'),
        rights(
          may(['logs:CreateLogStream', 'logs:PutLogEvents'], ['EmptyLog.Arn']),
          may(['cloudformation:DescribeStacks'], ['AWS::StackId']),
          may(['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], ['AccessLogs.Arn', 'Assets.Arn']),
          may(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], [objectsOf('AccessLogs'), objectsOf('Assets')]),
        ),
        undefined,
      ];
      expect(only(inRegion('ap-southeast-1', 'AWS::IAM::Role'), 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns')).to.deep.equal({ EmptyRole: empty });
      expect(only(inRegion('us-east-1', 'AWS::IAM::Role'), 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns')).to.deep.equal({
        EmptyRole: empty,
        AssetsReplicationRole: [
          trusts('s3.amazonaws.com'),
          rights(
            may(['s3:GetReplicationConfiguration', 's3:ListBucket'], [from]),
            may(['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], [`${from}/*`]),
            may(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], [`${to}/*`]),
            may(['kms:Decrypt'], ['DefaultKey.Arn'], { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }, ...bucket(from) }),
            may(['kms:Encrypt', 'kms:GenerateDataKey'], [`arn:aws:kms:ap-southeast-1:${own}:key/*`], {
              StringEquals: { 'kms:ViaService': 's3.ap-southeast-1.amazonaws.com' },
              ...bucket(to),
              'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${copyKey}` },
            }),
          ),
          undefined,
        ],
      });
    });
  }
});
