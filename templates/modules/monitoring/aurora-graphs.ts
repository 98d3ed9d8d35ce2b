import type { Value } from '../../../src/cfn';
import type { Metric } from './alarm';
import type { Graph } from './dashboard';

/** A metric of an Aurora cluster: of all its instances together. */
export const ofAuroraCluster = (name: string, cluster: Value<string>): Metric => ({ namespace: 'AWS/RDS', name, dimensions: { DBClusterIdentifier: cluster } });

/**
 * A metric of a cluster that follows another in a global database. It is published in the region of the one that follows and in no
 * other, so that a change of roles silences it here and begins it there.
 * @param from the region that writes, as long as this cluster follows
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export const ofReplication = (name: 'AuroraGlobalDBReplicationLag' | 'AuroraGlobalDBRPOLag', cluster: Value<string>, from: Value<string>): Metric => ({
  namespace: 'AWS/RDS',
  name,
  dimensions: { DBClusterIdentifier: cluster, SourceRegion: from },
});

/** An Aurora cluster, of a global database or alone. */
export interface AuroraGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly cluster: Value<string>;
  /** The other region of the global database; a cluster alone has none. */
  readonly otherRegion?: Value<string>;
}

/** Graphs of a serverless cluster's capacity and, while it follows, of how far it is behind. */
export function auroraGraphs({ region, place, cluster, otherRegion }: AuroraGraphsSettings): readonly Graph[] {
  return [
    { title: `Database capacity in ${place}, ACU`, statistic: 'Maximum', region, metrics: [{ ...ofAuroraCluster('ServerlessDatabaseCapacity', cluster), label: 'largest instance' }] },
    { title: `Database capacity used in ${place}, %`, statistic: 'Maximum', region, metrics: [{ ...ofAuroraCluster('ACUUtilization', cluster), label: 'of the most' }] },
    ...replicationGraph({ region, place, cluster, otherRegion }),
  ];
}

/** More of the same cluster: how long reads and writes of its storage take, and commits. */
export function auroraLatencyGraphs({ region, place, cluster }: AuroraGraphsSettings): readonly Graph[] {
  return [
    {
      title: `Database latency in ${place}, s`,
      statistic: 'Average',
      region,
      metrics: [
        { ...ofAuroraCluster('ReadLatency', cluster), label: 'read' },
        { ...ofAuroraCluster('WriteLatency', cluster), label: 'write' },
      ],
    },
    { title: `Database commits in ${place}, ms`, statistic: 'Average', region, metrics: [{ ...ofAuroraCluster('CommitLatency', cluster), label: 'commit' }] },
  ];
}

/** The same of a cluster whose instances have a fixed size: what is left of it, and how far readers and the cluster are behind. */
export function provisionedAuroraGraphs({ region, place, cluster, otherRegion }: AuroraGraphsSettings): readonly Graph[] {
  return [
    { title: `Database CPU in ${place}, %`, statistic: 'Maximum', region, metrics: [{ ...ofAuroraCluster('CPUUtilization', cluster), label: 'busiest instance' }] },
    { title: `Database memory free in ${place}, bytes`, statistic: 'Minimum', region, metrics: [{ ...ofAuroraCluster('FreeableMemory', cluster), label: 'fullest instance' }] },
    { title: `Database connections in ${place}`, statistic: 'Maximum', region, metrics: [{ ...ofAuroraCluster('DatabaseConnections', cluster), label: 'connections' }] },
    { title: `Reader lag in ${place}, ms`, statistic: 'Maximum', region, metrics: [{ ...ofAuroraCluster('AuroraReplicaLag', cluster), label: 'slowest reader' }] },
    ...replicationGraph({ region, place, cluster, otherRegion }),
  ];
}

/** How far the cluster is behind another region's while it follows. */
function replicationGraph({ region, place, cluster, otherRegion }: AuroraGraphsSettings): readonly Graph[] {
  if (otherRegion === undefined) return [];
  return [
    {
      title: `Replication lag in ${place}, ms`,
      statistic: 'Maximum',
      region,
      metrics: [
        { ...ofReplication('AuroraGlobalDBRPOLag', cluster, otherRegion), label: 'of commits' },
        { ...ofReplication('AuroraGlobalDBReplicationLag', cluster, otherRegion), label: 'of storage' },
      ],
    },
  ];
}
