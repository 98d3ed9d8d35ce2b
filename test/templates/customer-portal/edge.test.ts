import { expect } from 'chai';
import { edge } from '../../../templates/systems/customer-portal/edge';
import { security } from '../../../templates/systems/customer-portal/security';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved, type EnvironmentName } from './built';

const own = '111111111111';
const keyArn = `arn:aws:kms:us-east-1:${own}:key/default`;
const copyKeyArn = `arn:aws:kms:ap-southeast-1:${own}:key/default`;
const rule = (region: string) => `arn:aws:elasticloadbalancing:${region}:${own}:listener-rule/app/alb/1/2/3`;
const parameters = {
  DomainName: 'customers.example.com',
  HostedZoneId: 'Z1',
  DefaultKeyArn: keyArn,
  SecondaryDefaultKeyArn: copyKeyArn,
  AlarmTopicArn: `arn:aws:sns:us-east-1:${own}:alarms`,
  ArchiveStreamArn: `arn:aws:firehose:us-east-1:${own}:deliverystream/archive`,
  ArchiveRoleArn: `arn:aws:iam::${own}:role/archive`,
  PrimaryOriginRuleArns: rule('us-east-1'),
  SecondaryOriginRuleArns: rule('ap-southeast-1'),
};
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
type Row = Readonly<Record<string, any>>;

function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, config: Row, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    requirement(ids, `${title}: ${environment}`, () => {
      const all = (type: string): Row => ofType(resolved(edge, 'us-east-1', environment, parameters), type);
      holds(all, all('AWS::CloudFront::Distribution')['Distribution'].DistributionConfig as Row, environment);
    });
  }
}

const read = ['GET', 'HEAD', 'OPTIONS'];
const written = [...read, 'PUT', 'POST', 'PATCH', 'DELETE'];
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const allButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** The default behaviour and then the paths, in the order in which CloudFront tries them. */
const behaviours = (config: Row, ...keys: readonly string[]): unknown => plain([config['DefaultCacheBehavior'], ...config['CacheBehaviors']].map((each: Row) => keys.map((key) => each[key] as unknown)));
const origins = (config: Row, ...keys: readonly string[]): unknown => plain(config['Origins'].map((each: Row) => keys.map((key) => each[key] as unknown)));

