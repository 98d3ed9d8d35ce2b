import { expect } from 'chai';
import { MeridianError } from '../../../../src/errors';
import { httpsListener, redirectListener, tlsPolicy } from '../../../../templates/modules/compute/listener';
import { listenerRule } from '../../../../templates/modules/compute/listener-rule';
import { networkLoadBalancer } from '../../../../templates/modules/compute/network-load-balancer';
import { rateLimit } from '../../../../templates/modules/compute/rate-limit';
import { tcpEntrance } from '../../../../templates/modules/compute/tcp-entrance';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { someLoadBalancer, someTargetGroup, value } from './behind-load-balancer';

describe('The application load balancer module', () => {
  /** The attributes of a load balancer with these options. */
  function attributes(options: Parameters<typeof someLoadBalancer>[1]): Readonly<Record<string, string>> {
    const t = builderOf();
    someLoadBalancer(t, options);
    const list = properties(t, 'LoadBalancer')['LoadBalancerAttributes'] as readonly { readonly Key: string; readonly Value: string }[];
    return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
  }

  it('closes client connections within the time in which DNS moves to the other region', () => {
    expect(attributes({})).to.include({ 'client_keep_alive.seconds': '120' });
    expect(attributes({ clientKeepAliveSeconds: 3600 })).to.include({ 'client_keep_alive.seconds': '3600' });
  });

  it('guards against request smuggling and malformed headers', () => {
    expect(attributes({})).to.include({ 'routing.http.desync_mitigation_mode': 'defensive', 'routing.http.drop_invalid_header_fields.enabled': 'true' });
  });

  it('states cross-zone balancing only when asked to, because it can not be turned off', () => {
    expect(attributes({})).not.to.have.property('load_balancing.cross_zone.enabled');
    expect(attributes({ crossZone: true })).to.include({ 'load_balancing.cross_zone.enabled': 'true' });
  });

  it('refuses a name that could be longer than 32 characters', () => {
    const t = builderOf();
    expect(() => someLoadBalancer(t, { name: t.resourceName('a-rather-long-load-balancer') })).to.throw(MeridianError, /takes 32/);
  });
});

