import type { PlacedResource } from '../../system-index';
import type { Costings, Use } from '../cost-line';
import type { Usage } from '../usage';

/** ElastiCache by its nodes. Serverless caches are not among them: they are paid by what is stored and asked. */
export const cache: Costings = {
  'AWS::ElastiCache::ReplicationGroup': ({ properties, ...group }, { usage }) => {
    const ofShards = Number(properties['NumNodeGroups'] ?? 1) * (1 + Number(properties['ReplicasPerNodeGroup'] ?? 0));
    return nodes({ properties, ...group }, Number(properties['NumCacheClusters'] ?? ofShards), usage);
  },
  'AWS::ElastiCache::CacheCluster': (cluster, { usage }) => nodes(cluster, Number(cluster.properties['NumCacheNodes'] ?? 1), usage),
};

function nodes({ properties }: PlacedResource, count: number, usage: Usage): Use[] {
  return [{ component: 'Cache', price: `${String(properties['Engine'] ?? 'redis')}-${String(properties['CacheNodeType'])}`, quantity: count * usage.hours }];
}
