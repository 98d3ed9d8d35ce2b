import type { Graph } from './dashboard';
import type { TableGraphsSettings } from './table-graphs';
import { ofTableCapacity } from './table-capacity-alarms';

/** Graphs of what tables use of their provisioned capacity. */
export function tableCapacityGraphs({ region, place, tables }: Pick<TableGraphsSettings, 'region' | 'place' | 'tables'>): readonly Graph[] {
  const named = Object.entries(tables);
  return (['Read', 'Write'] as const).flatMap((kind): readonly Graph[] => [
    { title: `${kind}s used by tables in ${place}, units a minute`, statistic: 'Sum', region, metrics: named.map(([label, { table }]) => ({ ...ofTableCapacity(`Consumed${kind}CapacityUnits`, table), label })) },
    { title: `${kind}s provisioned for tables in ${place}, units a second`, statistic: 'Average', region, metrics: named.map(([label, { table }]) => ({ ...ofTableCapacity(`Provisioned${kind}CapacityUnits`, table), label })) },
  ]);
}
