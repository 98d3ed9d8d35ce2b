import { expect } from 'chai';
import { alarmHealthCheck } from '../../../../templates/modules/dns/alarm-health-check';
import { calculatedHealthCheck } from '../../../../templates/modules/dns/calculated-health-check';
import { healthCheck } from '../../../../templates/modules/dns/health-check';
import { loadBalancerAlias } from '../../../../templates/modules/dns/load-balancer-alias';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

describe('The health check modules', () => {
  const t = builderOf();
  const endpoint = healthCheck(t, 'Endpoint', { name: t.resourceName('endpoint'), host: value('host'), path: '/deep' });
  const errors = alarmHealthCheck(t, 'Errors', { name: t.resourceName('errors'), alarmName: value('alarm') });
  const config = (id: string): unknown => properties(t, id)['HealthCheckConfig'];

  it('follow an alarm of their own region, and take a silent metric for health', () => {
    expect(config('Errors')).to.deep.equal({ Type: 'CLOUDWATCH_METRIC', AlarmIdentifier: { Name: { 'Fn::Sub': 'alarm' }, Region: { Ref: 'AWS::Region' } }, InsufficientDataHealthStatus: 'Healthy' });
  });

  it('can take a silent metric for a failure instead', () => {
    alarmHealthCheck(t, 'Heartbeat', { name: t.resourceName('heartbeat'), alarmName: value('alarm'), withoutData: 'Unhealthy' });
    expect(config('Heartbeat')).to.have.property('InsufficientDataHealthStatus', 'Unhealthy');
  });

  it('are unhealthy together as soon as one of them is', () => {
    calculatedHealthCheck(t, 'Both', { name: t.resourceName('both'), children: [endpoint, errors] });
    expect(config('Both')).to.deep.equal({ Type: 'CALCULATED', ChildHealthChecks: [{ Ref: 'Endpoint' }, { Ref: 'Errors' }], HealthThreshold: 2 });
  });

  it('carry a name in the console beside the required tags', () => {
    for (const id of ['Errors', 'Both']) {
      const tags = properties(t, id)['HealthCheckTags'] as readonly { readonly Key: string }[];
      expect(tags.map(({ Key }) => Key)).to.deep.equal(['Compliance', 'CostCenter', 'Environment', 'Name', 'System']);
    }
  });

  it('are refused when there is nothing to calculate from', () => {
    expect(() => calculatedHealthCheck(t, 'Nothing', { name: t.resourceName('nothing'), children: [] })).to.throw('Calculated health check Nothing: it has no children. Give it the checks that must be healthy.');
  });
});

describe('The load balancer alias module', () => {
  it('always means the one load balancer, in one region when told so', () => {
    const t = builderOf();
    loadBalancerAlias(t, 'Secondary', { hostedZoneId: value('Z1'), name: value('secondary.example.com'), loadBalancer: { dnsName: value('balancer'), zoneId: value('zone') }, when: t.isSecondary });
    expect(properties(t, 'Secondary')).to.deep.include({ Type: 'A', AliasTarget: { DNSName: { 'Fn::Sub': 'balancer' }, HostedZoneId: { 'Fn::Sub': 'zone' }, EvaluateTargetHealth: false } });
    expect(properties(t, 'Secondary')).not.to.have.any.keys('Failover', 'HealthCheckId', 'SetIdentifier');
  });
});
