import { expect } from 'chai';
import { fargateService } from '../../../../templates/modules/compute/fargate-service';
import { serviceScaling, type ServiceScalingSettings } from '../../../../templates/modules/compute/service-scaling';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';
import { someCluster, someLoadBalancer, someTargetGroup, someTask, value } from './behind-load-balancer';

type Options = Pick<ServiceScalingSettings, 'load' | 'busyHours' | 'scheduledStop'> & { readonly requests?: number };

/** A service between 3 and 12 tasks, scaled with these options. */
function scaled({ requests, ...options }: Options = {}) {
  const t = builderOf();
  const cluster = someCluster(t);
  const targetGroup = someTargetGroup(t);
  const service = fargateService(t, 'Service', { name: t.resourceName('web'), cluster, task: someTask(t), container: 'web', port: 8080, desiredCount: 3, subnetIds: value('subnets'), securityGroupId: value('group'), targetGroup, after: [targetGroup] });
  const perTask = requests === undefined ? {} : { requests: { perMinute: requests, loadBalancer: someLoadBalancer(t), targetGroup } };
  serviceScaling(t, 'Scaling', { name: 'web', cluster, service, minimum: 3, maximum: 12, ...perTask, ...options });
  return t;
}

describe('The service scaling module', () => {
  it('follows CPU and memory alone, at all hours the same, unless more is asked for', () => {
    const t = scaled();
    expect(Object.keys(emitted(t)).filter((id) => id.startsWith('Scaling'))).to.deep.equal(['ScalingTarget', 'ScalingCpuPolicy', 'ScalingMemoryPolicy']);
    expect(properties(t, 'ScalingTarget')).not.to.have.property('ScheduledActions');
  });

  it('names load balancer and target group as Application Auto Scaling wants them', () => {
    const label = { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['LoadBalancer', 'LoadBalancerFullName'] }, { 'Fn::GetAtt': ['Targets', 'TargetGroupFullName'] }]] };
    expect(properties(scaled({ requests: 600 }), 'ScalingRequestsPolicy')['TargetTrackingScalingPolicyConfiguration']).to.deep.include({ TargetValue: 600, PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: label } });
  });

  it('shares the application’s own load out among the running tasks, a silent one counting as none', () => {
    const load = { name: 'orders', metric: { namespace: 'Shop', name: 'OpenOrders', dimensions: { Service: 'web' } }, target: 40 };
    const { CustomizedMetricSpecification, TargetValue } = properties(scaled({ load }), 'ScalingOrdersPolicy')['TargetTrackingScalingPolicyConfiguration'] as { readonly CustomizedMetricSpecification: { readonly Metrics: readonly Readonly<Record<string, unknown>>[] }; readonly TargetValue: number };
    expect(TargetValue).to.equal(40);
    expect(CustomizedMetricSpecification.Metrics.map(({ Id, ReturnData, Expression }) => [Id, ReturnData, Expression])).to.deep.equal([['load', false, undefined], ['tasks', false, undefined], ['perTask', true, 'FILL(load, 0) / tasks']]);
    expect(CustomizedMetricSpecification.Metrics[0]).to.have.nested.property('MetricStat.Stat', 'Sum');
    expect(CustomizedMetricSpecification.Metrics[1]).to.have.nested.property('MetricStat.Metric.MetricName', 'RunningTaskCount');
  });

  it('raises the minimum for busy hours and returns to its own, with room to grow at every hour', () => {
    const busyHours = { begin: 'cron(0 8 * * ? *)', end: 'cron(0 18 * * ? *)', timeZone: 'Asia/Singapore', minimum: 6 };
    const actions = properties(scaled({ busyHours }), 'ScalingTarget')['ScheduledActions'] as readonly Readonly<Record<string, unknown>>[];
    expect(actions.map(({ Schedule, Timezone, ScalableTargetAction }) => [Schedule, Timezone, ScalableTargetAction])).to.deep.equal([
      ['cron(0 8 * * ? *)', 'Asia/Singapore', { MinCapacity: 6, MaxCapacity: 12 }],
      ['cron(0 18 * * ? *)', 'Asia/Singapore', { MinCapacity: 3, MaxCapacity: 12 }],
    ]);
  });
});
