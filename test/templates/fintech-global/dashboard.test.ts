import { expect } from 'chai';
import { plain } from '../plain';
import { jsonIn } from './built';
import type { Row } from './everywhere';
import { namespaces } from './everywhere';
import { everywhere, nodesOf, otherRegion } from './monitoring-instance';

type Shown = readonly [title: string, statistic: string, metrics: readonly unknown[]];

const titles = [
  'Requests in this region',
  'Seconds to answer in this region',
  'Errors of the load balancer in this region',
  'Seconds of the slowest in this region',
  'Pods in this region',
  'Pods that wait in this region',
  'Kubernetes API in this region',
  'Nodes in this region, %',
  'Database CPU in this region, %',
  'Database memory free in this region, bytes',
  'Database connections in this region',
  'Reader lag in this region, ms',
  'Replication lag in this region, ms',
  'Cache CPU in this region, %',
  'Cache memory in this region, %',
  'Evictions in this region',
  'Cache hits in this region, %',
  'Cache connections in this region',
  'Cache replication lag in this region, s',
  'Reads used by tables in this region, units a minute',
  'Reads provisioned for tables in this region, units a second',
  'Writes used by tables in this region, units a minute',
  'Writes provisioned for tables in this region, units a second',
  'Throttled by tables in this region',
  'Latency of tables in this region, ms',
  'Replication of tables from this region, ms',
];

