import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { auroraGraphs, auroraLatencyGraphs, ofAuroraCluster } from '../../modules/monitoring/aurora-graphs';
import { cacheGraphs, type WatchedCache } from '../../modules/monitoring/cache-graphs';
import type { Graph } from '../../modules/monitoring/dashboard';
import { requestGraphs, slowestGraphs } from '../../modules/monitoring/load-balancer-graphs';
import { networkLoadBalancerGraphs } from '../../modules/monitoring/network-load-balancer-graphs';
import { proxyGraphs } from '../../modules/monitoring/proxy-graphs';
import { restApiGraphs } from '../../modules/monitoring/rest-api-graphs';
import { hasProxy } from './database';
import { proxyName } from './names';
import type { LookcardSettings } from './settings';

type Builder = TemplateBuilder<Parameters, LookcardSettings>;

/** What a region shows beside its services, whose clusters have dashboards of their own. */
export interface ShownRegion {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly loadBalancer: Token<'String'>;
  readonly networkLoadBalancer: Token<'String'>;
  readonly api: Value<string>;
  readonly stage: Value<string>;
  readonly database: Value<string>;
  readonly cache: Value<string>;
}

/** The nodes of the cache: one without replicas is a group without cluster mode. */
export function watchedCache({ settings: { cache } }: Builder, group: Value<string>): WatchedCache {
  return { group, shards: cache.replicas === 0 ? 'none' : 1, replicas: cache.replicas };
}

/** All graphs of one region, from the entrances to what stands behind the services. */
export function graphsOf(t: Builder, { region, place, loadBalancer, networkLoadBalancer, api, stage, database, cache }: ShownRegion): readonly Graph[] {
  const cluster = { region, place, cluster: database, ...(t.settings.pilotLight ? { otherRegion: t.otherRegion } : {}) };
  return [
    ...requestGraphs({ region, place, loadBalancer }),
    ...slowestGraphs({ region, place, loadBalancer }),
    ...restApiGraphs({ region, place, api, stage }),
    ...networkLoadBalancerGraphs({ region, place, loadBalancer: networkLoadBalancer }),
    ...auroraGraphs(cluster),
    ...auroraLatencyGraphs(cluster),
    { title: `Database connections in ${place}`, statistic: 'Maximum', region, metrics: [{ ...ofAuroraCluster('DatabaseConnections', database), label: 'connections' }] },
    ...(hasProxy(t.settings) ? proxyGraphs({ region, place, proxy: proxyName(t) }) : []),
    ...cacheGraphs({ region, place, ...watchedCache(t, cache) }),
  ];
}
