import { expect } from 'chai';
import { clusterDashboard, targetsParameter } from '../../../templates/systems/lookcard/cluster-dashboard';
import { clusterNames } from '../../../templates/systems/lookcard/cluster-names';
import { services } from '../../../templates/systems/lookcard/services';
import { plain } from '../plain';
import { jsonIn } from './built';
import { everywhereOf, type Row } from './everywhere';

/** What the graphs of a cluster show of a service, by title: namespace, metric and statistic. */
const ofTasks = { 'CPU, %': ['AWS/ECS', 'CPUUtilization', 'Average'], 'Memory, %': ['AWS/ECS', 'MemoryUtilization', 'Average'], Tasks: ['ECS/ContainerInsights', 'RunningTaskCount', 'Minimum'] } as const;
const ofTargets = { Requests: ['RequestCount', 'Sum'], 'Answers with 5xx': ['HTTPCode_Target_5XX_Count', 'Sum'], 'Slowest of a hundred requests, s': ['TargetResponseTime', 'p99'] } as const;

for (const cluster of clusterNames) {
  const rows = services.filter((row) => row.cluster === cluster);
  const behindAlb = rows.filter(({ entrance }) => entrance?.kind === 'alb');
  const running = rows.filter(({ schedule }) => !schedule);
  const queued = rows.filter(({ queue }) => queue !== undefined);
  const parameters = { LoadBalancerFullName: 'app/alb/1', ...Object.fromEntries(behindAlb.map((row) => [targetsParameter(row), `targetgroup/${row.name}/1`])) };
  const everywhere = everywhereOf(clusterDashboard(cluster, cluster, rows), () => parameters);

  describe(`The dashboard of LookCard’s cluster ${cluster}`, () => {
    everywhere('LKC-99', 'has a line for each of its services on each graph that concerns it', ({ all, region, short, environment }) => {
      const named = (part: string): string => `lookcard-${part}-${short}-main`;
      const { Dashboard, ...others } = all('AWS::CloudWatch::Dashboard');
      expect(others).to.deep.equal({});
      expect(Dashboard.DashboardName).to.equal(`${named(cluster)}-${region}`);
      const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { readonly widgets: readonly Row[] };
      const shown = widgets.map(({ properties }) => [properties.title, properties.region, properties.stat, plain(properties.metrics)] as const);
      const withTasks = ['production', 'staging'].includes(environment);
      const graph = (title: string, statistic: string, metrics: readonly unknown[]) => (metrics.length > 0 ? [[title, region, statistic, metrics] as const] : []);
      expect(shown).to.deep.equal([
        ...Object.entries(ofTasks).flatMap(([title, [namespace, metric, statistic]]) =>
          graph(title, statistic, title === 'Tasks' && !withTasks ? [] : running.map(({ name }) => [namespace, metric, 'ClusterName', named(cluster), 'ServiceName', named(name), { label: name }])),
        ),
        ...Object.entries(ofTargets).flatMap(([title, [metric, statistic]]) =>
          graph(title, statistic, behindAlb.map(({ name }) => ['AWS/ApplicationELB', metric, 'LoadBalancer', 'app/alb/1', 'TargetGroup', `targetgroup/${name}/1`, { label: name }])),
        ),
        ...graph('Longest wait in queues, s', 'Maximum', queued.map(({ name, queue }) => ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', named(queue!), { label: name }])),
        ...graph('Dead letters', 'Maximum', [
          ...queued.map(({ name, queue }) => ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', named(`${queue}-dead-letters`), { label: name }]),
          ...rows.filter(({ schedule }) => schedule).map(({ name }) => ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', named(`${name}-failures`), { label: name }]),
        ]),
      ]);
    });
  });
}
