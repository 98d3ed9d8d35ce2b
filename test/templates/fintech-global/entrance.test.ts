import { expect } from 'chai';
import { entrance } from '../../../templates/systems/fintech-global/entrance';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved, type EnvironmentName } from './built';
import { shorts } from './everywhere';

/** Asserts something of every environment's entrance in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Readonly<Record<string, any>>, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(entrance, region, environment), type), environment));
    }
  }
}

/** Attributes of a list of keys and values. */
const attributesOf = (list: readonly { readonly Key: string; readonly Value: unknown }[]): unknown => Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));

describe('FinTech Global entrance', () => {
  everywhere('FTG-18', 'is a load balancer with public addresses in every public subnet, in the one group that the internet reaches', (all, environment) => {
    expect(only(all('AWS::ElasticLoadBalancingV2::LoadBalancer'), 'Name', 'Type', 'Scheme', 'IpAddressType', 'Subnets', 'SecurityGroups')).to.deep.equal({
      LoadBalancer: [`fintechglobal-alb-${shorts[environment]}-main`, 'application', 'internet-facing', 'ipv4', '<PublicSubnetIds>', ['<LoadBalancerSecurityGroupId>']],
    });
  });

  everywhere('FTG-18', 'logs every request, drops malformed headers, and lets go of clients within the time in which DNS moves', (all, environment) => {
    expect(plain(attributesOf(all('AWS::ElasticLoadBalancingV2::LoadBalancer')['LoadBalancer'].LoadBalancerAttributes))).to.deep.equal({
      'access_logs.s3.bucket': '<LogBucketName>',
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.prefix': 'alb',
      'client_keep_alive.seconds': '120',
      'deletion_protection.enabled': String(environment === 'production'),
      'idle_timeout.timeout_seconds': '60',
      'routing.http.desync_mitigation_mode': 'defensive',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http2.enabled': 'true',
    });
  });

  everywhere('FTG-18', 'answers on 443 and nowhere else, in TLS 1.2 or 1.3, and sends every request to the API’s pods', (all) => {
    expect(only(all('AWS::ElasticLoadBalancingV2::Listener'), 'LoadBalancerArn', 'Protocol', 'Port', 'SslPolicy', 'Certificates', 'DefaultActions')).to.deep.equal({
      HttpsListener: ['LoadBalancer', 'HTTPS', 443, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', [{ CertificateArn: '<CertificateArn>' }], [{ Type: 'forward', TargetGroupArn: 'ApiTargets' }]],
    });
    expect(Object.keys(all('AWS::ElasticLoadBalancingV2::ListenerRule'))).to.deep.equal([]);
  });

  everywhere('FTG-18', 'tells browsers what CloudFront would have told them', (all) => {
    expect(attributesOf(all('AWS::ElasticLoadBalancingV2::Listener')['HttpsListener'].ListenerAttributes)).to.deep.equal({
      'routing.http.response.server.enabled': 'false',
      'routing.http.response.strict_transport_security.header_value': 'max-age=63072000; includeSubDomains; preload',
      'routing.http.response.x_content_type_options.header_value': 'nosniff',
      'routing.http.response.x_frame_options.header_value': 'DENY',
    });
  });

  everywhere('FTG-18', 'has a target group of addresses, which pods join and leave by themselves and in which only ready ones are asked', (all) => {
    expect(only(all('AWS::ElasticLoadBalancingV2::TargetGroup'), 'VpcId', 'TargetType', 'Protocol', 'Port', 'Targets', 'HealthCheckEnabled', 'HealthCheckPath', 'HealthCheckProtocol', 'HealthCheckIntervalSeconds', 'HealthyThresholdCount', 'UnhealthyThresholdCount', 'Matcher')).to.deep.equal({
      ApiTargets: ['<VpcId>', 'ip', 'HTTP', 8080, undefined, true, '/health/ready', 'HTTP', 10, 2, 3, { HttpCode: '200' }],
    });
    expect(attributesOf(all('AWS::ElasticLoadBalancingV2::TargetGroup')['ApiTargets'].TargetGroupAttributes)).to.deep.equal({ 'deregistration_delay.timeout_seconds': '60', 'load_balancing.algorithm.type': 'least_outstanding_requests' });
  });

  everywhere('FTG-18', 'stands behind a web ACL of its region, which slows down who asks too often and refuses known attacks', (all, environment) => {
    const { WebAcl } = all('AWS::WAFv2::WebACL');
    expect([WebAcl.Name, WebAcl.Scope, WebAcl.DefaultAction]).to.deep.equal([`fintechglobal-web-${shorts[environment]}-main`, 'REGIONAL', { Allow: {} }]);
    const [rate, ...managed] = WebAcl.Rules as readonly any[];
    expect([rate.Priority, rate.Action, rate.Statement]).to.deep.equal([0, { Block: { CustomResponse: { ResponseCode: 429 } } }, { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } }]);
    expect(managed.map(({ OverrideAction, Statement }) => [Statement.ManagedRuleGroupStatement.VendorName, Statement.ManagedRuleGroupStatement.Name, OverrideAction])).to.deep.equal(
      ['AmazonIpReputationList', 'CommonRuleSet', 'KnownBadInputsRuleSet', 'SQLiRuleSet'].map((group) => ['AWS', `AWSManagedRules${group}`, { None: {} }]),
    );
    expect(only(all('AWS::WAFv2::WebACLAssociation'), 'ResourceArn', 'WebACLArn')).to.deep.equal({ WebAclAssociation: ['LoadBalancer', 'WebAcl.Arn'] });
  });

  everywhere('FTG-18 FTG-77', 'keeps what the web ACL refused as long as the environment keeps logs, under the data key and without credentials', (all, environment) => {
    expect(only(all('AWS::Logs::LogGroup'), 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ WebAclLog: [`aws-waf-logs-fintechglobal-web-${shorts[environment]}-main`, environment === 'production' ? 400 : 14, '<DataKeyArn>'] });
    expect(only(all('AWS::WAFv2::LoggingConfiguration'), 'ResourceArn', 'RedactedFields')).to.deep.equal({ WebAclLogging: ['WebAcl.Arn', [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }]] });
  });

  for (const environment of environmentNames) {
    requirement('FTG-18', `hands on what DNS, pods and alarms need to know of it, in ${environment}`, () => {
      const { Outputs = {} } = emitted(entrance, environment);
      const att = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
      expect(Object.fromEntries(Object.entries(Outputs).map(([name, { Value }]) => [name, Value]))).to.deep.equal({
        LoadBalancerDnsName: att('LoadBalancer', 'DNSName'),
        LoadBalancerZoneId: att('LoadBalancer', 'CanonicalHostedZoneID'),
        LoadBalancerFullName: att('LoadBalancer', 'LoadBalancerFullName'),
        ApiTargetGroupArn: { Ref: 'ApiTargets' },
        ApiTargetGroupFullName: att('ApiTargets', 'TargetGroupFullName'),
        WebAclName: { 'Fn::Sub': `fintechglobal-web-${shorts[environment]}-\${EnvironmentSuffix}` },
      });
    });
  }
});