describe('The network load balancer module', () => {
  const made = () => {
    const t = builderOf();
    networkLoadBalancer(t, 'Internal', { name: t.resourceName('nlb'), subnetIds: value('subnets'), securityGroupIds: [value('group')], accessLogs: { bucketName: value('logs'), prefix: 'nlb' }, deletionProtection: false });
    return properties(t, 'Internal');
  };

  it('has a group from the beginning, which is not asked about API Gateway’s connections', () => {
    expect(made()).to.deep.include({ Type: 'network', Scheme: 'internal', SecurityGroups: [{ 'Fn::Sub': 'group' }], EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' });
  });

  it('sends to the targets of every zone, and states no attribute that only Application Load Balancers have', () => {
    const list = made()['LoadBalancerAttributes'] as readonly { readonly Key: string; readonly Value: unknown }[];
    expect(list.map(({ Key }) => Key)).to.deep.equal(['access_logs.s3.bucket', 'access_logs.s3.enabled', 'access_logs.s3.prefix', 'deletion_protection.enabled', 'load_balancing.cross_zone.enabled']);
    expect(list.at(-1)).to.deep.equal({ Key: 'load_balancing.cross_zone.enabled', Value: 'true' });
  });
});

describe('The TCP entrance module', () => {
  const made = (certificateArn?: ReturnType<typeof value>) => {
    const t = builderOf();
    tcpEntrance(t, 'Orders', { vpcId: value('vpc'), loadBalancerArn: value('balancer'), listenerPort: 8001, port: 8080, healthPath: '/health', certificateArn });
    return t;
  };

  it('ends TLS with a certificate, and passes TCP on without', () => {
    expect(properties(made(value('certificate')), 'OrdersListener')).to.deep.include({ Protocol: 'TLS', Port: 8001, SslPolicy: tlsPolicy, Certificates: [{ CertificateArn: { 'Fn::Sub': 'certificate' } }] });
    expect(properties(made(), 'OrdersListener')).to.include({ Protocol: 'TCP', Port: 8001 }).and.not.to.have.any.keys('SslPolicy', 'Certificates');
    for (const t of [made(), made(value('certificate'))]) expect(properties(t, 'OrdersTargets')).to.include({ Protocol: 'TCP', Port: 8080 });
  });

  it('asks targets over HTTP how they are, and ends the connections of one that has left', () => {
    expect(properties(made(), 'OrdersTargets')).to.include({ HealthCheckProtocol: 'HTTP', HealthCheckPath: '/health', TargetType: 'ip' });
    expect(properties(made(), 'OrdersTargets')['TargetGroupAttributes']).to.deep.include.members([{ Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' }, { Key: 'preserve_client_ip.enabled', Value: 'false' }]);
  });
});

describe('The target group module', () => {
  it('names no group, because a new port replaces it and two can not have one name', () => {
    const t = builderOf();
    someTargetGroup(t);
    expect(properties(t, 'Targets')).not.to.have.property('Name');
  });

  it('fails over in DNS with fewer healthy targets than asked for, and sends to all when none is healthy', () => {
    const attributes = (healthyTargetsForDns?: number) => {
      const t = builderOf();
      someTargetGroup(t, { healthyTargetsForDns });
      const list = properties(t, 'Targets')['TargetGroupAttributes'] as readonly { readonly Key: string; readonly Value: string }[];
      return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
    };
    expect(Object.keys(attributes()).filter((key) => key.startsWith('target_group_health'))).to.deep.equal([]);
    expect(attributes(2)).to.include({ 'target_group_health.dns_failover.minimum_healthy_targets.count': '2', 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1' });
  });
});

describe('The listener modules', () => {
  it('answers 403 to what no rule takes, unless there is a target group for it', () => {
    const t = builderOf();
    const loadBalancer = someLoadBalancer(t);
    httpsListener(t, 'Closed', { loadBalancer, port: 443, certificateArn: value('certificate') });
    httpsListener(t, 'Open', { loadBalancer, port: 8443, certificateArn: value('certificate'), targetGroup: someTargetGroup(t) });
    expect(properties(t, 'Closed')).to.have.nested.property('DefaultActions[0].FixedResponseConfig.StatusCode', '403');
    expect(properties(t, 'Open')['DefaultActions']).to.deep.equal([{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }]);
    expect(properties(t, 'Open')['SslPolicy']).to.equal(tlsPolicy);
  });

  it('tells browsers to stay on HTTPS where no CloudFront does', () => {
    const t = builderOf();
    const settings = { loadBalancer: someLoadBalancer(t), port: 443, certificateArn: value('certificate') };
    httpsListener(t, 'Behind', settings);
    httpsListener(t, 'Front', { ...settings, securityHeaders: true });
    expect(properties(t, 'Behind')).not.to.have.property('ListenerAttributes');
    const attributes = properties(t, 'Front')['ListenerAttributes'] as readonly { readonly Key: string; readonly Value: string }[];
    expect(attributes.find(({ Key }) => Key.includes('strict_transport_security'))?.Value).to.match(/^max-age=63072000;/);
    expect(attributes).to.deep.include({ Key: 'routing.http.response.server.enabled', Value: 'false' });
  });

  it('serves nothing over plain HTTP', () => {
    const t = builderOf();
    redirectListener(t, 'Redirect', someLoadBalancer(t));
    expect(properties(t, 'Redirect')).to.have.nested.property('DefaultActions[0].RedirectConfig').that.includes({ Protocol: 'HTTPS', StatusCode: 'HTTP_301' });
  });

  const conditions = [
    { when: { paths: ['/health'] }, field: 'path-pattern' },
    { when: { header: { name: 'x-key', values: ['abc'] } }, field: 'http-header' },
  ] as const;
  for (const { when, field } of conditions) {
    it(`forwards by ${field}`, () => {
      const t = builderOf();
      const listener = httpsListener(t, 'Listener', { loadBalancer: someLoadBalancer(t), port: 443, certificateArn: value('certificate') });
      listenerRule(t, 'Rule', { listener, priority: 5, when, targetGroup: someTargetGroup(t) });
      expect(properties(t, 'Rule')).to.have.nested.property('Conditions[0].Field', field);
      expect(properties(t, 'Rule')['Actions']).to.deep.equal([{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }]);
    });
  }
});

describe('The rate limit module', () => {
  const t = builderOf();
  rateLimit(t, 'Limit', { name: 'api', loadBalancer: someLoadBalancer(t), requestsPerFiveMinutes: 500, keyArn: value('key') });

  it('counts by the client that the frontend passes on, over five minutes', () => {
    expect(properties(t, 'Limit')).to.have.nested.property('Rules[0].Statement.RateBasedStatement').that.deep.includes({ Limit: 500, EvaluationWindowSec: 300, AggregateKeyType: 'FORWARDED_IP' });
  });

  it('guards the load balancer', () => {
    expect(properties(t, 'LimitAssociation')).to.deep.equal({ ResourceArn: { Ref: 'LoadBalancer' }, WebACLArn: { 'Fn::GetAtt': ['Limit', 'Arn'] } });
  });

  it('logs refused requests without credentials, to a group whose name WAF accepts', () => {
    expect(properties(t, 'LimitLog')).to.have.nested.property('LogGroupName.Fn::Sub').that.matches(/^aws-waf-logs-/);
    expect(properties(t, 'LimitLogging')['RedactedFields']).to.deep.equal([{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }]);
    expect(Object.keys(emitted(t))).to.include('LimitLogging');
  });
});
