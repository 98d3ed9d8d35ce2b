import { isObject, type Json, type JsonObject } from '../json';
import { absent, drop, edit, onlyFirst, removed, set, turn, when, without } from '../mistakes';
import type { Mistake, Operator } from '../operator';

const balancer = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];
const listener = ['AWS::ElasticLoadBalancingV2::Listener'];
const targets = ['AWS::ElasticLoadBalancingV2::TargetGroup'];
const transit = ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8', 'SOC 2 CC6.7'];
const availability = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];

const isAttribute = (key: string) => (one: Json): one is JsonObject => isObject(one) && one.Key === key;
const attribute = (list: string, key: string, value: string): Mistake => edit(`${list}[]`, (one) => (one !== undefined && isAttribute(key)(one) && typeof one.Value === 'string' ? { ...one, Value: value } : undefined));
const withoutAttribute = (list: string, key: string): Mistake => without(list, isAttribute(key));
const onBalancer = (key: string, value: string): Mistake => attribute('LoadBalancerAttributes', key, value);

/** Mistakes in load balancers, their listeners, rules and target groups. */
export const loadBalancingOperators: readonly Operator[] = [
  { id: 'elb-tls-old-policy', title: 'The listener accepts TLS 1.0', severity: 'HIGH', controls: transit, types: listener, mistake: turn('SslPolicy', 'ELBSecurityPolicy-2016-08') },
  { id: 'elb-tls-default-policy', title: 'The listener says nothing of TLS versions', severity: 'HIGH', controls: transit, types: listener, mistake: drop('SslPolicy') },
  { id: 'elb-tls-1-1-policy', title: 'The listener accepts TLS 1.1', severity: 'HIGH', controls: transit, types: listener, mistake: turn('SslPolicy', 'ELBSecurityPolicy-TLS-1-1-2017-01') },
  { id: 'elb-plain-http', title: 'A listener serves plain HTTP', severity: 'CRITICAL', controls: transit, types: listener, mistake: when(({ Protocol }) => Protocol === 'HTTPS' || Protocol === 'TLS', (resource) => plain(resource)) },
  { id: 'elb-http-not-redirected', title: 'The listener for plain HTTP forwards instead of redirecting', severity: 'HIGH', controls: transit, types: listener, mistake: when(({ Protocol }) => Protocol === 'HTTP', edit('DefaultActions[]', (action) => (isObject(action) && action.Type === 'redirect' ? { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', ContentType: 'text/plain', MessageBody: 'ok' } } : undefined))) },
  { id: 'elb-redirect-to-http', title: 'The redirect goes to plain HTTP', severity: 'HIGH', controls: transit, types: listener, mistake: turn('DefaultActions[].RedirectConfig.Protocol', 'HTTP') },
  { id: 'elb-default-action-answers', title: 'Requests that no rule knows are answered instead of refused', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-4', 'SOC 2 CC6.6'], types: listener, mistake: turn('DefaultActions[].FixedResponseConfig.StatusCode', '200') },
  { id: 'elb-secret-header-not-asked', title: 'The rule no longer asks for the header that proves that CloudFront sent the request', severity: 'HIGH', controls: ['PCI DSS 4.0.1 6.4.2', 'NIST 800-53 r5 SC-7'], types: ['AWS::ElasticLoadBalancingV2::ListenerRule'], mistake: edit('Conditions', (list) => (Array.isArray(list) && list.some(isHeader) ? [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }] : undefined)) },
  { id: 'elb-secret-header-in-plain-text', title: 'The value of the proving header stands in the template', severity: 'HIGH', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: ['AWS::ElasticLoadBalancingV2::ListenerRule'], mistake: edit('Conditions[].HttpHeaderConfig.Values', (values) => (values === undefined ? undefined : ['open-sesame-2026'])) },
  { id: 'elb-rule-removed', title: 'A rule of the listener is gone: its requests are refused, or meet no rule', severity: 'HIGH', controls: availability, types: ['AWS::ElasticLoadBalancingV2::ListenerRule'], mistake: removed },
  { id: 'elb-internet-facing', title: 'An internal load balancer faces the internet', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 1.4.4', 'NIST 800-53 r5 SC-7'], types: balancer, mistake: turn('Scheme', 'internet-facing') },
  { id: 'elb-one-zone', title: 'The load balancer stands in one zone', severity: 'HIGH', controls: availability, types: balancer, mistake: onlyFirst('Subnets', 1) },
  { id: 'elb-access-logs-off', title: 'Requests are not recorded', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: balancer, mistake: onBalancer('access_logs.s3.enabled', 'false') },
  { id: 'elb-access-logs-unset', title: 'The load balancer says nothing of access logs', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: balancer, mistake: withoutAttribute('LoadBalancerAttributes', 'access_logs.s3.enabled') },
  { id: 'elb-deletion-protection-off', title: 'The load balancer of production can be deleted by mistake', severity: 'MEDIUM', controls: availability, types: balancer, mistake: onBalancer('deletion_protection.enabled', 'false') },
  { id: 'elb-deletion-protection-unset', title: 'The load balancer says nothing of deletion protection', severity: 'MEDIUM', controls: availability, types: balancer, mistake: withoutAttribute('LoadBalancerAttributes', 'deletion_protection.enabled') },
  { id: 'elb-invalid-headers-kept', title: 'Malformed headers reach the service: request smuggling', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.2.4', 'NIST 800-53 r5 SI-10'], types: balancer, mistake: onBalancer('routing.http.drop_invalid_header_fields.enabled', 'false') },
  { id: 'elb-invalid-headers-unset', title: 'The load balancer says nothing of malformed headers', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.2.4', 'NIST 800-53 r5 SI-10'], types: balancer, mistake: withoutAttribute('LoadBalancerAttributes', 'routing.http.drop_invalid_header_fields.enabled') },
  { id: 'elb-desync-monitored', title: 'Ambiguous requests are let through', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.2.4', 'NIST 800-53 r5 SI-10'], types: balancer, mistake: onBalancer('routing.http.desync_mitigation_mode', 'monitor') },
  { id: 'elb-cross-zone-off', title: 'A zone with fewer targets is overloaded', severity: 'LOW', controls: availability, types: balancer, mistake: onBalancer('load_balancing.cross_zone.enabled', 'false') },
  { id: 'elb-waf-fails-open', title: 'When the web application firewall does not answer, requests pass unseen', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.4.2'], types: balancer, mistake: edit('LoadBalancerAttributes', (list) => (Array.isArray(list) ? [...list.filter((one) => !isAttribute('waf.fail_open.enabled')(one)), { Key: 'waf.fail_open.enabled', Value: 'true' }] : undefined)) },
  { id: 'target-health-check-off', title: 'Dead targets keep their share of the requests', severity: 'HIGH', controls: availability, types: targets, mistake: when(({ TargetType }) => TargetType === 'lambda' || TargetType === 'ip' || TargetType === undefined, set('HealthCheckEnabled', false)) },
  { id: 'target-health-check-slow', title: 'A dead target is found after many minutes', severity: 'MEDIUM', controls: availability, types: targets, mistake: turn('HealthCheckIntervalSeconds', 300) },
  { id: 'target-health-check-tolerant', title: 'A target that answers with errors counts as healthy', severity: 'MEDIUM', controls: availability, types: targets, mistake: set('Matcher', { HttpCode: '200-499' }) },
  { id: 'target-health-check-many-failures', title: 'Ten checks must fail before a target counts as dead', severity: 'MEDIUM', controls: availability, types: targets, mistake: turn('UnhealthyThresholdCount', 10) },
  { id: 'target-plain-http', title: 'Traffic between load balancer and service goes in plain text', severity: 'HIGH', controls: transit, types: targets, mistake: when(({ Protocol }) => Protocol === 'HTTPS' || Protocol === 'TLS', set('Protocol', 'HTTP')) },
  { id: 'target-no-drain', title: 'Requests under way are cut when a target leaves', severity: 'LOW', controls: availability, types: targets, mistake: attribute('TargetGroupAttributes', 'deregistration_delay.timeout_seconds', '0') },
  { id: 'elb-no-web-acl-group', title: 'The load balancer takes the default security group', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 1.3.1'], types: balancer, mistake: when(({ Type }) => Type !== 'network', drop('SecurityGroups')) },
  { id: 'nlb-group-removed', title: 'The network load balancer has no security group', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.3.1', 'NIST 800-53 r5 SC-7'], types: balancer, mistake: when(({ Type }) => Type === 'network', drop('SecurityGroups')) },
  { id: 'nlb-privatelink-refused', title: 'The groups of the network load balancer refuse API Gateway, which comes through PrivateLink', severity: 'MEDIUM', controls: availability, types: balancer, mistake: when(({ Type }) => Type === 'network', drop('EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic')) },
  { id: 'nlb-cross-zone-unset', title: 'The network load balancer sends to targets of the caller’s zone only', severity: 'LOW', controls: availability, types: balancer, mistake: when(({ Type }) => Type === 'network', withoutAttribute('LoadBalancerAttributes', 'load_balancing.cross_zone.enabled')) },
];

function isHeader(condition: Json): boolean {
  return isObject(condition) && condition.Field === 'http-header';
}

function plain(resource: Parameters<Mistake>[0]): ReturnType<Mistake> {
  return edit('$.Properties', (properties) => {
    if (!isObject(properties)) return absent;
    const { Certificates: _certificates, SslPolicy: _policy, MutualAuthentication: _clients, ...others } = properties;
    return { ...others, Protocol: properties.Protocol === 'TLS' ? 'TCP' : 'HTTP' };
  })(resource);
}
