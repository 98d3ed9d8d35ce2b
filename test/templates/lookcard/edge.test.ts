import { expect } from 'chai';
import { assets } from '../../../templates/systems/lookcard/assets';
import { edge } from '../../../templates/systems/lookcard/edge';
import { edgeSecurity } from '../../../templates/systems/lookcard/edge-security';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { only, plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, regionsOf, resolved, type EnvironmentName } from './built';
import { shorts } from './everywhere';

type Row = Readonly<Record<string, any>>;

const own = '111111111111';
const edgeKey = `arn:aws:kms:us-east-1:${own}:key/edge`;
const dataKey = `arn:aws:kms:ap-southeast-1:${own}:key/data`;
const certificate = `arn:aws:acm:us-east-1:${own}:certificate/apex`;
const listener = (region: string) => `arn:aws:elasticloadbalancing:${region}:${own}:listener/app/alb/1/2`;
const parameters = {
  DomainName: 'lookcard.com',
  HostedZoneId: 'Z1',
  ApexCertificateArn: '',
  EdgeKeyArn: edgeKey,
  PrimaryDataKeyArn: dataKey,
  AlarmTopicArn: `arn:aws:sns:us-east-1:${own}:alarms`,
  PrimaryListenerArn: listener('ap-southeast-1'),
  SecondaryListenerArn: listener('us-east-1'),
};
const inEnvironment = (environment: EnvironmentName, more: Partial<typeof parameters> = {}) => {
  const stack = resolved(edge, 'us-east-1', environment, { ...parameters, ...more });
  return (type: string): Row => ofType(stack, type);
};
const configOf = (all: (type: string) => Row): Row => all('AWS::CloudFront::Distribution')['Distribution'].DistributionConfig as Row;

function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, config: Row, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    requirement(ids, `${title}: ${environment}`, () => {
      const all = inEnvironment(environment);
      holds(all, configOf(all), environment);
    });
  }
}

const read = ['GET', 'HEAD', 'OPTIONS'];
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const allButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const behaviours = (config: Row, ...keys: readonly string[]): unknown => plain([config['DefaultCacheBehavior'], ...config['CacheBehaviors']].map((each: Row) => keys.map((key) => each[key] as unknown)));
const origins = (config: Row, ...keys: readonly string[]): unknown => plain(config['Origins'].map((each: Row) => keys.map((key) => each[key] as unknown)));

