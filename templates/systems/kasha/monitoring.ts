import { Aws, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { alarm, type Metric } from '../../modules/monitoring/alarm';
import { dashboard } from '../../modules/monitoring/dashboard';
import { serviceLevelObjective } from '../../modules/monitoring/service-level-objective';
import { alarmTopic } from '../../modules/monitoring/topic';
import { databaseAlarms } from './database-alarms';
import { primaryIdentifier, replicaIdentifier } from './database-names';
import { defineTemplate, type KashaSettings } from './environments';
import { deadLetterQueueName, queueId, queueNames } from './queues';

const text = { Type: 'String' } as const;

/** Alarms, dashboard and availability target of one region. */
export const monitoring = defineTemplate(
  'monitoring',
  {
    description: 'Kasha alarms, dashboard and availability target of one region',
    parameters: {
      AlarmEmail: text,
      DefaultKeyArn: text,
      ClusterName: text,
      FrontendServiceName: text,
      BackendServiceName: text,
      LoadBalancerFullName: text,
      BackendLoadBalancerFullName: text,
      FrontendTargetGroupFullName: text,
      BackendTargetGroupFullName: text,
      DatabaseIdentifier: text,
      ReplicaIdentifier: text,
    },
  },
  (t) => {
    const region = Aws.region;
    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('alarms'), keyArn: t.param('DefaultKeyArn'), email: t.param('AlarmEmail') });

    const frontend = serviceAlarms(t, 'Frontend', { topic: topic.ref(), cluster: t.param('ClusterName'), service: t.param('FrontendServiceName'), loadBalancer: t.param('LoadBalancerFullName'), targetGroup: t.param('FrontendTargetGroupFullName') });
    const backend = serviceAlarms(t, 'Backend', { topic: topic.ref(), cluster: t.param('ClusterName'), service: t.param('BackendServiceName'), loadBalancer: t.param('BackendLoadBalancerFullName'), targetGroup: t.param('BackendTargetGroupFullName') });
    // Without a replica of its own, the secondary shows the primary's database, which has agreed names.
    const stands = t.settings.database.crossRegionReplica
      ? { database: t.param('DatabaseIdentifier'), replica: t.param('ReplicaIdentifier'), region }
      : { database: primaryIdentifier(t), replica: replicaIdentifier(t), region: t.context.regions.primary, when: t.isPrimary };
    const database = databaseAlarms(t, { topic: topic.ref(), ...stands });

    for (const queue of queueNames) {
      alarm(t, `${queueId(queue)}DeadLetters`, {
        name: deadLetterQueueName(queue),
        description: `A message of ${queue} failed three times. Look at it and replay it: docs/runbooks/dlq-replay.md`,
        metric: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: t.resourceName(deadLetterQueueName(queue)) } },
        statistic: 'Maximum',
        comparison: 'GreaterThanOrEqualToThreshold',
        threshold: 1,
        periods: 1,
        topic: topic.ref(),
      });
    }

    serviceLevelObjective(t, 'Availability', {
      name: 'availability',
      description: 'Share of requests that the public load balancer and its targets answered without an error of their own',
      goal: 99.99,
      total: frontend.requests,
      bad: [frontend.loadBalancerErrors, frontend.targetErrors],
    });

    dashboard(t, 'Dashboard', 'overview', [
      { title: 'Requests', statistic: 'Sum', region, metrics: [{ ...frontend.requests, label: 'frontend' }, { ...backend.requests, label: 'backend' }] },
      { title: 'Errors', statistic: 'Sum', region, metrics: [{ ...frontend.loadBalancerErrors, label: 'load balancer' }, { ...frontend.targetErrors, label: 'frontend' }, { ...backend.targetErrors, label: 'backend' }] },
      { title: 'CPU of tasks', statistic: 'Average', region, metrics: [{ ...frontend.cpu, label: 'frontend' }, { ...backend.cpu, label: 'backend' }] },
      { title: 'Memory of tasks', statistic: 'Average', region, metrics: [{ ...frontend.memory, label: 'frontend' }, { ...backend.memory, label: 'backend' }] },
      { title: 'Database CPU', statistic: 'Average', region: stands.region, metrics: [{ ...database.cpu, label: 'database' }] },
      { title: 'Replication lag', statistic: 'Maximum', region: stands.region, metrics: [{ ...database.lag, label: 'replica' }] },
    ]);
    return { AlarmTopicArn: topic.ref() };
  },
);

/** What a service's alarms watch. */
interface WatchedService {
  readonly topic: Token<'String'>;
  readonly cluster: Token<'String'>;
  readonly service: Token<'String'>;
  readonly loadBalancer: Token<'String'>;
  readonly targetGroup: Token<'String'>;
}

type Builder = TemplateBuilder<Parameters, KashaSettings>;

function serviceAlarms(t: Builder, id: 'Frontend' | 'Backend', watched: WatchedService): Readonly<Record<'cpu' | 'memory' | 'requests' | 'loadBalancerErrors' | 'targetErrors', Metric>> {
  const { topic, cluster, service, loadBalancer, targetGroup } = watched;
  const part = id.toLowerCase();
  const ofService = (name: string): Metric => ({ namespace: 'AWS/ECS', name, dimensions: { ClusterName: cluster, ServiceName: service } });
  const ofLoadBalancer = (name: string): Metric => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: loadBalancer } });
  const metrics = {
    cpu: ofService('CPUUtilization'),
    memory: ofService('MemoryUtilization'),
    requests: ofLoadBalancer('RequestCount'),
    loadBalancerErrors: ofLoadBalancer('HTTPCode_ELB_5XX_Count'),
    targetErrors: ofLoadBalancer('HTTPCode_Target_5XX_Count'),
  };
  const above = { comparison: 'GreaterThanThreshold', topic } as const;
  alarm(t, `${id}Cpu`, { name: `${part}-cpu`, description: `CPU of the ${part} stays high although it scales at 70 %: it may be at its most tasks`, metric: metrics.cpu, statistic: 'Average', threshold: 85, ...above });
  alarm(t, `${id}Memory`, { name: `${part}-memory`, description: `Memory of the ${part} stays high although it scales at 80 %: it may be at its most tasks`, metric: metrics.memory, statistic: 'Average', threshold: 90, ...above });
  alarm(t, `${id}LoadBalancerErrors`, { name: `${part}-alb-5xx`, description: `The load balancer of the ${part} answers with errors of its own: no healthy target, or targets too slow`, metric: metrics.loadBalancerErrors, statistic: 'Sum', threshold: 10, ...above });
  alarm(t, `${id}Errors`, { name: `${part}-5xx`, description: `The ${part} answers with errors`, metric: metrics.targetErrors, statistic: 'Sum', threshold: 10, ...above });
  alarm(t, `${id}Unhealthy`, {
    name: `${part}-unhealthy`,
    description: `A ${part} task fails its health check`,
    metric: { namespace: 'AWS/ApplicationELB', name: 'UnHealthyHostCount', dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } },
    statistic: 'Maximum',
    threshold: 0,
    ...above,
  });
  return metrics;
}
