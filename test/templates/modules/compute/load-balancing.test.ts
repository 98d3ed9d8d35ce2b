import { expect } from 'chai';
import { MeridianError } from '../../../../src/errors';
import { httpsListener, redirectListener, tlsPolicy } from '../../../../templates/modules/compute/listener';
import { listenerRule } from '../../../../templates/modules/compute/listener-rule';
import { rateLimit } from '../../../../templates/modules/compute/rate-limit';
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