describe('The dashboard of each region of FinTech Global', () => {
  everywhere('FTG-54', 'is one, under a name of its own, with everything in two columns', ({ all, short, region }) => {
    const { Dashboard, ...others } = all('AWS::CloudWatch::Dashboard');
    expect(others).to.deep.equal({});
    expect(Dashboard.DashboardName).to.equal(`fintechglobal-overview-${short}-main-${region}`);
    const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { widgets: readonly Row[] };
    expect(widgets.map(({ x, y, width, height, properties }) => [properties.title, x, y, width, height])).to.deep.equal(titles.map((title, index) => [title, (index % 2) * 12, Math.floor(index / 2) * 6, 12, 6]));
  });

  /** Asserts the graphs that have one of these titles: all of each, and that they show this region minute by minute. */
  function shows(title: string, expected: (of: { readonly named: (part: string) => string; readonly own: (part: string) => string; readonly other: string; readonly namespace: string; readonly nodes: readonly string[] }) => readonly Shown[]): void {
    everywhere('FTG-54 FTG-57', `shows ${title}`, ({ all, region, environment, short }) => {
      const named = (part: string) => `fintechglobal-${part}-${short}-main`;
      const { widgets } = jsonIn(all('AWS::CloudWatch::Dashboard')['Dashboard'], 'DashboardBody') as { widgets: readonly Row[] };
      for (const [name, statistic, metrics] of expected({ named, own: (part) => `${named(part)}-${region}`, other: otherRegion[region], namespace: namespaces[environment], nodes: nodesOf(named('cache'), environment) })) {
        const { type, properties } = widgets[titles.indexOf(name)] ?? {};
        expect([type, properties.title, properties.region, properties.period, properties.view, properties.stat, plain(properties.metrics)]).to.deep.equal(['metric', name, region, 60, 'timeSeries', statistic, metrics]);
      }
    });
  }

  const ofAlb = (name: string, label: string) => ['AWS/ApplicationELB', name, 'LoadBalancer', 'app/alb/1', { label }];
  shows('what is asked of the load balancer, what fails and how long answers take', () => [
    ['Requests in this region', 'Sum', [ofAlb('RequestCount', 'requests'), ofAlb('HTTPCode_Target_5XX_Count', 'errors')]],
    ['Seconds to answer in this region', 'Average', [ofAlb('TargetResponseTime', 'mean')]],
    ['Errors of the load balancer in this region', 'Sum', [ofAlb('HTTPCode_ELB_5XX_Count', '5xx')]],
    ['Seconds of the slowest in this region', 'p99', [ofAlb('TargetResponseTime', '99 %')]],
  ]);

  shows('the pods that are wanted, there and waiting, the Kubernetes API and the nodes', ({ named, namespace }) => {
    const ofCluster = (group: string, name: string, label: string) => [group, name, 'ClusterName', named('cluster'), { label }];
    const ofPods = (name: string, what: string) => ['api', 'worker'].map((service) => ['ContainerInsights', name, 'ClusterName', named('cluster'), 'Namespace', namespace, 'PodName', service, { label: `${service} ${what}` }]);
    return [
      ['Pods in this region', 'Minimum', [...ofPods('replicas_desired', 'wanted'), ...ofPods('status_replicas_available', 'available')]],
      ['Pods that wait in this region', 'Sum', [ofCluster('AWS/EKS', 'scheduler_pending_pods', 'all'), ofCluster('AWS/EKS', 'scheduler_pending_pods_UNSCHEDULABLE', 'without a place')]],
      ['Kubernetes API in this region', 'Sum', [ofCluster('AWS/EKS', 'apiserver_request_total', 'requests'), ofCluster('AWS/EKS', 'apiserver_request_total_5XX', 'errors'), ofCluster('AWS/EKS', 'apiserver_request_total_429', 'refused')]],
      ['Nodes in this region, %', 'Maximum', [ofCluster('ContainerInsights', 'node_cpu_utilization', 'CPU'), ofCluster('ContainerInsights', 'node_memory_utilization', 'memory'), ofCluster('ContainerInsights', 'node_filesystem_utilization', 'disk')]],
    ];
  });

  shows('what the database uses, and how far readers and region are behind', ({ own, other }) => {
    const ofDatabase = (name: string, label: string, ...more: readonly string[]) => ['AWS/RDS', name, 'DBClusterIdentifier', own('aurora'), ...more, { label }];
    return [
      ['Database CPU in this region, %', 'Maximum', [ofDatabase('CPUUtilization', 'busiest instance')]],
      ['Database memory free in this region, bytes', 'Minimum', [ofDatabase('FreeableMemory', 'fullest instance')]],
      ['Database connections in this region', 'Maximum', [ofDatabase('DatabaseConnections', 'connections')]],
      ['Reader lag in this region, ms', 'Maximum', [ofDatabase('AuroraReplicaLag', 'slowest reader')]],
      ['Replication lag in this region, ms', 'Maximum', [ofDatabase('AuroraGlobalDBRPOLag', 'of commits', 'SourceRegion', other), ofDatabase('AuroraGlobalDBReplicationLag', 'of storage', 'SourceRegion', other)]],
    ];
  });

  shows('what each node of the cache uses, drops and holds', ({ nodes }) => {
    const ofEach = (name: string) => nodes.map((node) => ['AWS/ElastiCache', name, 'CacheClusterId', node, { label: node.slice(-8) }]);
    return [
      ['Cache CPU in this region, %', 'Maximum', ofEach('EngineCPUUtilization')],
      ['Cache memory in this region, %', 'Maximum', ofEach('DatabaseMemoryUsagePercentage')],
      ['Evictions in this region', 'Sum', ofEach('Evictions')],
      ['Cache hits in this region, %', 'Average', ofEach('CacheHitRate')],
      ['Cache connections in this region', 'Maximum', ofEach('CurrConnections')],
      ['Cache replication lag in this region, s', 'Maximum', ofEach('ReplicationLag')],
    ];
  });

  shows('what the table of sessions uses and has, throttles, needs and copies', ({ named, other }) => {
    const ofTable = (name: string, label: string, ...more: readonly string[]) => ['AWS/DynamoDB', name, 'TableName', named('sessions'), ...more, { label }];
    const throttled = (name: string, what: string) => [ofTable(name, `sessions ${what}`), ofTable(name, `sessions byUser ${what}`, 'GlobalSecondaryIndexName', 'byUser')];
    return [
      ['Reads used by tables in this region, units a minute', 'Sum', [ofTable('ConsumedReadCapacityUnits', 'sessions')]],
      ['Reads provisioned for tables in this region, units a second', 'Average', [ofTable('ProvisionedReadCapacityUnits', 'sessions')]],
      ['Writes used by tables in this region, units a minute', 'Sum', [ofTable('ConsumedWriteCapacityUnits', 'sessions')]],
      ['Writes provisioned for tables in this region, units a second', 'Average', [ofTable('ProvisionedWriteCapacityUnits', 'sessions')]],
      ['Throttled by tables in this region', 'Sum', [...throttled('ReadThrottleEvents', 'reads'), ...throttled('WriteThrottleEvents', 'writes')]],
      ['Latency of tables in this region, ms', 'Average', ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((operation) => ofTable('SuccessfulRequestLatency', `sessions ${operation}`, 'Operation', operation))],
      ['Replication of tables from this region, ms', 'Maximum', [ofTable('ReplicationLatency', 'sessions', 'ReceivingRegion', other)]],
    ];
  });
});
