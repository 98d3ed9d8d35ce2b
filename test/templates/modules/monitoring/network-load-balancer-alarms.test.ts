import { expect } from 'chai';
import { networkLoadBalancerAlarms } from '../../../../templates/modules/monitoring/network-load-balancer-alarms';
import { networkLoadBalancerGraphs } from '../../../../templates/modules/monitoring/network-load-balancer-graphs';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

describe('The network load balancer alarms module', () => {
  const t = builderOf();
  networkLoadBalancerAlarms(t, 'Inner', { name: 'inner', caller: 'the API', loadBalancer: value('net/inner/1'), topic: value('topic') });

  it('says who calls, and what to compare when they do not agree on TLS', () => {
    expect(properties(t, 'InnerTls')['AlarmDescription']).to.match(/^the API and the internal load balancer do not agree on TLS\. Compare/);
  });

  it('wakes somebody at the first connection that found no port, and learns how many resets are usual', () => {
    expect(properties(t, 'InnerPorts')).to.include({ MetricName: 'PortAllocationErrorCount', Threshold: 0, EvaluationPeriods: 1 });
    expect(properties(t, 'InnerResets')).to.include({ ThresholdMetricId: 'usual' });
    expect(Object.keys(emitted(t))).to.deep.equal(['InnerTls', 'InnerPorts', 'InnerResets']);
  });
});

describe('The network load balancer graphs', () => {
  it('show connections of one load balancer', () => {
    const metrics = networkLoadBalancerGraphs({ region: 'us-east-1', place: 'here', loadBalancer: value('net/inner/1') }).flatMap((graph) => graph.metrics);
    expect(metrics.map(({ namespace }) => namespace)).to.deep.equal(Array.from(metrics, () => 'AWS/NetworkELB'));
    for (const { dimensions } of metrics) expect(Object.keys(dimensions)).to.deep.equal(['LoadBalancer']);
  });
});
