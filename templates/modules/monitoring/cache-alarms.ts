import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { mathAlarm, type MathAlarmSettings } from './alarm';
import { cacheNodes, ofCacheNode, type CacheMetricName, type WatchedCache } from './cache-graphs';

/** Seconds that a replica may be behind: usually it is less than one. */
const mostLag = 5;

/** A cache, and when its alarms go off. */
export interface CacheAlarmsSettings extends WatchedCache {
  readonly topic: Token<'String'>;
  /** Connections that a node may have open before somebody looks whether a release leaks them; ElastiCache takes 65,000. */
  readonly mostConnections: number;
}

/**
 * Alarms on a cache that is busy, full, behind or refuses its clients; a single node has no lag. Each looks at the worst of all nodes, because who writes may change.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.WhichShouldIMonitor.html
 */
export function cacheAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, mostConnections, ...cache }: CacheAlarmsSettings): void {
  const worst = (name: CacheMetricName, statistic: 'Maximum' | 'Sum' = 'Maximum') => ({ ...worstOf(cache, name, statistic), comparison: 'GreaterThanThreshold', topic }) as const;
  mathAlarm(t, 'CacheCpu', {
    name: 'cache-cpu',
    description: 'The engine of a cache node has used more than 90 % of its core for five minutes: commands wait. Look for slow commands in the slow log; for more reads add replicas, for more writes shards, in environments.ts',
    ...worst('EngineCPUUtilization'),
    threshold: 90,
    periods: 5,
  });
  mathAlarm(t, 'CacheMemory', {
    name: 'cache-memory',
    description: 'A cache node has more than 80 % of its memory in use: soon it drops what is still wanted. Look whether keys have a time to live; otherwise choose a larger nodeType in environments.ts',
    ...worst('DatabaseMemoryUsagePercentage'),
    threshold: 80,
    periods: 5,
  });
  mathAlarm(t, 'CacheEvictions', {
    name: 'cache-evictions',
    description: 'A cache node has dropped keys for want of memory for a quarter of an hour: the database is asked for them again. Give keys shorter times to live, or choose a larger nodeType in environments.ts',
    ...worst('Evictions', 'Sum'),
    threshold: 0,
    periods: 15,
  });
  if (cache.replicas > 0) {
    mathAlarm(t, 'CacheLag', {
      name: 'cache-lag',
      description: `A replica of the cache has been more than ${mostLag} s behind for five minutes: a failover now would lose that much. Look at the write load and the network of the node that writes`,
      ...worst('ReplicationLag'),
      threshold: mostLag,
      periods: 5,
    });
  }
  mathAlarm(t, 'CacheConnections', {
    name: 'cache-connections',
    description: `A cache node has more than ${mostConnections.toLocaleString('en')} open connections, which all pods together do not need. Look which service opens them, and whether a release leaks them`,
    ...worst('CurrConnections'),
    threshold: mostConnections,
    periods: 5,
  });
  mathAlarm(t, 'CacheRefusals', {
    name: 'cache-refusals',
    description: 'The cache has refused tokens three minutes in a row: a pod has an old token after its rotation, or somebody guesses. Restart pods that began before the rotation; otherwise look at the flow logs for who it is',
    ...worst('AuthenticationFailures', 'Sum'),
    threshold: 10,
  });
}

/** The highest value among all nodes. A node without a value counts as zero: replicas alone have a lag. */
function worstOf(cache: WatchedCache, name: CacheMetricName, statistic: 'Maximum' | 'Sum'): Pick<MathAlarmSettings, 'metrics' | 'expression'> {
  const named = Object.values(cacheNodes(cache)).map((node, index) => [`m${index + 1}`, { metric: ofCacheNode(name, node), statistic }] as const);
  return { metrics: Object.fromEntries(named), expression: `MAX([${named.map(([id]) => `FILL(${id}, 0)`).join(', ')}])` };
}
