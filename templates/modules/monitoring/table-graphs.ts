import type { Value } from '../../../src/cfn';
import type { Graph } from './dashboard';
import { ofOperation, ofTableReplication, throttledOf, type TableOperation, type WatchedTable } from './table-alarms';

/** Tables of one region with replicas in another. */
export interface TableGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly otherRegion: Value<string>;
  /** The tables, by what they are called on the graphs. */
  readonly tables: Readonly<Record<string, WatchedTable>>;
  /** The operations whose latency is worth a line. */
  readonly operations: readonly TableOperation[];
}

/** Graphs of what DynamoDB throttles, of how long it takes for the rest, and of the way to the other region. */
export function tableGraphs({ region, place, otherRegion, tables, operations }: TableGraphsSettings): readonly Graph[] {
  const named = Object.entries(tables);
  const throttled = (name: Parameters<typeof throttledOf>[0], what: string) =>
    named.flatMap(([label, watched]) => throttledOf(name, watched).map((metric, index) => ({ ...metric, label: [label, watched.indexes[index - 1], what].filter(Boolean).join(' ') })));
  return [
    { title: `Throttled by tables in ${place}`, statistic: 'Sum', region, metrics: [...throttled('ReadThrottleEvents', 'reads'), ...throttled('WriteThrottleEvents', 'writes')] },
    {
      title: `Latency of tables in ${place}, ms`,
      statistic: 'Average',
      region,
      metrics: named.flatMap(([label, { table }]) => operations.map((operation) => ({ ...ofOperation('SuccessfulRequestLatency', table, operation), label: `${label} ${operation}` }))),
    },
    { title: `Replication of tables from ${place}, ms`, statistic: 'Maximum', region, metrics: named.map(([label, { table }]) => ({ ...ofTableReplication(table, otherRegion), label })) },
  ];
}
