import { expect } from 'chai';
import { plain } from '../plain';
import { jsonIn } from './built';
import { everywhere, otherRegion, shorts, tables, type Row } from './monitoring-instance';

describe('The dashboard of each region of the customer portal shows', () => {
  type Shown = readonly [title: string, statistic: string, metrics: readonly unknown[]];

  /** Asserts the graphs that have one of these titles: all of each, and that they show this region minute by minute. */
  function shows(ids: string, title: string, expected: (named: (part: string) => string, other: string, own: (part: string) => string) => readonly Shown[]): void {
    everywhere(ids, title, (all, region, environment) => {
      const named = (part: string): string => `cus-${part}-${shorts[environment]}-main`;
      const graphs = expected(named, otherRegion[region], (part) => `${named(part)}-${region}`);
      const { widgets } = jsonIn(all('AWS::CloudWatch::Dashboard')['Dashboard'], 'DashboardBody') as { widgets: readonly Row[] };
      for (const [name, statistic, metrics] of graphs) {
        const { type, properties } = widgets[titles.indexOf(name)] ?? {};
        expect([type, properties.title, properties.region, properties.period, properties.view, properties.stat, plain(properties.metrics)]).to.deep.equal(['metric', name, region, 60, 'timeSeries', statistic, metrics]);
      }
    });
  }

  const titles = [
    'Requests in this region',
    'Seconds to answer in this region',
    'CPU in this region, %',
    'Database connections in this region',
    'Errors of the load balancer in this region',
    'Seconds of the slowest in this region',
    'Memory in this region, %',
    'Tasks in this region',
    'Database capacity in this region, ACU',
    'Database capacity used in this region, %',
    'Replication lag in this region, ms',
    'Database latency in this region, s',
    'Database commits in this region, ms',
    'API calls in this region',
    'API errors in this region',
    'API latency of the slowest in this region, ms',
    'Throttled by tables in this region',
    'Latency of tables in this region, ms',
    'Replication of tables from this region, ms',
  ];
  const alb = (name: string, label: string) => ['AWS/ApplicationELB', name, 'LoadBalancer', 'app/alb/1', { label }];

  everywhere('CUS-55 CUS-87', 'one graph for each thing that is asked for, in two columns', (all, region, environment) => {
    const { Dashboard, ...others } = all('AWS::CloudWatch::Dashboard');
    expect(others).to.deep.equal({});
    expect(Dashboard.DashboardName).to.equal(`cus-overview-${shorts[environment]}-main-${region}`);
    const { widgets } = jsonIn(Dashboard, 'DashboardBody') as { widgets: readonly Row[] };
    expect(widgets.map(({ x, y, width, height, properties }) => [properties.title, x, y, width, height])).to.deep.equal(titles.map((title, index) => [title, (index % 2) * 12, Math.floor(index / 2) * 6, 12, 6]));
  });

  shows('CUS-56 CUS-87', 'CPU, memory and running tasks of both services', (named, _, own) => {
    const both = (namespace: string, name: string) => ['frontend', 'backend'].map((part) => [namespace, name, 'ClusterName', named('cluster'), 'ServiceName', named(part), { label: part }]);
    return [
      ['CPU in this region, %', 'Average', [...both('AWS/ECS', 'CPUUtilization'), ['AWS/RDS', 'CPUUtilization', 'DBClusterIdentifier', own('aurora'), { label: 'database' }]]],
      ['Memory in this region, %', 'Average', both('AWS/ECS', 'MemoryUtilization')],
      ['Tasks in this region', 'Minimum', both('ECS/ContainerInsights', 'RunningTaskCount')],
    ];
  });

  shows('CUS-57 CUS-87', 'connections, capacity, latency and replication of the database', (_, other, own) => {
    const aurora = (name: string, label: string) => ['AWS/RDS', name, 'DBClusterIdentifier', own('aurora'), { label }];
    const lag = (name: string, label: string) => ['AWS/RDS', name, 'DBClusterIdentifier', own('aurora'), 'SourceRegion', other, { label }];
    return [
      ['Database connections in this region', 'Maximum', [aurora('DatabaseConnections', 'connections')]],
      ['Database capacity in this region, ACU', 'Maximum', [aurora('ServerlessDatabaseCapacity', 'largest instance')]],
      ['Database capacity used in this region, %', 'Maximum', [aurora('ACUUtilization', 'of the most')]],
      ['Replication lag in this region, ms', 'Maximum', [lag('AuroraGlobalDBRPOLag', 'of commits'), lag('AuroraGlobalDBReplicationLag', 'of storage')]],
      ['Database latency in this region, s', 'Average', [aurora('ReadLatency', 'read'), aurora('WriteLatency', 'write')]],
      ['Database commits in this region, ms', 'Average', [aurora('CommitLatency', 'commit')]],
    ];
  });

  shows('CUS-58 CUS-87', 'calls, errors and latency of the API, and how much of that is the backend’s', (named) => {
    const api = (name: string, label: string) => ['AWS/ApiGateway', name, 'ApiName', named('api'), 'Stage', named('stage'), { label }];
    return [
      ['API calls in this region', 'SampleCount', [api('Count', 'calls')]],
      ['API errors in this region', 'Sum', [api('4XXError', '4xx'), api('5XXError', '5xx')]],
      ['API latency of the slowest in this region, ms', 'p99', [api('Latency', '99 %'), api('IntegrationLatency', '99 % in the backend')]],
    ];
  });

  shows('CUS-55', 'requests, errors and latency of the load balancer', () => [
    ['Requests in this region', 'Sum', [alb('RequestCount', 'requests'), alb('HTTPCode_Target_5XX_Count', 'errors')]],
    ['Seconds to answer in this region', 'Average', [alb('TargetResponseTime', 'mean')]],
    ['Errors of the load balancer in this region', 'Sum', [alb('HTTPCode_ELB_5XX_Count', '5xx')]],
    ['Seconds of the slowest in this region', 'p99', [alb('TargetResponseTime', '99 %')]],
  ]);

  shows('CUS-55', 'what the tables of the sessions throttle, how long they take, and how far the other region is behind', (named, other) => {
    const throttled = (name: string, what: string) =>
      tables.flatMap(({ part, index }) => [
        ['AWS/DynamoDB', name, 'TableName', named(part), { label: `${part} ${what}` }],
        ['AWS/DynamoDB', name, 'TableName', named(part), 'GlobalSecondaryIndexName', index, { label: `${part} ${index} ${what}` }],
      ]);
    return [
      ['Throttled by tables in this region', 'Sum', [...throttled('ReadThrottleEvents', 'reads'), ...throttled('WriteThrottleEvents', 'writes')]],
      [
        'Latency of tables in this region, ms',
        'Average',
        tables.flatMap(({ part }) => ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((operation) => ['AWS/DynamoDB', 'SuccessfulRequestLatency', 'TableName', named(part), 'Operation', operation, { label: `${part} ${operation}` }])),
      ],
      ['Replication of tables from this region, ms', 'Maximum', tables.map(({ part }) => ['AWS/DynamoDB', 'ReplicationLatency', 'TableName', named(part), 'ReceivingRegion', other, { label: part }])],
    ];
  });
});
