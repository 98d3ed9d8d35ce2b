import { expect } from 'chai';
import { security } from '../../../templates/systems/customer-portal/security';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { bothRegions, environmentNames, instanceOf, ofType, resolved, resourceOf, type EnvironmentName } from './built';

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
const distributions = { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${own}:distribution/*` } };

describe('Customer portal security', () => {
  everywhere('CUS-32 CUS-72', 'has a key for the data and one for the rest in each region, which AWS rotates each year', (all, environment) => {
    expect(only(all('AWS::KMS::Key'), 'EnableKeyRotation', 'RotationPeriodInDays', 'MultiRegion')).to.deep.equal({ DefaultKey: [true, 365, undefined], DatabaseKey: [true, 365, undefined] });
    expect(only(all('AWS::KMS::Alias'), 'AliasName', 'TargetKeyId')).to.deep.equal({
      DefaultKeyAlias: [`alias/cus-default-${shorts[environment]}-main`, 'DefaultKey'],
      DatabaseKeyAlias: [`alias/cus-database-${shorts[environment]}-main`, 'DatabaseKey'],
    });
  });

  everywhere('CUS-42 CUS-70 CUS-72', 'lets this account and, for their purpose, five services use its keys, and nobody else', (all, environment, region) => {
    const everything = { Resource: ['*'] };
    const administered = [
      { Sid: 'AccountAdministers', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: ['kms:*'], ...everything },
      { Sid: 'GrantsForServicesOnly', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['kms:CreateGrant'], ...everything, Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } } },
    ];
    const service = (Sid: string, Service: string, Action: readonly string[], Condition: object) => ({ Sid, Effect: 'Allow', Principal: { Service }, Action, ...everything, Condition });
    const forCluster = { StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterAccount': own, 'kms:EncryptionContext:aws:ecs:clusterName': `cus-cluster-${shorts[environment]}-main` } };
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
          service('DistributionsMayDecrypt', 'cloudfront.amazonaws.com', ['kms:Decrypt'], distributions),
          service('FargateMayGenerateDataKeys', 'fargate.amazonaws.com', ['kms:GenerateDataKeyWithoutPlaintext'], forCluster),
          service('FargateMayGrantDecryption', 'fargate.amazonaws.com', ['kms:CreateGrant'], { ...forCluster, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
        ),
      ],
    });
  });

  everywhere('CUS-70 CUS-72', 'encrypts images and alarms under the region’s own key', (all) => {
    expect(only(all('AWS::ECR::Repository'), 'EncryptionConfiguration')).to.deep.equal({
      FrontendRepository: [{ EncryptionType: 'KMS', KmsKey: 'DefaultKey.Arn' }],
      BackendRepository: [{ EncryptionType: 'KMS', KmsKey: 'DefaultKey.Arn' }],
    });
    expect(only(all('AWS::SNS::Topic'), 'KmsMasterKeyId')).to.deep.equal({ Alarms: ['DefaultKey.Arn'] });
  });

  everywhere('CUS-60', 'keeps its log for a week or two, under the region’s own key', (all, environment) => {
    expect(only(all('AWS::Logs::LogGroup'), 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      EmptyLog: [`/aws/lambda/cus-empty-buckets-${shorts[environment]}-main`, environment === 'production' ? 14 : 7, 'DefaultKey.Arn'],
    });
  });

  everywhere('CUS-27 CUS-44', 'has a certificate for the names by which CloudFront calls the load balancers and clients call the API, validated in the zone', (all) => {
    const names = ['origin', 'secondary', 'api'].map((name) => `${name}.customers.example.com`);
    expect(only(all('AWS::CertificateManager::Certificate'), 'DomainName', 'SubjectAlternativeNames', 'ValidationMethod', 'DomainValidationOptions')).to.deep.equal({
      Certificate: [names[0], names.slice(1), 'DNS', names.map((DomainName) => ({ DomainName, HostedZoneId: parameters.HostedZoneId }))],
    });
  });

  everywhere('CUS-59', 'mails alarms of this account, published over TLS, and nothing else', (all, _, region) => {
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

  everywhere('CUS-62', 'names registries and topic after what they are', (all, environment) => {
    const tail = `${shorts[environment]}-main`;
    expect(only(all('AWS::ECR::Repository'), 'RepositoryName')).to.deep.equal({ FrontendRepository: [`cus-frontend-${tail}`], BackendRepository: [`cus-backend-${tail}`] });
    expect(only(all('AWS::SNS::Topic'), 'TopicName')).to.deep.equal({ Alarms: [`cus-alarms-${tail}`] });
  });

  everywhere('CUS-03 CUS-04', 'scans every image as it is pushed and lets no tag be moved', (all) => {
    const guarded = [{ ScanOnPush: true }, 'IMMUTABLE'];
    expect(only(all('AWS::ECR::Repository'), 'ImageScanningConfiguration', 'ImageTagMutability')).to.deep.equal({ FrontendRepository: guarded, BackendRepository: guarded });
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('CUS-65 CUS-67 CUS-68', `leaves nothing behind in ${region} when ${environment} goes: keys, images, logs, objects and secrets go with it`, () => {
        const instance = instanceOf(security, environment, region, parameters);
        const inPrimary = region === 'us-east-1' ? ['DatabaseSecret', 'OriginHeaderSecret', 'NextOriginHeaderSecret', 'ApiKeySecret'] : [];
        for (const id of ['DefaultKey', 'DatabaseKey', 'AccessLogs', 'Assets', 'FrontendRepository', 'BackendRepository', 'EmptyLog', ...inPrimary]) {
          const { deletionPolicy, updateReplacePolicy } = resourceOf(instance, id);
          expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
        }
        for (const id of ['FrontendRepository', 'BackendRepository']) expect(resourceOf(instance, id).properties['EmptyOnDelete'], id).to.equal(true);
        for (const id of ['AccessLogs', 'Assets']) {
          expect(resourceOf(instance, id).properties['ObjectLockEnabled'], id).to.equal(undefined);
          expect(plain(resourceOf(instance, `${id}Emptied`).properties), id).to.deep.equal({ ServiceToken: 'Empty.Arn', ServiceTimeout: 960, BucketName: id });
        }
      });
    }
  }
});
