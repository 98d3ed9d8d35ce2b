import { Aws, type ParameterDefinition, type TemplateDefinition, type Value } from '../../../src/cfn';
import { dashboard, type Graph, type GraphMetric } from '../../modules/monitoring/dashboard';
import { ofTasks } from '../../modules/monitoring/service-alarms';
import { clusterName } from './cluster-names';
import { defineTemplate } from './environments';
import { pascal } from './parameters';
import { queueName, serviceName } from './service-names';
import { runsOnAppRunner } from './service';
import type { ClusterName, ServiceRow } from './service-row';
import type { LookcardSettings } from './settings';

/** The parameter with a service's target group. */
export const targetsParameter = ({ name }: ServiceRow): string => `${pascal(name)}Targets`;

const common = { LoadBalancerFullName: { Type: 'String' } } as const;

/** The dashboard of one part of a cluster, a line for each of its services on each graph that concerns it. */
export function clusterDashboard(cluster: ClusterName, deployment: string, rows: readonly ServiceRow[]): TemplateDefinition<typeof common, Readonly<Record<never, never>>, LookcardSettings> {
  const behindAlb = rows.filter(({ entrance }) => entrance?.kind === 'alb');
  const targets: Readonly<Record<string, ParameterDefinition<'String'>>> = Object.fromEntries(behindAlb.map((row) => [targetsParameter(row), { Type: 'String' }]));
  return defineTemplate('dashboard', { description: `LookCard dashboard of cluster ${cluster}`, parameters: { ...common, ...targets } as typeof common & typeof targets }, (t) => {
    const region = Aws.region;
    const { containerInsights } = t.settings;
    const running = rows.filter((row) => !row.schedule && !runsOnAppRunner(row, t.settings));
    const ofService = (name: string): GraphMetric[] =>
      running.map((row) => ({ namespace: 'AWS/ECS', name, dimensions: { ClusterName: clusterName(t, cluster), ServiceName: serviceName(t, row) }, label: row.name }));
    const ofTargets = (name: string): GraphMetric[] =>
      behindAlb
        .filter((row) => !runsOnAppRunner(row, t.settings))
        .map((row) => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: t.param('LoadBalancerFullName'), TargetGroup: t.param(targetsParameter(row)) as Value<string> }, label: row.name }));
    const ofQueues = (name: string, tail: string): GraphMetric[] =>
      rows.flatMap(({ queue, name: label }) => (queue === undefined ? [] : [{ namespace: 'AWS/SQS', name, dimensions: { QueueName: queueName(t, `${queue}${tail}`) }, label }]));
    const failures = rows.filter(({ schedule }) => schedule).map(({ name }): GraphMetric => ({ namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: t.resourceName(`${name}-failures`) }, label: name }));
    const tasks = containerInsights === 'disabled' ? [] : running.map((row): GraphMetric => ({ ...ofTasks('RunningTaskCount', clusterName(t, cluster), serviceName(t, row)), label: row.name }));
    const graphs: readonly Graph[] = [
      { title: 'CPU, %', statistic: 'Average', region, metrics: ofService('CPUUtilization') },
      { title: 'Memory, %', statistic: 'Average', region, metrics: ofService('MemoryUtilization') },
      { title: 'Tasks', statistic: 'Minimum', region, metrics: tasks },
      { title: 'Requests', statistic: 'Sum', region, metrics: ofTargets('RequestCount') },
      { title: 'Answers with 5xx', statistic: 'Sum', region, metrics: ofTargets('HTTPCode_Target_5XX_Count') },
      { title: 'Slowest of a hundred requests, s', statistic: 'p99', region, metrics: ofTargets('TargetResponseTime') },
      { title: 'Longest wait in queues, s', statistic: 'Maximum', region, metrics: ofQueues('ApproximateAgeOfOldestMessage', '') },
      { title: 'Dead letters', statistic: 'Maximum', region, metrics: [...ofQueues('ApproximateNumberOfMessagesVisible', '-dead-letters'), ...failures] },
    ];
    dashboard(t, 'Dashboard', deployment, graphs.filter(({ metrics }) => metrics.length > 0));
    return {};
  });
}
