import { expect } from 'chai';
import { edge } from '../../../templates/systems/financial-portal/edge';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { emitted, environmentNames, ofType, resolved, type EnvironmentName } from './built';

const keyArn = 'arn:aws:kms:us-east-1:111111111111:key/default';
const rule = (region: string) => `arn:aws:elasticloadbalancing:${region}:111111111111:listener-rule/app/alb/1/2/3`;
const parameters = { DomainName: 'portal.example.com', HostedZoneId: 'Z1', DefaultKeyArn: keyArn, PrimaryDefaultKeyArn: keyArn.replace('us-east-1', 'ap-southeast-1'), AlarmTopicArn: 'arn:aws:sns:us-east-1:111111111111:alarms', PrimaryOriginRuleArns: rule('ap-southeast-1'), SecondaryOriginRuleArns: rule('us-east-1') };
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };
type Row = Readonly<Record<string, any>>;

function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, config: Row, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    requirement(ids, `${title}: ${environment}`, () => {
      const all = (type: string): Row => ofType(resolved(edge, 'us-east-1', environment, parameters), type);
      holds(all, all('AWS::CloudFront::Distribution')['Distribution'].DistributionConfig as Row, environment);
    });
  }
}

const written = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'];
const read = ['GET', 'HEAD', 'OPTIONS'];

