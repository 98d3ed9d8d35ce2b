import type { Handle } from '../../../src/cfn';
import { alarm, mathAlarm, type AlarmSettings, type Metric } from '../../modules/monitoring/alarm';
import { logMetricsNamespace } from '../../modules/monitoring/log-level-metrics';
import { ofTasks, serviceAdvice } from '../../modules/monitoring/service-alarms';
import { pascal } from './parameters';
import { loadBalancerName, type ServiceEntrance } from './service-entrance';
import { serviceName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { ServiceRow } from './service-row';

const above = { comparison: 'GreaterThanThreshold' } as const;

/** Alarms on the tasks of a service that always runs: what they use, and whether as many run as should. */
export function taskAlarms(t: ServiceBuilder, row: ServiceRow): void {
  const { name } = row;
  const { containerInsights, pilotLight } = t.settings;
  const topic = t.param('AlarmTopicArn');
  const cluster = t.param('ClusterName');
  const service = serviceName(t, row);
  const ofService = (metric: string): Metric => ({ namespace: 'AWS/ECS', name: metric, dimensions: { ClusterName: cluster, ServiceName: service } });
  alarm(t, 'CpuAlarm', {
    name: `${name}-cpu`,
    description: `CPU of ${name} stays high although it scales at 70 %. Raise its row’s tasks or size, or find what is slow`,
    metric: ofService('CPUUtilization'),
    statistic: 'Average',
    threshold: 85,
    topic,
    ...above,
  });
  alarm(t, 'MemoryAlarm', {
    name: `${name}-memory`,
    description: `Memory of ${name} stays high although it scales at 80 %. Compare with the last release and roll back; otherwise raise memory in its row`,
    metric: ofService('MemoryUtilization'),
    statistic: 'Average',
    threshold: 90,
    topic,
    ...above,
  });
  if (containerInsights === 'disabled') return;
  mathAlarm(t, 'TasksAlarm', {
    name: `${name}-tasks`,
    description: `Fewer ${name} tasks run than should, for five minutes. ${serviceAdvice.tasks}`,
    metrics: { desired: { metric: ofTasks('DesiredTaskCount', cluster, service), statistic: 'Minimum' }, running: { metric: ofTasks('RunningTaskCount', cluster, service), statistic: 'Maximum' } },
    expression: 'desired - running',
    threshold: 0,
    periods: 5,
    // A cluster that says nothing of its tasks runs none. In the pilot light that is right for what works unasked: no alarm there.
    missing: 'breaching',
    topic,
    ...(pilotLight && row.actsUnasked && { when: t.isPrimary }),
    ...above,
  });
}

/**
 * The alarm on the errors that a service answers with, which knows its load balancer only and so stands before the service: ECS brings a
 * deployment back that sets it off. A Network Load Balancer knows no answers.
 */
export function errorAlarm(t: ServiceBuilder, { name }: ServiceRow, { kind, targetGroup }: ServiceEntrance): readonly Handle<'AWS::CloudWatch::Alarm', 'Arn'>[] {
  if (kind !== 'alb') return [];
  return [
    alarm(t, 'ErrorsAlarm', {
      name: `${name}-5xx`,
      description: `${name} answered with 5xx more than 10 times a minute, three minutes long. ECS rolls a deployment that is under way back; without one, see its log`,
      metric: { namespace: 'AWS/ApplicationELB', name: 'HTTPCode_Target_5XX_Count', dimensions: { LoadBalancer: loadBalancerName(t, kind), TargetGroup: targetGroup.att('TargetGroupFullName') } },
      statistic: 'Sum',
      threshold: 10,
      topic: t.param('AlarmTopicArn'),
      ...above,
    }),
  ];
}

/** The alarm on tasks that fail their load balancer's checks. */
export function unhealthyAlarm(t: ServiceBuilder, { name }: ServiceRow, { kind, targetGroup }: ServiceEntrance): void {
  alarm(t, 'UnhealthyAlarm', {
    name: `${name}-unhealthy`,
    description: `A ${name} task fails its health check. ${serviceAdvice.unhealthy}`,
    metric: { namespace: kind === 'alb' ? 'AWS/ApplicationELB' : 'AWS/NetworkELB', name: 'UnHealthyHostCount', dimensions: { LoadBalancer: loadBalancerName(t, kind), TargetGroup: targetGroup.att('TargetGroupFullName') } },
    statistic: 'Maximum',
    threshold: 0,
    topic: t.param('AlarmTopicArn'),
    ...above,
  });
}

/**
 * The alarm on a service's log, for one whose answers no load balancer counts.
 * @param errors how many errors in five minutes are too many
 */
export function logAlarm(t: ServiceBuilder, { name }: ServiceRow, errors: number): void {
  const settings: AlarmSettings = {
    name: `${name}-log-errors`,
    description: `${name} wrote more than ${errors} errors into its log in five minutes. Its log says which`,
    metric: { namespace: logMetricsNamespace(t), name: `${pascal(name)}ErrorEvents`, dimensions: {} },
    statistic: 'Sum',
    threshold: errors,
    period: 300,
    periods: 1,
    topic: t.param('AlarmTopicArn'),
    ...above,
  };
  alarm(t, 'LogErrorsAlarm', settings);
}
