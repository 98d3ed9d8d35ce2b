import { Fn, type Value } from '../../../src/cfn';
import type { Metric } from './alarm';
import type { Graph } from './dashboard';

/** A replication group. */
export interface WatchedCache {
  /** Id of the replication group. */
  readonly group: Value<string>;
  /** Shards times nodes a shard: ten at most, for an alarm takes ten metrics. `none` is a group without cluster mode. */
  readonly shards: number | 'none';
  /** Copies of each shard, or of the group, beside the one that writes. */
  readonly replicas: number;
}

/** A metric that ElastiCache has of a node. */
export type CacheMetricName = 'AuthenticationFailures' | 'CacheHitRate' | 'CPUUtilization' | 'CurrConnections' | 'DatabaseMemoryUsagePercentage' | 'EngineCPUUtilization' | 'Evictions' | 'ReplicationLag';

const fourDigits = (shard: number): string => String(shard).padStart(4, '0');
const threeDigits = (node: number): string => String(node).padStart(3, '0');

/**
 * The nodes of a replication group, by what graphs call them: ElastiCache names each after its group, its shard where there are any, and
 * number. Who writes in a shard may change, the names do not.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Shards.html
 */
export function cacheNodes({ group, shards, replicas }: WatchedCache): Readonly<Record<string, Value<string>>> {
  const nodes = Array.from({ length: replicas + 1 }, (_, node) => threeDigits(node + 1));
  const numbers = shards === 'none' ? nodes : Array.from({ length: shards }, (_, shard) => nodes.map((node) => `${fourDigits(shard + 1)}-${node}`)).flat();
  return Object.fromEntries(numbers.map((number) => [number, Fn.Sub(`\${Group}-${number}`, { Group: group })]));
}

/**
 * A metric of one node.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 */
export const ofCacheNode = (name: CacheMetricName, node: Value<string>): Metric => ({ namespace: 'AWS/ElastiCache', name, dimensions: { CacheClusterId: node } });

/** A cache of one region. */
export interface CacheGraphsSettings extends WatchedCache {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
}

/** Graphs of what each node of a cache uses, drops and holds, and of how far replicas are behind, if there are any. */
export function cacheGraphs({ region, place, ...cache }: CacheGraphsSettings): readonly Graph[] {
  const nodes = Object.entries(cacheNodes(cache));
  const graph = (title: string, name: CacheMetricName, statistic: Graph['statistic']): Graph => ({ title, statistic, region, metrics: nodes.map(([label, node]) => ({ ...ofCacheNode(name, node), label })) });
  return [
    graph(`Cache CPU in ${place}, %`, 'EngineCPUUtilization', 'Maximum'),
    graph(`Cache memory in ${place}, %`, 'DatabaseMemoryUsagePercentage', 'Maximum'),
    graph(`Evictions in ${place}`, 'Evictions', 'Sum'),
    graph(`Cache hits in ${place}, %`, 'CacheHitRate', 'Average'),
    graph(`Cache connections in ${place}`, 'CurrConnections', 'Maximum'),
    ...(cache.replicas === 0 ? [] : [graph(`Cache replication lag in ${place}, s`, 'ReplicationLag', 'Maximum')]),
  ];
}