describe('Financial portal edge', () => {
  everywhere('FIN-31 FIN-06', 'serves the domain over HTTPS and TLS 1.2 or newer only, with HTTP/3 and IPv6', (_, config) => {
    expect(plain(config['ViewerCertificate'])).to.deep.equal({ AcmCertificateArn: 'Certificate', MinimumProtocolVersion: 'TLSv1.2_2025', SslSupportMethod: 'sni-only' });
    expect([config['Enabled'], config['HttpVersion'], config['IPV6Enabled'], plain(config['Aliases'])]).to.deep.equal([true, 'http2and3', true, ['portal.example.com']]);
    const protocols = [config['DefaultCacheBehavior'], ...config['CacheBehaviors']].map(({ ViewerProtocolPolicy }: Row) => ViewerProtocolPolicy as string);
    expect(protocols).to.deep.equal(Array<string>(5).fill('redirect-to-https'));
  });

  everywhere('FIN-31 FIN-39', 'asks the second region for reads that the first could not answer; writes follow the name that fails over', (_, config) => {
    const routes = [config['DefaultCacheBehavior'], ...config['CacheBehaviors']].map(({ PathPattern, TargetOriginId, AllowedMethods }: Row): unknown => [PathPattern, TargetOriginId, plain(AllowedMethods)]);
    expect(routes).to.deep.equal([[undefined, 'load-balancer', written], ['/static/*', 'reading', read], ['/transactions/*', 'reading', read], ['/api/*', 'load-balancer', written], ['/accounts/*', 'load-balancer', written]]);
    expect(plain(config['OriginGroups'])).to.deep.equal({
      Quantity: 1,
      Items: [{ Id: 'reading', FailoverCriteria: { StatusCodes: { Quantity: 4, Items: [500, 502, 503, 504] } }, Members: { Quantity: 2, Items: [{ OriginId: 'reading-first' }, { OriginId: 'reading-second' }] } }],
    });
  });

  everywhere('FIN-06 FIN-63', 'reaches every origin over TLS 1.2 only, and gives up in bounded time', (_, config) => {
    const origins = config['Origins'].map(({ Id, DomainName, ConnectionAttempts, ConnectionTimeout, CustomOriginConfig }: Row): unknown => plain([Id, DomainName, ConnectionAttempts, ConnectionTimeout, CustomOriginConfig]));
    const custom = (OriginReadTimeout: number) => ({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], HTTPSPort: 443, OriginReadTimeout, OriginKeepaliveTimeout: 45 });
    expect(origins).to.deep.equal([
      ['load-balancer', 'origin.portal.example.com', 3, 3, custom(30)],
      ['reading-first', 'origin.portal.example.com', 1, 3, custom(10)],
      ['reading-second', 'secondary.portal.example.com', 1, 3, custom(10)],
    ]);
  });

  for (const environment of environmentNames) {
    requirement('FIN-32', `sends every origin the header of the secret, never written out: ${environment}`, () => {
      const { Origins } = emitted(edge, environment).Resources?.['Distribution']?.Properties?.['DistributionConfig'] as { Origins: { OriginCustomHeaders: unknown }[] };
      const header = [{ HeaderName: 'x-origin-verify', HeaderValue: { 'Fn::Sub': `{{resolve:secretsmanager:fin-origin-header-${shorts[environment]}-\${EnvironmentSuffix}:SecretString:value}}` } }];
      expect(Origins.map(({ OriginCustomHeaders }) => OriginCustomHeaders)).to.deep.equal([header, header, header]);
    });
  }

  everywhere('FIN-33', 'refuses users in the countries under sanctions', (_, config) => {
    expect(plain(config['Restrictions'])).to.deep.equal({ GeoRestriction: { RestrictionType: 'blacklist', Locations: ['CU', 'IR', 'KP', 'SY'] } });
  });

  everywhere('FIN-34 FIN-35', 'blocks SQL injection, cross-site scripting, known attacks and floods', (all, config) => {
    const { Scope, Rules } = all('AWS::WAFv2::WebACL')['WebAcl'];
    const groups = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet'];
    expect([Scope, plain(config['WebACLId'])]).to.deep.equal(['CLOUDFRONT', 'WebAcl.Arn']);
    expect(Rules.map(({ Priority, Action, OverrideAction, Statement }: Row): unknown => plain([Priority, Action, OverrideAction, Statement]))).to.deep.equal([
      [0, { Block: { CustomResponse: { ResponseCode: 429 } } }, undefined, { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } }],
      ...groups.map((Name, index) => [index + 1, undefined, { None: {} }, { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }]),
    ]);
  });

  everywhere('FIN-36 FIN-37', 'logs every request, and what the web ACL refuses, encrypted', (all, _, environment) => {
    const groups = all('AWS::Logs::LogGroup');
    const days = environment === 'production' ? 400 : 14;
    const found = ['AccessLogGroup', 'WebAclLog'].map((id): unknown => [groups[id].LogGroupName, groups[id].RetentionInDays, groups[id].KmsKeyId]);
    expect(found).to.deep.equal([[`/aws/vendedlogs/cloudfront/fin-edge-${shorts[environment]}-main`, days, keyArn], [`aws-waf-logs-fin-edge-${shorts[environment]}-main`, days, keyArn]]);
    const joined = (...parts: readonly string[]) => ({ 'Fn::Join': ['', parts] });
    const { LogType, ResourceArn } = all('AWS::Logs::DeliverySource')['AccessLogSource'];
    expect(plain([LogType, ResourceArn])).to.deep.equal(['ACCESS_LOGS', joined('arn:aws:cloudfront::111111111111:distribution/', 'Distribution')]);
    expect(plain(all('AWS::Logs::DeliveryDestination')['AccessLogDestination'].DestinationResourceArn)).to.deep.equal(joined('arn:aws:logs:us-east-1:111111111111:log-group:', 'AccessLogGroup'));
    const { DeliverySourceName, DeliveryDestinationArn } = all('AWS::Logs::Delivery')['AccessLogDelivery'];
    expect(plain([DeliverySourceName, DeliveryDestinationArn])).to.deep.equal(['AccessLogSource', 'AccessLogDestination.Arn']);
    const { ResourceArn: acl, LogDestinationConfigs, LoggingFilter } = all('AWS::WAFv2::LoggingConfiguration')['WebAclLogging'];
    expect(plain([acl, LogDestinationConfigs, LoggingFilter])).to.deep.equal([
      'WebAcl.Arn',
      [joined('arn:aws:logs:us-east-1:111111111111:log-group:', 'WebAclLog')],
      { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }] },
    ]);
  });

  everywhere('FIN-55', 'has no bucket at the edge', (all) => {
    expect(Object.keys(all('AWS::S3::Bucket'))).to.deep.equal([]);
  });
});
