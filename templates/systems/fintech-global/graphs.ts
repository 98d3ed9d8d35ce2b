import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { provisionedAuroraGraphs } from '../../modules/monitoring/aurora-graphs';
import { cacheGraphs, type WatchedCache } from '../../modules/monitoring/cache-graphs';
import type { Graph } from '../../modules/monitoring/dashboard';
import { eksGraphs } from '../../modules/monitoring/eks-graphs';
import { requestGraphs, slowestGraphs } from '../../modules/monitoring/load-balancer-graphs';
import type { TableOperation, WatchedTable } from '../../modules/monitoring/table-alarms';
import { tableCapacityGraphs } from '../../modules/monitoring/table-capacity-graphs';
import { tableGraphs } from '../../modules/monitoring/table-graphs';
import { clusterName } from './cluster-names';
import { auroraClusterIdentifier } from './database-names';
import type { FintechGlobalSettings } from './environments';
import { sessionsTable } from './sessions';

type Builder = TemplateBuilder<Parameters, FintechGlobalSettings>;

/** One of the two regions, as its graphs need it. */
export interface ShownRegion {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly otherRegion: Value<string>;
  readonly loadBalancer: Token<'String'>;
}

/** The deployments of the cluster. */
export const deploymentsOf = (t: Builder): readonly string[] => Object.keys(t.settings.services);

/** The table of the sessions, by what it is called on graphs and in alarms. */
export const watchedTables = (t: Builder) => ({ sessions: { table: sessionsTable(t), indexes: ['byUser'] } }) as const satisfies Record<string, WatchedTable>;

/** What the API does with it most. */
export const tableOperations = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] as const satisfies readonly TableOperation[];

/** The nodes of the cache, under its group's name. */
export const watchedCache = (t: Builder, group: Value<string>): WatchedCache => ({ group, shards: t.settings.cache.shards, replicas: t.settings.cache.replicas });

/** All graphs of one region. What they show has agreed names, so that the dashboard of both regions can show it too. */
export function graphsOf(t: Builder, { region, place, otherRegion, loadBalancer }: ShownRegion): readonly Graph[] {
  const tables = watchedTables(t);
  return [
    ...requestGraphs({ region, place, loadBalancer }),
    ...slowestGraphs({ region, place, loadBalancer }),
    ...eksGraphs({ region, place, cluster: clusterName(t), namespace: t.settings.kubernetes.namespace, deployments: deploymentsOf(t) }),
    ...provisionedAuroraGraphs({ region, place, cluster: auroraClusterIdentifier(t, region), otherRegion }),
    ...cacheGraphs({ region, place, ...watchedCache(t, t.resourceName('cache')) }),
    ...tableCapacityGraphs({ region, place, tables }),
    ...tableGraphs({ region, place, otherRegion, tables, operations: tableOperations }),
  ];
}
