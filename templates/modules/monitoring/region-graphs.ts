import type { Token, Value } from '../../../src/cfn';
import type { Metric } from './alarm';
import type { Graph } from './dashboard';
import { requestGraphs, slowestGraphs } from './load-balancer-graphs';
import { ofTasks } from './service-alarms';

/** What a region has that is worth a graph. */
export interface RegionGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it, for example `us-east-1` or `this region`. */
  readonly place: string;
  readonly loadBalancer: Token<'String'>;
  readonly cluster: Value<string>;
  /** Names of the services, by what they are called on the graphs. */
  readonly services: Readonly<Record<string, Value<string>>>;
  /** What tells its database from others: the dimensions of its metrics. @default it has none */
  readonly database?: Metric['dimensions'];
}

/** The graphs of one region's load balancer, services and database: the same for each, so that regions stand side by side. */
export function regionGraphs({ region, place, loadBalancer, cluster, services, database }: RegionGraphsSettings): readonly Graph[] {
  const ofDatabase = (name: string, label: string) => (database ? [{ namespace: 'AWS/RDS', name, dimensions: database, label }] : []);
  const connections = ofDatabase('DatabaseConnections', 'connections');
  return [
    ...requestGraphs({ region, place, loadBalancer }),
    { title: `CPU in ${place}, %`, statistic: 'Average', region, metrics: [...ofServices('CPUUtilization', cluster, services), ...ofDatabase('CPUUtilization', 'database')] },
    ...(connections.length > 0 ? [{ title: `Database connections in ${place}`, statistic: 'Maximum' as const, region, metrics: connections }] : []),
  ];
}

/** More of the same region: what the load balancer answers itself, how slow the slowest requests are, and what tasks need. The cluster needs Container Insights. */
export function taskGraphs({ region, place, loadBalancer, cluster, services }: RegionGraphsSettings): readonly Graph[] {
  const running = Object.entries(services).map(([label, service]) => ({ ...ofTasks('RunningTaskCount', cluster, service), label }));
  return [
    ...slowestGraphs({ region, place, loadBalancer }),
    { title: `Memory in ${place}, %`, statistic: 'Average', region, metrics: ofServices('MemoryUtilization', cluster, services) },
    { title: `Tasks in ${place}`, statistic: 'Minimum', region, metrics: running },
  ];
}

function ofServices(name: string, cluster: Value<string>, services: RegionGraphsSettings['services']): Graph['metrics'] {
  return Object.entries(services).map(([label, service]) => ({ namespace: 'AWS/ECS', name, dimensions: { ClusterName: cluster, ServiceName: service }, label }));
}
