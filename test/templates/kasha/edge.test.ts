import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { explain, Unknown, type Value } from '../../../src/resolve';
import { originHeaderName } from '../../../templates/modules/edge/origin-header';
import { kasha } from '../../../templates/systems/kasha';
import { edge } from '../../../templates/systems/kasha/edge';
import { requirement } from '../../requirements/requirement';
import { recorded } from '../../requirements/view';
import { chosen, textsIn } from '../../requirements/selection';
import { maskedCardData } from './card-data';
import { computeIn } from './compute-instance';
import { emitted, ofType, resolved } from './built';
import { resourceOf } from './resolved-template';

const keyArn = 'arn:aws:kms:us-east-1:111111111111:key/default';
const stack = resolved(edge, 'us-east-1', 'production', { DomainName: 'kasha.example.com', HostedZoneId: 'Z1', DefaultKeyArn: keyArn });
const config = ofType(stack, 'AWS::CloudFront::Distribution')['Distribution'].DistributionConfig;
const acl = ofType(stack, 'AWS::WAFv2::WebACL')['WebAcl'];
const behaviours = [config.DefaultCacheBehavior, ...config.CacheBehaviors];

/** The resource that a value comes from. */
const maker = (value: Value): string | undefined => (value instanceof Unknown && value.origin.kind === 'resource' ? value.origin.logicalId : undefined);

interface Rule {
  readonly Priority: number;
  readonly Statement: Readonly<Record<string, any>>;
  readonly Action?: unknown;
  readonly OverrideAction?: unknown;
}

const ruleWhere = (holds: (rule: Rule) => boolean): Rule | undefined => chosen(acl.Rules as readonly Rule[], holds)[0];

