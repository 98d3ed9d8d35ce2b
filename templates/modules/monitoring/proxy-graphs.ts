import type { Value } from '../../../src/cfn';
import type { Metric } from './alarm';
import type { Graph } from './dashboard';

/** A metric that RDS Proxy has of a proxy as a whole. */
export type ProxyMetricName = 'ClientConnections' | 'ClientConnectionsSetupFailedAuth' | 'DatabaseConnections' | 'DatabaseConnectionsBorrowLatency' | 'DatabaseConnectionsCurrentlySessionPinned' | 'MaxDatabaseConnectionsAllowed';

/**
 * A metric of a proxy, of all its endpoints and targets together.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.monitoring.html
 */
export const ofProxy = (name: ProxyMetricName, proxy: Value<string>): Metric => ({ namespace: 'AWS/RDS', name, dimensions: { ProxyName: proxy } });

/** A region's proxy. */
export interface ProxyGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly proxy: Value<string>;
}

/** Graphs of who is connected to it, of its connections to the database, and of how long clients wait for one. */
export function proxyGraphs({ region, place, proxy }: ProxyGraphsSettings): readonly Graph[] {
  const of = (name: ProxyMetricName, label: string) => ({ ...ofProxy(name, proxy), label });
  return [
    {
      title: `Proxy connections in ${place}`,
      statistic: 'Sum',
      region,
      metrics: [of('ClientConnections', 'of clients'), of('DatabaseConnections', 'to the database'), of('DatabaseConnectionsCurrentlySessionPinned', 'pinned to one client')],
    },
    { title: `Wait for a proxy connection in ${place}, µs`, statistic: 'Average', region, metrics: [of('DatabaseConnectionsBorrowLatency', 'mean')] },
  ];
}
