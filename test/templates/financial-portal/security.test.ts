import { expect } from 'chai';
import { security } from '../../../templates/systems/financial-portal/security';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { bothRegions, environmentNames, instanceOf, ofType, resolved, resourceOf, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const parameters = { DomainName: 'portal.example.com', AlarmEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' };
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };
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

describe('Financial portal security', () => {
  everywhere('FIN-22 FIN-51', 'has a key for the database and one for the rest in each region, which AWS rotates each year', (all, environment) => {
    expect(only(all('AWS::KMS::Key'), 'EnableKeyRotation', 'RotationPeriodInDays', 'MultiRegion')).to.deep.equal({ DefaultKey: [true, 365, undefined], DatabaseKey: [true, 365, undefined] });
    expect(only(all('AWS::KMS::Alias'), 'AliasName', 'TargetKeyId')).to.deep.equal({
      DefaultKeyAlias: [`alias/fin-default-${shorts[environment]}-main`, 'DefaultKey'],
      DatabaseKeyAlias: [`alias/fin-database-${shorts[environment]}-main`, 'DatabaseKey'],
    });
  });

  everywhere('FIN-51 FIN-49', 'lets this account and, for their purpose, four services use its keys, and nobody else', (all, environment, region) => {
    const everything = { Resource: ['*'] };
    const administered = [
      { Sid: 'AccountAdministers', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: ['kms:*'], ...everything },
      { Sid: 'GrantsForServicesOnly', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['kms:CreateGrant'], ...everything, Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } } },
    ];
    const service = (Sid: string, Service: string, Action: readonly string[], Condition: object) => ({ Sid, Effect: 'Allow', Principal: { Service }, Action, ...everything, Condition });
    const forCluster = { StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterAccount': own, 'kms:EncryptionContext:aws:ecs:clusterName': `fin-cluster-${shorts[environment]}-main` } };
    expect(only(all('AWS::KMS::Key'), 'KeyPolicy')).to.deep.equal({
      DatabaseKey: [policy(...administered)],
      DefaultKey: [
        policy(
          ...administered,
          service('LogsMayEncrypt', `logs.${region}.amazonaws.com`, ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], {
            ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${own}:*` },
          }),
          service('AlarmsMayPublish', 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], { StringEquals: { 'aws:SourceAccount': own } }),
          service('EventsMayQueue', 'events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], { StringEquals: { 'aws:SourceAccount': own } }),
          service('FargateMayGenerateDataKeys', 'fargate.amazonaws.com', ['kms:GenerateDataKeyWithoutPlaintext'], forCluster),
          service('FargateMayGrantDecryption', 'fargate.amazonaws.com', ['kms:CreateGrant'], { ...forCluster, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
        ),
      ],
    });
  });

  everywhere('FIN-50', 'encrypts images, alarms and logs under the region’s own key', (all) => {
    expect(only(all('AWS::ECR::Repository'), 'EncryptionConfiguration')).to.deep.equal({
      WebRepository: [{ EncryptionType: 'KMS', KmsKey: 'DefaultKey.Arn' }],
      ApiRepository: [{ EncryptionType: 'KMS', KmsKey: 'DefaultKey.Arn' }],
    });
    expect(only(all('AWS::SNS::Topic'), 'KmsMasterKeyId')).to.deep.equal({ Alarms: ['DefaultKey.Arn'] });
  });

  everywhere('FIN-48 FIN-50', 'keeps its log as long as the environment wants, under the region’s own key', (all, environment) => {
    expect(only(all('AWS::Logs::LogGroup'), 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      EmptyLog: [`/aws/lambda/fin-empty-access-logs-${shorts[environment]}-main`, environment === 'production' ? 400 : 14, 'DefaultKey.Arn'],
    });
  });

  everywhere('FIN-55', 'keeps access logs in a bucket that is never public, takes TLS only and expires what is old', (all, environment, region) => {
    expect(only(all('AWS::S3::Bucket'), 'BucketName', 'PublicAccessBlockConfiguration', 'OwnershipControls', 'BucketEncryption', 'VersioningConfiguration', 'LifecycleConfiguration')).to.deep.equal({
      AccessLogs: [
        `fin-access-logs-${shorts[environment]}-main-${own}-${region}`,
        { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        // Load balancers write under no other key than S3's own.
        { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        { Status: 'Enabled' },
        {
          Rules: [
            { Id: 'unfinished', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
            { Id: 'old-versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
            { Id: 'expire', Status: 'Enabled', ExpirationInDays: 400 },
          ],
        },
      ],
    });
    const objects = { 'Fn::Join': ['', ['AccessLogs.Arn', '/*']] };
    expect(only(all('AWS::S3::BucketPolicy'), 'Bucket', 'PolicyDocument')).to.deep.equal({
      AccessLogsPolicy: [
        'AccessLogs',
        policy(
          { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: ['AccessLogs.Arn', objects], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Sid: 'LoadBalancersMayWrite',
            Effect: 'Allow',
            Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
            Action: ['s3:PutObject'],
            Resource: [objects],
            Condition: { StringEquals: { 'aws:SourceAccount': own } },
          },
        ),
      ],
    });
  });

  everywhere('FIN-49', 'lets the emptying function empty this bucket and write its own log, and nothing else', (all) => {
    const may = (Action: readonly string[], resource: unknown) => ({ Effect: 'Allow', Action, Resource: [resource] });
    expect(only(all('AWS::IAM::Role'), 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns')).to.deep.equal({
      EmptyRole: [
        policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'] }),
        [
          {
            PolicyName: 'own',
            PolicyDocument: policy(
              may(['logs:CreateLogStream', 'logs:PutLogEvents'], 'EmptyLog.Arn'),
              may(['cloudformation:DescribeStacks'], 'AWS::StackId'),
              may(['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], 'AccessLogs.Arn'),
              may(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], { 'Fn::Join': ['', ['AccessLogs.Arn', '/*']] }),
            ),
          },
        ],
        undefined,
      ],
    });
  });

  everywhere('FIN-27', 'has a certificate for the load balancer under the names by which CloudFront calls it, validated in the zone', (all) => {
    const validated = (DomainName: string) => ({ DomainName, HostedZoneId: parameters.HostedZoneId });
    expect(only(all('AWS::CertificateManager::Certificate'), 'DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'DomainValidationOptions')).to.deep.equal({
      Certificate: ['origin.portal.example.com', ['secondary.portal.example.com'], 'DNS', [validated('origin.portal.example.com'), validated('secondary.portal.example.com')]],
    });
  });

  everywhere('FIN-45', 'mails alarms of this account, published over TLS, and nothing else', (all, _, region) => {
    const toTopic = { Action: ['sns:Publish'], Resource: ['Alarms'] };
    expect(only(all('AWS::SNS::TopicPolicy'), 'Topics', 'PolicyDocument')).to.deep.equal({
      AlarmsPolicy: [
        ['Alarms'],
        policy(
          {
            Sid: 'AlarmsMayPublish',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            ...toTopic,
            Condition: { StringEquals: { 'aws:SourceAccount': own }, ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${own}:alarm:*` } },
          },
          { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', ...toTopic, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ),
      ],
    });
    expect(only(all('AWS::SNS::Subscription'), 'TopicArn', 'Protocol', 'Endpoint')).to.deep.equal({ AlarmsEmail: ['Alarms', 'email', parameters.AlarmEmail] });
  });

  everywhere('FIN-58', 'names registries and topic after what they are', (all, environment) => {
    const tail = `${shorts[environment]}-main`;
    expect(only(all('AWS::ECR::Repository'), 'RepositoryName')).to.deep.equal({ WebRepository: [`fin-web-${tail}`], ApiRepository: [`fin-api-${tail}`] });
    expect(only(all('AWS::SNS::Topic'), 'TopicName')).to.deep.equal({ Alarms: [`fin-alarms-${tail}`] });
  });

  everywhere('FIN-08', 'scans every image as it is pushed and lets no tag be moved', (all) => {
    const guarded = [{ ScanOnPush: true }, 'IMMUTABLE'];
    expect(only(all('AWS::ECR::Repository'), 'ImageScanningConfiguration', 'ImageTagMutability')).to.deep.equal({ WebRepository: guarded, ApiRepository: guarded });
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('FIN-59 FIN-60', `leaves nothing behind in ${region} when ${environment} goes: keys, images, logs and secrets go with it`, () => {
        const instance = instanceOf(security, environment, region, parameters);
        const inPrimary = region === 'ap-southeast-1' ? ['DatabaseSecret', 'OriginHeaderSecret', 'NextOriginHeaderSecret'] : [];
        for (const id of ['DefaultKey', 'DatabaseKey', 'AccessLogs', 'WebRepository', 'ApiRepository', 'EmptyLog', ...inPrimary]) {
          const { deletionPolicy, updateReplacePolicy } = resourceOf(instance, id);
          expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
        }
        for (const id of ['WebRepository', 'ApiRepository']) expect(resourceOf(instance, id).properties['EmptyOnDelete'], id).to.equal(true);
        expect(resourceOf(instance, 'AccessLogs').properties['ObjectLockEnabled']).to.equal(undefined);
        expect(plain(resourceOf(instance, 'AccessLogsEmptied').properties)).to.deep.equal({ ServiceToken: 'Empty.Arn', ServiceTimeout: 960, BucketName: 'AccessLogs' });
      });
    }
  }
});