describe('Kasha edge', () => {
  requirement('KSH-97', 'puts CloudFront in front of the load balancers: the domain’s requests go to origin.<domain>, over TLS 1.2 only', () => {
    expect(config).to.deep.include({ Enabled: true, Aliases: ['kasha.example.com'], HttpVersion: 'http2and3', IPV6Enabled: true });
    expect(config.Origins).to.have.length(1);
    expect(config.Origins[0].DomainName).to.equal('origin.kasha.example.com');
    expect(config.Origins[0].CustomOriginConfig).to.deep.include({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], HTTPSPort: 443 });
    for (const { TargetOriginId } of behaviours) expect(TargetOriginId).to.equal(config.Origins[0].Id);
  });

  requirement('KSH-97', 'sends the header that the public load balancer asks for, as a reference to the secret and never as its value', () => {
    const header = emitted(edge).Resources?.['Distribution']?.Properties?.['DistributionConfig'] as { Origins: { OriginCustomHeaders: { HeaderName: string; HeaderValue: unknown }[] }[] };
    expect(header.Origins[0]?.OriginCustomHeaders).to.deep.equal([
      { HeaderName: originHeaderName, HeaderValue: { 'Fn::Sub': '{{resolve:secretsmanager:kasha/origin/header-prod-${EnvironmentSuffix}:SecretString:value}}' } },
    ]);
  });

  requirement('KSH-97', 'gives up idle connections and slow answers before the load balancer does', () => {
    const attributes = resourceOf(computeIn(), 'LoadBalancer').properties['LoadBalancerAttributes'] as readonly { Key: string; Value: string }[];
    const [idle] = chosen(attributes, ({ Key }) => Key === 'idle_timeout.timeout_seconds').map(({ Value }) => Number(Value));
    const { OriginKeepaliveTimeout, OriginReadTimeout } = config.Origins[0].CustomOriginConfig;
    expect([OriginReadTimeout, OriginKeepaliveTimeout, idle]).to.deep.equal([30, 45, 60]);
  });

  requirement('KSH-97', 'refuses viewers below TLS 1.2 and plain HTTP on every path, with a certificate of the domain validated in the zone', () => {
    expect(config.ViewerCertificate).to.include({ MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' });
    expect(maker(config.ViewerCertificate.AcmCertificateArn)).to.equal('Certificate');
    expect(ofType(stack, 'AWS::CertificateManager::Certificate')['Certificate']).to.deep.include({
      DomainName: 'kasha.example.com',
      DomainValidationOptions: [{ DomainName: 'kasha.example.com', HostedZoneId: 'Z1' }],
    });
    for (const { ViewerProtocolPolicy } of behaviours) expect(ViewerProtocolPolicy).to.equal('redirect-to-https');
  });

  requirement('KSH-98', 'caches /static/* and nothing else, without cookies, headers or query strings', () => {
    const [cached] = config.CacheBehaviors;
    expect([config.CacheBehaviors.length, cached.PathPattern, maker(cached.CachePolicyId)]).to.deep.equal([1, '/static/*', 'StaticFiles']);
    const { ParametersInCacheKeyAndForwardedToOrigin: key, MinTTL, DefaultTTL, MaxTTL } = ofType(stack, 'AWS::CloudFront::CachePolicy')['StaticFiles'].CachePolicyConfig;
    expect([MinTTL, DefaultTTL, MaxTTL]).to.deep.equal([0, 86_400, 31_536_000]);
    expect([key.CookiesConfig.CookieBehavior, key.HeadersConfig.HeaderBehavior, key.QueryStringsConfig.QueryStringBehavior]).to.deep.equal(['none', 'none', 'none']);
  });

  requirement('KSH-98', 'passes everything else through uncached: all methods, headers, cookies and query strings, but not the host', () => {
    const { AllowedMethods, CachePolicyId, OriginRequestPolicyId, Compress } = config.DefaultCacheBehavior;
    expect([...AllowedMethods].sort()).to.deep.equal(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
    expect({ CachePolicyId, OriginRequestPolicyId, Compress }).to.deep.equal({
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      Compress: true,
    });
  });

  requirement('KSH-99', 'has its web ACL at CloudFront', () => {
    expect(maker(config.WebACLId)).to.equal('WebAcl');
    expect(acl).to.deep.include({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
  });

  const groups = [
    { id: 'KSH-100', group: 'AWSManagedRulesCommonRuleSet' },
    { id: 'KSH-101', group: 'AWSManagedRulesKnownBadInputsRuleSet' },
    { id: 'KSH-106', group: 'AWSManagedRulesSQLiRuleSet' },
    { id: 'KSH-99', group: 'AWSManagedRulesAmazonIpReputationList' },
  ];
  for (const { id, group } of groups) requirement(id, `applies ${group}, and does not merely count`, () => expect(ruleWhere(({ Statement }) => Statement['ManagedRuleGroupStatement']?.Name === group)?.OverrideAction).to.deep.equal({ None: {} }));

  requirement('KSH-102 KSH-119', 'blocks an address that makes more than 2,000 requests in five minutes, before any other rule', () => {
    const rate = ruleWhere(({ Priority }) => Priority === 0);
    expect(rate?.Statement['RateBasedStatement']).to.deep.equal({ Limit: 2000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' });
    expect(rate?.Action).to.deep.equal({ Block: { CustomResponse: { ResponseCode: 429 } } });
  });

  requirement('KSH-103', 'has Shield Standard by itself: nothing in the template asks for Shield Advanced', () => {
    expect(textsIn(stack.resources, /"AWS::Shield[^"]*"/g)).to.deep.equal([]);
  });

  requirement('KSH-104', 'sends a content security policy that allows no foreign script, and a year of HTTPS, with every response', () => {
    for (const { ResponseHeadersPolicyId } of behaviours) expect(maker(ResponseHeadersPolicyId)).to.equal('SecurityHeaders');
    const headers = ofType(stack, 'AWS::CloudFront::ResponseHeadersPolicy')['SecurityHeaders'].ResponseHeadersPolicyConfig.SecurityHeadersConfig;
    const directives = headers.ContentSecurityPolicy.ContentSecurityPolicy.split('; ');
    expect(directives).to.deep.equal(["default-src 'self'", "img-src 'self' data:", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'", 'upgrade-insecure-requests']);
    expect(directives.join()).not.to.match(/unsafe|\*/);
    expect(headers.StrictTransportSecurity).to.deep.equal({ AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Preload: true, Override: true });
    expect([headers.FrameOptions.FrameOption, headers.ContentTypeOptions.Override, headers.ReferrerPolicy.ReferrerPolicy]).to.deep.equal(['DENY', true, 'strict-origin-when-cross-origin']);
  });

  requirement('KSH-105', 'gives CloudFront’s domain name as an output of the deployment', () => {
    expect(maker(stack.outputs.get('DistributionDomainName')?.value ?? null)).to.equal('Distribution');
    const root = kasha.build('production').deployments.find(({ name }) => name === 'edge')?.root;
    expect(recorded('production/edge root', JSON.parse(render(root!.template)) as object)).to.have.nested.property('Outputs.DistributionDomainName.Value').that.deep.equals({ 'Fn::GetAtt': ['Edge', 'Outputs.DistributionDomainName'] });
  });

  requirement('KSH-116', 'masks card numbers in the access log and leaves cookies out of it', () => {
    const group = ofType(stack, 'AWS::Logs::LogGroup')['AccessLogGroup'];
    expect(group).to.include({ LogGroupName: '/aws/vendedlogs/cloudfront/kasha-edge-prod-main', RetentionInDays: 365, KmsKeyId: keyArn });
    expect(group.DataProtectionPolicy.Statement[1]).to.deep.equal(maskedCardData);
    const delivery = ofType(stack, 'AWS::Logs::Delivery')['AccessLogDelivery'];
    const fields = (pattern: RegExp): readonly string[] => chosen(delivery.RecordFields as readonly string[], (field) => pattern.test(field));
    expect(fields(/^(c-ip|cs-uri-stem|sc-status)$/)).to.deep.equal(['c-ip', 'cs-uri-stem', 'sc-status']);
    expect(fields(/cookie/i)).to.deep.equal([]);
  });

  it('delivers the access log of this distribution, and lets nobody but the delivery service of this account write it', () => {
    const source = ofType(stack, 'AWS::Logs::DeliverySource')['AccessLogSource'];
    expect(source.LogType).to.equal('ACCESS_LOGS');
    expect(explain(source.ResourceArn)).to.contain('Distribution');
    expect(ofType(stack, 'AWS::Logs::DeliveryDestination')['AccessLogDestination'].OutputFormat).to.equal('json');
    const [statement] = ofType(stack, 'AWS::Logs::LogGroup')['AccessLogGroup'].ResourcePolicyDocument.Statement;
    expect(statement).to.deep.include({
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Resource: ['arn:aws:logs:us-east-1:111111111111:log-group:/aws/vendedlogs/cloudfront/kasha-edge-prod-main:log-stream:*'],
      Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' }, ArnLike: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:111111111111:*' } },
    });
  });

  it('logs what the web ACL refuses, encrypted and without credentials', () => {
    expect(ofType(stack, 'AWS::Logs::LogGroup')['WebAclLog']).to.include({ LogGroupName: 'aws-waf-logs-kasha-edge-prod-main', KmsKeyId: keyArn });
    const [logging] = Object.values(ofType(stack, 'AWS::WAFv2::LoggingConfiguration'));
    expect(maker(logging.ResourceArn)).to.equal('WebAcl');
    expect(logging.RedactedFields).to.deep.equal([{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }]);
  });

  it('names the web ACL’s metrics as its output says, so that alarms find them', () => {
    expect(stack.outputs.get('WebAclName')?.value).to.equal('kasha-edge-prod-main');
    expect(acl.VisibilityConfig.MetricName).to.equal('kasha-edge-prod-main');
  });
});
