import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { auroraGraphs, auroraLatencyGraphs } from '../../modules/monitoring/aurora-graphs';
import type { Graph } from '../../modules/monitoring/dashboard';
import { regionGraphs, taskGraphs } from '../../modules/monitoring/region-graphs';
import { restApiGraphs } from '../../modules/monitoring/rest-api-graphs';
import type { TableOperation, WatchedTable } from '../../modules/monitoring/table-alarms';
import { tableGraphs } from '../../modules/monitoring/table-graphs';
import { auroraClusterIdentifier } from './database-names';
import { sessionTokensTable, sessionsTable } from './sessions';

type Builder = TemplateBuilder<Parameters, unknown>;

/** One of the two regions, as its graphs need it. */
export interface ShownRegion {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly otherRegion: Value<string>;
  readonly loadBalancer: Token<'String'>;
}

/** The tables of the sessions, by what they are called on graphs and in alarms. */
export const watchedTables = (t: Builder) =>
  ({
    sessions: { table: sessionsTable(t), indexes: ['byUser'] },
    'session-tokens': { table: sessionTokensTable(t), indexes: ['bySession'] },
  }) as const satisfies Record<string, WatchedTable>;

/** What the backend does with them most. */
export const tableOperations = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] as const satisfies readonly TableOperation[];

/** All graphs of one region. What they show has agreed names, so that the dashboard of both regions can show it too. */
export function graphsOf(t: Builder, { region, place, otherRegion, loadBalancer }: ShownRegion): readonly Graph[] {
  const cluster = auroraClusterIdentifier(t, region);
  const shown = {
    region,
    place,
    loadBalancer,
    cluster: t.resourceName('cluster'),
    services: { frontend: t.resourceName('frontend'), backend: t.resourceName('backend') },
    database: { DBClusterIdentifier: cluster },
  };
  const database = { region, place, cluster, otherRegion };
  return [
    ...regionGraphs(shown),
    ...taskGraphs(shown),
    ...auroraGraphs(database),
    ...auroraLatencyGraphs(database),
    ...restApiGraphs({ region, place, api: t.resourceName('api'), stage: t.resourceName('stage') }),
    ...tableGraphs({ region, place, otherRegion, tables: watchedTables(t), operations: tableOperations }),
  ];
}
