import { expect } from 'chai';
import { security } from '../../../templates/systems/fintech-global/security';
import { only, plain } from '../plain';
import { everywhereOf, type Region, type Stood } from './everywhere';

const own = '111111111111';
const dataKeyArn = `arn:aws:kms:us-east-1:${own}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const parameters = { DomainName: 'fintechglobal.example.com', AlertEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ', PrimaryDataKeyArn: dataKeyArn };
const keyIn = (region: Region): string => (region === 'us-east-1' ? dataKeyArn : 'DataKey.Arn');
const bucketName = (name: string, { short }: Stood, region: Region): string => `fintechglobal-${name}-${short}-main-${own}-${region}`;
const bucket = 'AWS::S3::Bucket';
const encryption = (ServerSideEncryptionByDefault: object) => ({ ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault }] });

describe('FinTech Global security', () => {
  const everywhere = everywhereOf(security, () => parameters);

  everywhere('FTG-45', 'keeps every version of what is in the data lake and in the log bucket', ({ all }) => {
    expect(only(all(bucket), 'VersioningConfiguration')).to.deep.equal({ Logs: [{ Status: 'Enabled' }], DataLake: [{ Status: 'Enabled' }] });
  });

  everywhere('FTG-46', 'moves the data lake to colder storage with time, and lets go what was overwritten a year ago or never finished', ({ all }) => {
    const rule = (Id: string, action: object) => ({ Id, Status: 'Enabled', ...action });
    const common = (NoncurrentDays: number) => [rule('unfinished', { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }), rule('old-versions', { NoncurrentVersionExpiration: { NoncurrentDays } })];
    expect(only(all(bucket), 'LifecycleConfiguration')).to.deep.equal({
      Logs: [{ Rules: [...common(30), rule('expire', { ExpirationInDays: 400 })] }],
      DataLake: [
        {
          Rules: [
            ...common(365),
            rule('infrequent', { Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] }),
            rule('cold', { Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }] }),
          ],
        },
      ],
    });
  });

  everywhere('FTG-47 FTG-48', 'encrypts the data lake under the region’s data key, and logs under the only one by which load balancers write', ({ all, region }) => {
    expect(only(all(bucket), 'BucketEncryption')).to.deep.equal({ Logs: [encryption({ SSEAlgorithm: 'AES256' })], DataLake: [encryption({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyIn(region) })] });
  });

  everywhere('FTG-48', 'logs who reads and writes the data lake into the log bucket', (stood) => {
    expect(only(stood.all(bucket), 'BucketName', 'LoggingConfiguration')).to.deep.equal({
      Logs: [bucketName('logs', stood, stood.region), undefined],
      DataLake: [bucketName('data-lake', stood, stood.region), { DestinationBucketName: 'Logs', LogFilePrefix: `${bucketName('data-lake', stood, stood.region)}/` }],
    });
  });

  everywhere('FTG-47 FTG-48', 'lets nobody use its buckets without TLS, and only this account’s load balancers and buckets log', ({ all }) => {
    const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
    const objects = (id: string) => ({ 'Fn::Join': ['', [`${id}.Arn`, '/*']] });
    const denied = (id: string) => ({ Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: [`${id}.Arn`, objects(id)], Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const delivers = (Sid: string, Service: string) => ({ Sid, Effect: 'Allow', Principal: { Service }, Action: ['s3:PutObject'], Resource: [objects('Logs')], Condition: { StringEquals: { 'aws:SourceAccount': own } } });
    expect(only(all('AWS::S3::BucketPolicy'), 'Bucket', 'PolicyDocument')).to.deep.equal({
      LogsPolicy: ['Logs', policy(denied('Logs'), delivers('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com'), delivers('BucketsMayWrite', 'logging.s3.amazonaws.com'))],
      DataLakePolicy: ['DataLake', policy(denied('DataLake'))],
    });
    const closed = [{ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }];
    expect(only(all(bucket), 'PublicAccessBlockConfiguration', 'OwnershipControls')).to.deep.equal({ Logs: closed, DataLake: closed });
  });

  everywhere('FTG-49', 'copies the data lake to the other region within a quarter of an hour, under the key there', (stood) => {
    const { environment, isPrimary } = stood;
    const alias = `fintech-data-key${environment === 'production' ? '' : `-${environment}`}`;
    const copied = {
      Role: 'DataLakeReplicationRole.Arn',
      Rules: [
        {
          Id: 'everything',
          Status: 'Enabled',
          Priority: 1,
          Filter: { Prefix: '' },
          DeleteMarkerReplication: { Status: 'Enabled' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          Destination: {
            Bucket: `arn:aws:s3:::${bucketName('data-lake', stood, 'ap-southeast-1')}`,
            EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:ap-southeast-1:${own}:alias/${alias}` },
            Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
            ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
          },
        },
      ],
    };
    expect(only(stood.all(bucket), 'ReplicationConfiguration')).to.deep.equal({ Logs: [undefined], DataLake: [isPrimary ? copied : undefined] });
  });

  everywhere('FTG-49', 'tells when the copy fails or is late', (stood) => {
    const alarms = stood.all('AWS::CloudWatch::Alarm');
    const asked = [{ Name: 'SourceBucket', Value: 'DataLake' }, { Name: 'DestinationBucket', Value: bucketName('data-lake', stood, 'ap-southeast-1') }, { Name: 'RuleId', Value: 'everything' }];
    expect(only(alarms, 'MetricName', 'Dimensions', 'ComparisonOperator', 'Threshold', 'AlarmActions')).to.deep.equal(
      stood.isPrimary
        ? { DataLakeNotCopied: ['OperationsFailedReplication', asked, 'GreaterThanThreshold', 0, ['Alarms']], DataLakeCopiedLate: ['ReplicationLatency', asked, 'GreaterThanThreshold', 900, ['Alarms']] }
        : {},
    );
  });

  everywhere('FTG-35', 'keeps buckets and images in production, and leaves none of them elsewhere', ({ all, stack, isProduction }) => {
    for (const id of ['Logs', 'DataLake', 'ApiRepository', 'WorkerRepository']) {
      const { deletionPolicy, updateReplacePolicy } = stack.resources.get(id) ?? {};
      expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    }
    expect(only(all('AWS::ECR::Repository'), 'EmptyOnDelete')).to.deep.equal({ ApiRepository: [!isProduction], WorkerRepository: [!isProduction] });
    expect(only(all('Custom::EmptyBucket'), 'BucketName')).to.deep.equal(isProduction ? {} : { LogsEmptied: ['Logs'], DataLakeEmptied: ['DataLake'] });
  });

  everywhere('FTG-50', 'encrypts images, alarms and logs under the region’s data key', ({ all, region, short, isProduction }) => {
    const image = (name: string) => [`fintechglobal-${name}-${short}-main`, { EncryptionType: 'KMS', KmsKey: keyIn(region) }];
    expect(only(all('AWS::ECR::Repository'), 'RepositoryName', 'EncryptionConfiguration')).to.deep.equal({ ApiRepository: image('api'), WorkerRepository: image('worker') });
    expect(only(all('AWS::SNS::Topic'), 'TopicName', 'KmsMasterKeyId')).to.deep.equal({ Alarms: [`fintechglobal-alarms-${short}-main`, keyIn(region)] });
    expect(only(all('AWS::Logs::LogGroup'), 'KmsKeyId')).to.deep.equal(isProduction ? {} : { EmptyLog: [keyIn(region)] });
  });

  everywhere('FTG-18', 'has a certificate for the domain itself, which the load balancers of both regions serve', ({ all }) => {
    const { DomainName, HostedZoneId } = parameters;
    expect(only(all('AWS::CertificateManager::Certificate'), 'DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'DomainValidationOptions')).to.deep.equal({ Certificate: [DomainName, [], 'DNS', [{ DomainName, HostedZoneId }]] });
  });

  everywhere('FTG-50', 'tells the other templates of the region the key that is there', ({ stack, region }) => {
    expect(plain(stack.outputs.get('DataKeyArn')?.value)).to.deep.equal(keyIn(region));
  });
});
