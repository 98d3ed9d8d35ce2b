import { expect } from 'chai';
import { plain } from '../plain';
import { resourcesOf } from './built';
import { everywhere, services, shorts, type ComputeInstance } from './compute-instance';

/** What a policy of a service tracks. */
const tracked = ({ of }: ComputeInstance, id: string): unknown => of(id, 'PolicyType', 'ScalingTargetId', 'TargetTrackingScalingPolicyConfiguration');

describe('Financial portal compute: scaling', () => {
  for (const { id, name, trading, maximum, requests, sessions } of services) {
    const target = `${id}ScalingTarget`;
    const tracking = (metric: object, TargetValue: number) => ({
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: target,
      TargetTrackingScalingPolicyConfiguration: { ...metric, TargetValue, ScaleOutCooldown: 60, ScaleInCooldown: 300 },
    });

    everywhere('FIN-10', `keeps at least three ${name} tasks at any hour`, ({ of }) => {
      expect(of(target, 'ServiceNamespace', 'ScalableDimension', 'ResourceId', 'MinCapacity', 'MaxCapacity')).to.deep.equal({
        ServiceNamespace: 'ecs',
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: { 'Fn::Join': ['', ['service/', 'Cluster', '/', `${id}.Name`]] },
        MinCapacity: 3,
        MaxCapacity: maximum,
      });
    });

    everywhere('FIN-03 FIN-04', `has more ${name} tasks from half an hour before the exchange opens until after its closing auction, and never fewer than three`, ({ of }) => {
      const action = (ScheduledActionName: string, Schedule: string, MinCapacity: number) => ({ ScheduledActionName, Schedule, Timezone: 'Asia/Singapore', ScalableTargetAction: { MinCapacity, MaxCapacity: maximum } });
      expect(of(target, 'ScheduledActions')).to.deep.equal({ ScheduledActions: [action('raise', 'cron(30 8 ? * MON-FRI *)', trading), action('lower', 'cron(30 17 ? * MON-FRI *)', 3)] });
    });

    everywhere('FIN-14', `scales the ${name} service on the requests that the load balancer sends to a task`, (instance) => {
      const ResourceLabel = { 'Fn::Join': ['', ['LoadBalancer.LoadBalancerFullName', '/', `${id}Targets.TargetGroupFullName`]] };
      expect(tracked(instance, `${id}ScalingRequestsPolicy`)).to.deep.equal(tracking({ PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel } }, requests));
    });

    everywhere('FIN-15 FIN-16', `scales the ${name} service on CPU`, (instance) => {
      expect(tracked(instance, `${id}ScalingCpuPolicy`)).to.deep.equal(tracking({ PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } }, 65));
    });

    everywhere('FIN-16', `scales the ${name} service on the trading sessions that each of its tasks has to carry`, (instance) => {
      const query = (Id: string, Metric: object, Stat: string) => ({ Id, MetricStat: { Metric, Stat }, ReturnData: false });
      const load = { Namespace: `Portal/${shorts[instance.environment]}-main`, MetricName: 'ActiveTradingSessions', Dimensions: [{ Name: 'Service', Value: instance.named('api') }] };
      const tasks = { Namespace: 'ECS/ContainerInsights', MetricName: 'RunningTaskCount', Dimensions: [{ Name: 'ClusterName', Value: 'Cluster' }, { Name: 'ServiceName', Value: `${id}.Name` }] };
      const Metrics = [query('load', load, 'Sum'), query('tasks', tasks, 'Average'), { Id: 'perTask', Expression: 'FILL(load, 0) / tasks', Label: 'sessions of one task', ReturnData: true }];
      expect(tracked(instance, `${id}ScalingSessionsPolicy`)).to.deep.equal(tracking({ CustomizedMetricSpecification: { Metrics } }, sessions));
    });
  }

  everywhere('FIN-14 FIN-15 FIN-16', 'has a policy for each of requests, CPU, memory and sessions of both services', ({ stack, named }) => {
    const names = resourcesOf(stack, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(({ properties }) => plain(properties['PolicyName']));
    expect(names).to.have.members(services.flatMap(({ name }) => ['cpu', 'memory', 'requests', 'sessions'].map((part) => named(`${name}-${part}`))));
  });
});