describe('LookCard edge', () => {
  everywhere('LKC-82 LKC-11', 'serves the environment’s sub-domain by a distribution, over HTTPS and TLS 1.2 or newer only', (all, config, environment) => {
    expect(only(all('AWS::CertificateManager::Certificate'), 'DomainName', 'ValidationMethod')).to.deep.equal({ Certificate: [`${environment}.lookcard.com`, 'DNS'] });
    expect(plain(config['ViewerCertificate'])).to.deep.equal({ AcmCertificateArn: 'Certificate', MinimumProtocolVersion: 'TLSv1.2_2025', SslSupportMethod: 'sni-only' });
    expect([config['Enabled'], plain(config['Aliases'])]).to.deep.equal([true, [`${environment}.lookcard.com`]]);
    expect(behaviours(config, 'ViewerProtocolPolicy')).to.deep.equal([['redirect-to-https'], ['redirect-to-https']]);
  });

  requirement('LKC-11 LKC-82', 'serves the domain itself too in production, once there is a certificate of both names, which takes the place of its own', () => {
    const all = inEnvironment('production', { ApexCertificateArn: certificate });
    const config = configOf(all);
    expect(plain([config['Aliases'], config['ViewerCertificate'].AcmCertificateArn])).to.deep.equal([['production.lookcard.com', 'lookcard.com'], certificate]);
    expect(Object.keys(all('AWS::CertificateManager::Certificate'))).to.deep.equal([]);
  });

  for (const environment of environmentNames.filter((name) => name !== 'production')) {
    requirement('LKC-11', `knows no certificate of the domain itself in ${environment}`, () => {
      expect((emitted(edge, environment).Parameters as Row)['ApexCertificateArn']).to.equal(undefined);
    });
  }

  everywhere('LKC-82', 'sends everything but static files to the load balancer, uncached and with all methods', (_, config, environment) => {
    const files = environment === 'production' ? 'files' : 'files-first';
    expect(behaviours(config, 'PathPattern', 'TargetOriginId', 'AllowedMethods', 'CachePolicyId', 'OriginRequestPolicyId')).to.deep.equal([
      [undefined, 'load-balancer', [...read, 'PUT', 'POST', 'PATCH', 'DELETE'], cachingDisabled, allButHost],
      ['/static/*', files, ['GET', 'HEAD'], cachingOptimized, undefined],
    ]);
  });

  everywhere('LKC-82', 'reads static files in the buckets, which it signs every request to, and reaches the load balancer by the origin’s name', (all, config, environment) => {
    const { OriginAccessControlOriginType, SigningBehavior, SigningProtocol } = all('AWS::CloudFront::OriginAccessControl')['StaticFiles'].OriginAccessControlConfig;
    expect([OriginAccessControlOriginType, SigningBehavior, SigningProtocol]).to.deep.equal(['s3', 'always', 'sigv4']);
    const files = regionsOf(environment).map((region, index) => [`files-${['first', 'second'][index]}`, `lookcard-assets-${shorts[environment]}-main-${own}-${region}.s3.${region}.amazonaws.com`, 'StaticFiles.Id']);
    expect(origins(config, 'Id', 'DomainName', 'OriginAccessControlId')).to.deep.equal([['load-balancer', `origin.${environment}.lookcard.com`, undefined], ...files]);
  });

  requirement('LKC-82 LKC-112', 'asks the other region’s bucket for files that the first could not give, in production', () => {
    const Items = [403, 500, 502, 503, 504];
    expect(plain(configOf(inEnvironment('production'))['OriginGroups'])).to.deep.equal({
      Quantity: 1,
      Items: [{ Id: 'files', FailoverCriteria: { StatusCodes: { Quantity: 5, Items } }, Members: { Quantity: 2, Items: [{ OriginId: 'files-first' }, { OriginId: 'files-second' }] } }],
    });
    for (const environment of environmentNames.filter((name) => name !== 'production')) expect(configOf(inEnvironment(environment))['OriginGroups'], environment).to.equal(undefined);
  });

  for (const environment of environmentNames) {
    requirement('LKC-82', `sends the load balancer the header of the secret, never written out, and the buckets none: ${environment}`, () => {
      const { Origins } = emitted(edge, environment).Resources?.['Distribution']?.Properties?.['DistributionConfig'] as { Origins: { OriginCustomHeaders: unknown }[] };
      const header = [{ HeaderName: 'x-origin-verify', HeaderValue: { 'Fn::Sub': `{{resolve:secretsmanager:lookcard-origin-header-${shorts[environment]}-\${EnvironmentSuffix}:SecretString:value}}` } }];
      expect(Origins.map(({ OriginCustomHeaders }) => OriginCustomHeaders)).to.deep.equal([header, ...regionsOf(environment).map(() => undefined)]);
    });
  }

  everywhere('LKC-82', 'blocks SQL injection, known attacks and floods', (all, config) => {
    const { Scope, DefaultAction, Rules } = all('AWS::WAFv2::WebACL')['WebAcl'];
    const groups = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet'];
    expect([Scope, plain(DefaultAction), plain(config['WebACLId'])]).to.deep.equal(['CLOUDFRONT', { Allow: {} }, 'WebAcl.Arn']);
    expect(Rules.map(({ Action, OverrideAction, Statement }: Row): unknown => plain([Action, OverrideAction, Statement]))).to.deep.equal([
      [{ Block: { CustomResponse: { ResponseCode: 429 } } }, undefined, { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } }],
      ...groups.map((Name) => [undefined, { None: {} }, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }]),
    ]);
  });

  everywhere('LKC-82', 'logs every request and what the web ACL refuses, under the edge’s own key', (all, _, environment) => {
    const days = environment === 'production' ? 400 : 14;
    const groups = all('AWS::Logs::LogGroup');
    expect(only({ WebAclLog: groups['WebAclLog'], AccessLogGroup: groups['AccessLogGroup'] }, 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      WebAclLog: [`aws-waf-logs-lookcard-edge-${shorts[environment]}-main`, days, edgeKey],
      AccessLogGroup: [`/aws/vendedlogs/cloudfront/lookcard-edge-${shorts[environment]}-main`, days, edgeKey],
    });
  });

  everywhere('LKC-82', 'rotates the header by a function that may change every rule of the listeners, however many services come, and no other load balancer or distribution', (all, _, environment) => {
    const secrets = (region: string) => ['origin-header', 'origin-header-next'].map((part) => `arn:aws:secretsmanager:${region}:${own}:secret:lookcard-${part}-${shorts[environment]}-main-??????`);
    const through = (region: string) => ({ StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:CallerAccount': own }, StringLike: { 'kms:EncryptionContext:SecretARN': secrets(region) } });
    const [{ PolicyDocument }] = all('AWS::IAM::Role')['RotateOriginHeaderRole'].Policies as readonly [Row];
    const may = (Action: readonly string[], Resource: readonly unknown[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
    expect(plain(PolicyDocument.Statement)).to.deep.equal([
      may(['logs:CreateLogStream', 'logs:PutLogEvents'], ['RotateOriginHeaderLog.Arn']),
      may(['sqs:SendMessage'], ['RotateOriginHeaderFailures.Arn']),
      may(['kms:Decrypt', 'kms:GenerateDataKey'], [edgeKey], { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } }),
      may(['cloudfront:GetDistribution', 'cloudfront:UpdateDistribution'], [{ 'Fn::Join': ['', [`arn:aws:cloudfront::${own}:distribution/`, 'Distribution']] }]),
      may(['wafv2:GetWebACL'], ['WebAcl.Arn']),
      may(['elasticloadbalancing:DescribeRules'], ['*'], { StringEquals: { 'aws:RequestedRegion': bothRegions } }),
      may(['elasticloadbalancing:ModifyRule'], regionsOf(environment).map((region) => `arn:aws:elasticloadbalancing:${region}:${own}:listener-rule/app/alb/1/2/*`)),
      may(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secrets('ap-southeast-1')),
      may(['secretsmanager:GetSecretValue'], secrets('us-east-1')),
      may(['kms:Decrypt', 'kms:GenerateDataKey'], [dataKey], through('ap-southeast-1')),
      may(['kms:Decrypt'], [edgeKey], through('us-east-1')),
    ]);
  });

  for (const environment of environmentNames) {
    requirement('LKC-82', `looks for the rules of every region’s listener, in ninety days once: ${environment}`, () => {
      const { Environment } = emitted(edge, environment).Resources?.['RotateOriginHeader']?.Properties as Row;
      const { RULE_ARNS, HOME_REGION, ROTATION_DAYS } = Environment.Variables as Row;
      const listeners = regionsOf(environment).map((_, index) => ({ Ref: ['PrimaryListenerArn', 'SecondaryListenerArn'][index] }));
      expect([RULE_ARNS, HOME_REGION, ROTATION_DAYS]).to.deep.equal([{ 'Fn::Join': [',', listeners] }, 'ap-southeast-1', '90']);
    });
  }

  for (const environment of environmentNames) {
    requirement('LKC-82', `has key and topic of its own in us-east-1, which stand before the regions: ${environment}`, () => {
      const stack = resolved(edgeSecurity, 'us-east-1', environment, { AlarmEmail: 'ops@example.com' });
      expect(only(ofType(stack, 'AWS::KMS::Alias'), 'AliasName', 'TargetKeyId')).to.deep.equal({ EdgeKeyAlias: [`alias/lookcard-key-${shorts[environment]}-main/edge`, 'EdgeKey'] });
      expect(only(ofType(stack, 'AWS::KMS::Key'), 'EnableKeyRotation', 'MultiRegion')).to.deep.equal({ EdgeKey: [true, undefined] });
      expect(only(ofType(stack, 'AWS::SNS::Topic'), 'TopicName', 'KmsMasterKeyId')).to.deep.equal({ Alarms: [`lookcard-edge-alarms-${shorts[environment]}-main`, 'EdgeKey.Arn'] });
    });

    for (const region of regionsOf(environment)) {
      requirement('LKC-82 LKC-75', `keeps static files private and encrypted in ${region}, for this account’s distributions: ${environment}`, () => {
        const stack = resolved(assets, region, environment, { DataKeyArn: dataKey, LogBucketName: 'logs', AlarmTopicArn: parameters.AlarmTopicArn });
        const { BucketName, BucketEncryption, PublicAccessBlockConfiguration, VersioningConfiguration, ReplicationConfiguration } = ofType(stack, 'AWS::S3::Bucket')['Assets'];
        expect(BucketName).to.equal(`lookcard-assets-${shorts[environment]}-main-${own}-${region}`);
        expect(plain(BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault)).to.deep.equal({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: dataKey });
        expect(plain([PublicAccessBlockConfiguration, VersioningConfiguration])).to.deep.equal([
          { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
          { Status: 'Enabled' },
        ]);
        const copied = environment === 'production' && region === 'ap-southeast-1';
        expect(ReplicationConfiguration === undefined ? undefined : plain(ReplicationConfiguration.Rules[0].Destination.Bucket)).to.equal(copied ? `arn:aws:s3:::lookcard-assets-prod-main-${own}-us-east-1` : undefined);
        const reading = chosen(ofType(stack, 'AWS::S3::BucketPolicy')['AssetsPolicy'].PolicyDocument.Statement as readonly Row[], ({ Effect }) => Effect === 'Allow');
        expect(plain(reading)).to.deep.equal([
          {
            Sid: 'DistributionsMayRead',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: ['s3:GetObject'],
            Resource: [{ 'Fn::Join': ['', ['Assets.Arn', '/*']] }],
            Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${own}:distribution/*` } },
          },
        ]);
      });
    }
  }
});