describe('Customer portal edge', () => {
  everywhere('CUS-49 CUS-53 CUS-73', 'serves the domain by a distribution, over HTTPS and TLS 1.2 or newer only', (all, config) => {
    expect(only(all('AWS::CertificateManager::Certificate'), 'DomainName', 'ValidationMethod')).to.deep.equal({ Certificate: ['customers.example.com', 'DNS'] });
    expect(plain(config['ViewerCertificate'])).to.deep.equal({ AcmCertificateArn: 'Certificate', MinimumProtocolVersion: 'TLSv1.2_2025', SslSupportMethod: 'sni-only' });
    expect([config['Enabled'], plain(config['Aliases'])]).to.deep.equal([true, ['customers.example.com']]);
    expect(behaviours(config, 'ViewerProtocolPolicy')).to.deep.equal(Array(3).fill(['redirect-to-https']));
  });

  everywhere('CUS-48 CUS-51', 'sends what browsers ask of the API to the load balancer, with all methods, and pages to the frontend, which are only read', (_, config) => {
    expect(behaviours(config, 'PathPattern', 'TargetOriginId', 'AllowedMethods')).to.deep.equal([[undefined, 'reading', read], ['/static/*', 'files', ['GET', 'HEAD']], ['/api/*', 'load-balancer', written]]);
    expect(plain(config['Origins'][0].DomainName)).to.equal('origin.customers.example.com');
  });

  everywhere('CUS-52 CUS-78', 'caches static files near the reader, and nothing of the API or of pages', (_, config) => {
    expect(behaviours(config, 'PathPattern', 'CachePolicyId', 'OriginRequestPolicyId')).to.deep.equal([[undefined, cachingDisabled, allButHost], ['/static/*', cachingOptimized, undefined], ['/api/*', cachingDisabled, allButHost]]);
  });

  everywhere('CUS-78', 'answers over HTTP/3 and IPv6, compressed, from every edge location', (_, config) => {
    expect([config['HttpVersion'], config['IPV6Enabled'], config['PriceClass']]).to.deep.equal(['http2and3', true, 'PriceClass_All']);
    expect(behaviours(config, 'Compress')).to.deep.equal(Array(3).fill([true]));
  });

  everywhere('CUS-51 CUS-73', 'reaches the load balancers over TLS 1.2 only, and gives up in bounded time', (_, config) => {
    const custom = (OriginReadTimeout: number) => ({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], HTTPSPort: 443, OriginReadTimeout, OriginKeepaliveTimeout: 45 });
    const bucket = { OriginAccessIdentity: '', OriginReadTimeout: 10 };
    expect(origins(config, 'Id', 'ConnectionAttempts', 'ConnectionTimeout', 'CustomOriginConfig', 'S3OriginConfig')).to.deep.equal([
      ['load-balancer', 3, 3, custom(30), undefined],
      ['reading-first', 1, 3, custom(10), undefined],
      ['reading-second', 1, 3, custom(10), undefined],
      ['files-first', 1, 3, undefined, bucket],
      ['files-second', 1, 3, undefined, bucket],
    ]);
  });

  everywhere('CUS-50 CUS-73', 'reads static files in buckets that it signs every request to', (all, config) => {
    const { OriginAccessControlOriginType, SigningBehavior, SigningProtocol } = all('AWS::CloudFront::OriginAccessControl')['StaticFiles'].OriginAccessControlConfig;
    expect([OriginAccessControlOriginType, SigningBehavior, SigningProtocol]).to.deep.equal(['s3', 'always', 'sigv4']);
    expect(origins(config, 'Id', 'OriginAccessControlId')).to.deep.equal([
      ['load-balancer', undefined],
      ['reading-first', undefined],
      ['reading-second', undefined],
      ['files-first', 'StaticFiles.Id'],
      ['files-second', 'StaticFiles.Id'],
    ]);
  });

  for (const environment of environmentNames) {
    requirement('CUS-50', `names the buckets as each region has them, the primary’s first: ${environment}`, () => {
      const [, , , ...files] = (ofType(resolved(edge, 'us-east-1', environment, parameters), 'AWS::CloudFront::Distribution')['Distribution'].DistributionConfig as Row)['Origins'] as readonly Row[];
      const buckets = bothRegions.map((region): unknown => ofType(resolved(security, region, environment), 'AWS::S3::Bucket')['Assets'].BucketName);
      expect(files.map(({ DomainName }): unknown => DomainName)).to.deep.equal(bothRegions.map((region, index) => `${String(buckets[index])}.s3.${region}.amazonaws.com`));
      expect(buckets).to.deep.equal(bothRegions.map((region) => `cus-assets-${shorts[environment]}-main-${own}-${region}`));
    });
  }

  everywhere('CUS-02 CUS-50', 'asks the other region for pages and files that the first could not answer; a file that it has not is such an answer', (_, config, environment) => {
    const group = (Id: string, ...Items: readonly number[]) => ({
      Id,
      FailoverCriteria: { StatusCodes: { Quantity: Items.length, Items } },
      Members: { Quantity: 2, Items: [{ OriginId: `${Id}-first` }, { OriginId: `${Id}-second` }] },
    });
    expect(plain(config['OriginGroups'])).to.deep.equal({ Quantity: 2, Items: [group('reading', 500, 502, 503, 504), group('files', 403, 500, 502, 503, 504)] });
    const assets = (region: string) => `cus-assets-${shorts[environment]}-main-${own}-${region}.s3.${region}.amazonaws.com`;
    expect(origins(config, 'Id', 'DomainName')).to.deep.equal([
      ['load-balancer', 'origin.customers.example.com'],
      ['reading-first', 'origin.customers.example.com'],
      ['reading-second', 'secondary.customers.example.com'],
      ['files-first', assets('us-east-1')],
      ['files-second', assets('ap-southeast-1')],
    ]);
  });

  for (const environment of environmentNames) {
    requirement('CUS-71 CUS-74', `sends the load balancers the header of the secret, never written out, and the buckets none: ${environment}`, () => {
      const { Origins } = emitted(edge, environment).Resources?.['Distribution']?.Properties?.['DistributionConfig'] as { Origins: { OriginCustomHeaders: unknown }[] };
      const header = [{ HeaderName: 'x-origin-verify', HeaderValue: { 'Fn::Sub': `{{resolve:secretsmanager:cus-origin-header-${shorts[environment]}-\${EnvironmentSuffix}:SecretString:value}}` } }];
      expect(Origins.map(({ OriginCustomHeaders }) => OriginCustomHeaders)).to.deep.equal([header, header, header, undefined, undefined]);
    });
  }

  everywhere('CUS-54', 'blocks SQL injection, cross-site scripting, known attacks and floods', (all, config) => {
    const { Scope, DefaultAction, Rules } = all('AWS::WAFv2::WebACL')['WebAcl'];
    const groups = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet'];
    expect([Scope, plain(DefaultAction), plain(config['WebACLId'])]).to.deep.equal(['CLOUDFRONT', { Allow: {} }, 'WebAcl.Arn']);
    expect(Rules.map(({ Action, OverrideAction, Statement }: Row): unknown => plain([Action, OverrideAction, Statement]))).to.deep.equal([
      [{ Block: { CustomResponse: { ResponseCode: 429 } } }, undefined, { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } }],
      ...groups.map((Name) => [undefined, { None: {} }, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }]),
    ]);
  });

  everywhere('CUS-60 CUS-75', 'logs every request and what the web ACL refuses, encrypted, and copies each log into the archive', (all, _, environment) => {
    const short = shorts[environment];
    const group = (name: string) => [name, environment === 'production' ? 14 : 7, keyArn];
    expect(only(all('AWS::Logs::LogGroup'), 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({
      WebAclLog: group(`aws-waf-logs-cus-edge-${short}-main`),
      AccessLogGroup: group(`/aws/vendedlogs/cloudfront/cus-edge-${short}-main`),
      RotateOriginHeaderLog: group(`/aws/lambda/cus-rotate-origin-header-${short}-main`),
    });
    expect(only(all('AWS::Logs::SubscriptionFilter'), 'LogGroupName', 'FilterPattern', 'DestinationArn', 'RoleArn')).to.deep.equal(
      Object.fromEntries(['WebAclLog', 'AccessLogGroup', 'RotateOriginHeaderLog'].map((id) => [`${id}Archive`, [id, '', parameters.ArchiveStreamArn, parameters.ArchiveRoleArn]])),
    );
    expect(only(all('AWS::Logs::DeliverySource'), 'LogType')).to.deep.equal({ AccessLogSource: ['ACCESS_LOGS'] });
    expect(only(all('AWS::WAFv2::LoggingConfiguration'), 'ResourceArn')).to.deep.equal({ WebAclLogging: ['WebAcl.Arn'] });
  });

  everywhere('CUS-70 CUS-74', 'rotates the header by a function that may write the primary’s secrets, read their copies, and change no other rule or distribution', (all, _, environment) => {
    const secrets = (region: string) => ['origin-header', 'origin-header-next'].map((part) => `arn:aws:secretsmanager:${region}:${own}:secret:cus-${part}-${shorts[environment]}-main-??????`);
    const through = (region: string) => ({ StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:CallerAccount': own }, StringLike: { 'kms:EncryptionContext:SecretARN': secrets(region) } });
    const [{ PolicyDocument }] = all('AWS::IAM::Role')['RotateOriginHeaderRole'].Policies as readonly [Row];
    const may = (Action: readonly string[], Resource: readonly unknown[], Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
    expect(plain(PolicyDocument.Statement)).to.deep.equal([
      may(['logs:CreateLogStream', 'logs:PutLogEvents'], ['RotateOriginHeaderLog.Arn']),
      may(['sqs:SendMessage'], ['RotateOriginHeaderFailures.Arn']),
      may(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } }),
      may(['cloudfront:GetDistribution', 'cloudfront:UpdateDistribution'], [{ 'Fn::Join': ['', [`arn:aws:cloudfront::${own}:distribution/`, 'Distribution']] }]),
      may(['wafv2:GetWebACL'], ['WebAcl.Arn']),
      may(['elasticloadbalancing:DescribeRules'], ['*'], { StringEquals: { 'aws:RequestedRegion': bothRegions } }),
      may(['elasticloadbalancing:ModifyRule'], [rule('us-east-1')]),
      may(['elasticloadbalancing:ModifyRule'], [rule('ap-southeast-1')]),
      may(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], secrets('us-east-1')),
      may(['secretsmanager:GetSecretValue'], secrets('ap-southeast-1')),
      may(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], through('us-east-1')),
      may(['kms:Decrypt'], [copyKeyArn], through('ap-southeast-1')),
    ]);
  });
});
