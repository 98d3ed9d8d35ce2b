import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { unread } from '../../requirements/recording';
import { chosen, textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { answersForWaivers } from '../whole-system-tests';
import { bothRegions, environmentNames, type EnvironmentName } from './built';
import { wholePortal } from './whole';

type Row = Readonly<Record<string, any>>;
type Policy = { readonly PolicyDocument: { readonly Statement: readonly { readonly Effect: string; readonly Action: readonly string[]; readonly Resource: readonly unknown[] }[] } };

/** The log of the function that empties the buckets of `security`, by its agreed name. */
const emptiers: Readonly<Record<EnvironmentName, string>> = {
  production: '/aws/lambda/cus-empty-buckets-prod-main',
  staging: '/aws/lambda/cus-empty-buckets-stg-main',
  develop: '/aws/lambda/cus-empty-buckets-dev-main',
};

/** What roles may do with all resources: AWS authorises it for no single one, or only for one that has no name yet. By action, how many roles of both regions. */
const withoutResource = {
  'application-autoscaling:DescribeScalableTargets': 1,
  'application-autoscaling:RegisterScalableTarget': 1,
  'cloudwatch:GetMetricStatistics': 1,
  'ec2:AssignPrivateIpAddresses': 1,
  'ec2:CreateNetworkInterface': 1,
  'ec2:DeleteNetworkInterface': 1,
  'ec2:DescribeManagedPrefixLists': 2,
  'ec2:DescribeNetworkInterfaces': 7,
  'ec2:DescribeSubnets': 1,
  'ec2:UnassignPrivateIpAddresses': 1,
  'ecr:GetAuthorizationToken': 4,
  'ecs:ListServices': 1,
  'elasticloadbalancing:DescribeRules': 1,
  'rds:DescribeDBClusters': 1,
  'rds:DescribeGlobalClusters': 1,
  'secretsmanager:GetRandomPassword': 1,
  'ssmmessages:CreateControlChannel': 6,
  'ssmmessages:CreateDataChannel': 6,
  'ssmmessages:OpenControlChannel': 6,
  'ssmmessages:OpenDataChannel': 6,
};

describe('The customer portal’s protection', () => {
  const portal = wholePortal();

  for (const environment of environmentNames) {
    requirement('CUS-03 CUS-72', `keeps everything that lasts encrypted under keys of its own, access logs under S3’s: ${environment}`, () => {
      const whole = portal(environment);
      const keys: readonly (readonly [type: string, key: (properties: Row) => unknown, expected: unknown])[] = [
        ['AWS::RDS::DBCluster', ({ StorageEncrypted, KmsKeyId }) => [StorageEncrypted, plain(KmsKeyId)].join(), 'true,DatabaseKey.Arn'],
        ['AWS::ECR::Repository', ({ EncryptionConfiguration: { KmsKey } }) => plain(KmsKey), 'DefaultKey.Arn'],
        ['AWS::KinesisFirehose::DeliveryStream', ({ DeliveryStreamEncryptionConfigurationInput: { KeyARN } }) => plain(KeyARN), 'DefaultKey.Arn'],
        ['AWS::SNS::Topic', ({ KmsMasterKeyId }) => plain(KmsMasterKeyId), 'DefaultKey.Arn'],
        ['AWS::SQS::Queue', ({ KmsMasterKeyId }) => plain(KmsMasterKeyId), 'DefaultKey.Arn'],
        ['AWS::SecretsManager::Secret', ({ KmsKeyId }) => plain(KmsKeyId), 'DefaultKey.Arn'],
        ['AWS::DynamoDB::GlobalTable', ({ SSESpecification, Replicas }) => [plain(SSESpecification), (Replicas as Row[]).map(({ Region, SSESpecification: own }) => [Region, plain(own)])], [{ SSEEnabled: true, SSEType: 'KMS' }, bothRegions.map((region) => [region, { KMSMasterKeyId: 'DatabaseKey.Arn' }])]],
      ];
      for (const [type, key, expected] of keys) {
        const own = whole.resources(type);
        expect(own, type).not.to.have.length(0);
        for (const { place, resource } of own) expect(key(resource.properties as Row), place).to.deep.equal(expected);
      }
      const buckets = whole.resources('AWS::S3::Bucket');
      expect(new Set(buckets.map(({ region }) => region))).to.deep.equal(new Set(bothRegions));
      for (const { place, resource } of buckets) {
        const { ServerSideEncryptionByDefault } = (resource.properties['BucketEncryption'] as Row)['ServerSideEncryptionConfiguration'][0] as Row;
        const expected = place.endsWith('/AccessLogs') ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'DefaultKey.Arn' };
        expect(plain(ServerSideEncryptionByDefault), place).to.deep.equal(expected);
      }
    });

    requirement('CUS-03 CUS-73', `talks to nobody in the clear: listeners, API, database, buckets and viewers take TLS only: ${environment}`, () => {
      const whole = portal(environment);
      const listeners = whole.resources('AWS::ElasticLoadBalancingV2::Listener');
      expect(new Set(listeners.map(({ region }) => region))).to.deep.equal(new Set(bothRegions));
      for (const { place, resource } of listeners) {
        const { Protocol, Port, DefaultActions } = resource.properties as Row;
        if (place.endsWith('/RedirectListener')) expect([Protocol, Port, DefaultActions[0].Type, DefaultActions[0].RedirectConfig.Protocol], place).to.deep.equal(['HTTP', 80, 'redirect', 'HTTPS']);
        else expect([Protocol, Port], place).to.deep.equal(['HTTPS', 443]);
      }
      const each = (type: string, read: (properties: Row) => unknown, expected: unknown): void => {
        const own = whole.resources(type);
        expect(own, type).not.to.have.length(0);
        for (const { place, resource } of own) expect(read(resource.properties as Row), place).to.deep.equal(expected);
      };
      each('AWS::ApiGateway::DomainName', ({ SecurityPolicy }) => SecurityPolicy as unknown, 'TLS_1_2');
      each('AWS::RDS::DBClusterParameterGroup', ({ Parameters }) => Parameters['rds.force_ssl'] as unknown, '1');
      each('AWS::CloudFront::Distribution', ({ DistributionConfig: { DefaultCacheBehavior } }) => DefaultCacheBehavior.ViewerProtocolPolicy as unknown, 'redirect-to-https');
      each('AWS::S3::BucketPolicy', ({ PolicyDocument }) => {
        const [{ Sid, Effect, Principal, Action, Condition }] = PolicyDocument.Statement as readonly [Row];
        return plain([Sid, Effect, Principal, Action, Condition]);
      }, ['DenyWithoutTls', 'Deny', '*', ['s3:*'], { Bool: { 'aws:SecureTransport': 'false' } }]);
      expect(whole.resources('AWS::S3::BucketPolicy')).to.have.length(whole.resources('AWS::S3::Bucket').length);
    });

    requirement('CUS-70', `gives roles actions by their whole names, and excludes by name rather than all but some: ${environment}`, () => {
      const roles = portal(environment).resources('AWS::IAM::Role');
      expect(roles).to.have.length.greaterThan(20);
      for (const { place, resource } of roles) expect(textsIn(resource.properties, /"(?:[a-z0-9-]+:[A-Za-z]*\*[A-Za-z]*|Not(?:Action|Resource|Principal))"/g), place).to.deep.equal([]);
    });

    requirement('CUS-70', `gives roles all resources only for what AWS knows no resource of: ${environment}`, () => {
      const statements = unread(() => portal(environment).resources('AWS::IAM::Role').flatMap(({ resource }) => ((resource.properties['Policies'] ?? []) as readonly Policy[]).flatMap(({ PolicyDocument }) => PolicyDocument.Statement)));
      const boundless = chosen(statements, ({ Effect, Resource }) => Effect === 'Allow' && (plain(Resource) as readonly unknown[]).includes('*'));
      const actions = boundless.flatMap(({ Action }) => [...Action]);
      expect(Object.fromEntries([...new Set(actions)].sort().map((action) => [action, actions.filter((each) => each === action).length]))).to.deep.equal(withoutResource);
    });

    requirement('CUS-60', `keeps every log a week or two in CloudWatch, under its key but for the one that is there before any key: ${environment}`, () => {
      const groups = portal(environment).resources('AWS::Logs::LogGroup');
      expect(groups).to.have.length.greaterThan(20);
      for (const { place, resource } of groups) {
        const { RetentionInDays, KmsKeyId } = resource.properties as Row;
        const days = environment === 'production' || place.startsWith('zone ') ? 14 : 7;
        expect([RetentionInDays, plain(KmsKeyId)], place).to.deep.equal([days, place.startsWith('zone ') ? undefined : 'DefaultKey.Arn']);
      }
    });

    requirement('CUS-60', `copies every log into its region’s archive but for the zone’s, which is there before, and the archive’s own failures: ${environment}`, () => {
      const whole = portal(environment);
      const archived = whole.resources('AWS::Logs::SubscriptionFilter').map(({ place, resource }) => {
        const { LogGroupName, DestinationArn, RoleArn, FilterPattern } = resource.properties as Row;
        expect(plain([DestinationArn, RoleArn, FilterPattern]), place).to.deep.equal(['Stream.Arn', 'SubscriptionRole.Arn', '']);
        const group = String(plain(LogGroupName));
        return group === emptiers[environment] ? place.replace(/\S+$/, 'Security/EmptyLog') : place.replace(/[^/]+$/, group);
      });
      const groups = whole.resources('AWS::Logs::LogGroup').map(({ place }) => place);
      const exempt = groups.filter((place) => place.startsWith('zone ') || place.endsWith(' Archive/StreamLog'));
      expect(exempt).to.have.length(1 + bothRegions.length);
      expect([...archived, ...exempt].sort()).to.deep.equal([...groups].sort());
    });

    requirement('CUS-36 CUS-74', `holds no password, key or token: what is secret is made by AWS and read where it is used: ${environment}`, () => {
      const whole = portal(environment);
      for (const { place, resource } of whole.resources('AWS::RDS::DBCluster')) {
        const { MasterUserPassword } = resource.properties as Row;
        if (MasterUserPassword !== undefined) expect(MasterUserPassword, place).to.match(/^\{\{resolve:secretsmanager:[a-z-]+:SecretString:password\}\}$/);
      }
      for (const { place, resource } of whole.resources('AWS::ApiGateway::ApiKey')) expect(JSON.stringify(plain(resource.properties['Value'])), place).to.match(/^"\{\{resolve:secretsmanager:[a-z-]+:SecretString:value\}\}"$/);
      for (const { place, resource } of whole.resources('AWS::SecretsManager::Secret')) expect([resource.properties['SecretString'], typeof resource.properties['GenerateSecretString']], place).to.deep.equal([undefined, 'object']);
      for (const { place, resource } of whole.resources('AWS::ECS::TaskDefinition')) expect(textsIn(resource.properties, /"Name":"[A-Z_]*(?:SECRET|PASSWORD|TOKEN|KEY)"/g), place).to.deep.equal([]);
      for (const { place, resource } of whole.resources('AWS::Lambda::Function')) expect(textsIn(resource.properties, /"[A-Z_]*(?:SECRET|PASSWORD|TOKEN|KEY)":/g), place).to.deep.equal([]);
    });
  }

  it('CUS-03 has somebody answer for every rule that it does not follow, for at most a year, with a requirement or a decision as reason', () => answersForWaivers('customer-portal', 'CUS'));
});
