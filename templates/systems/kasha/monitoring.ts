import { Aws } from '../../../src/cfn';
import { alarm } from '../../modules/monitoring/alarm';
import { dashboard } from '../../modules/monitoring/dashboard';
import { serviceAlarms } from '../../modules/monitoring/service-alarms';
import { serviceLevelObjective } from '../../modules/monitoring/service-level-objective';
import { alarmTopic } from '../../modules/monitoring/topic';
import { databaseAlarms } from './database-alarms';
import { primaryIdentifier, replicaIdentifier } from './database-names';
import { defineTemplate } from './environments';
import { deadLetterQueueName, queueId, queueNames } from './queues';

const text = { Type: 'String' } as const;

/** Percent at which both services add tasks. */
const scalesAt = { cpu: 70, memory: 80 };

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

    const frontend = serviceAlarms(t, 'Frontend', { scalesAt, topic: topic.ref(), cluster: t.param('ClusterName'), service: t.param('FrontendServiceName'), loadBalancer: t.param('LoadBalancerFullName'), targetGroup: t.param('FrontendTargetGroupFullName') });
    const backend = serviceAlarms(t, 'Backend', { scalesAt, topic: topic.ref(), cluster: t.param('ClusterName'), service: t.param('BackendServiceName'), loadBalancer: t.param('BackendLoadBalancerFullName'), targetGroup: t.param('BackendTargetGroupFullName') });
    // Without a replica of its own, the secondary shows the primary's database, which has agreed names.
    const stands = t.settings.database.crossRegionReplica
      ? { database: t.param('DatabaseIdentifier'), replica: t.param('ReplicaIdentifier'), region }
      : { database: primaryIdentifier(t), replica: replicaIdentifier(t), region: t.context.regions.primary, when: t.isPrimary };
    const database = databaseAlarms(t, { topic: topic.ref(), ...stands });

    for (const queue of queueNames) {
      alarm(t, `${queueId(queue)}DeadLetters`, {
        name: deadLetterQueueName(queue),
        description: `A message of ${queue} failed three times. Look at it and replay it: docs/runbooks/kasha/dlq-replay.md`,
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
