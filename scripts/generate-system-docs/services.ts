import { imageParameter } from '../../templates/systems/lookcard/parameters';
import type { ServiceRow } from '../../templates/systems/lookcard/service-row';
import { table } from './table';

const ticked = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');

function entranceOf({ entrance, schedule, port }: ServiceRow): string {
  if (schedule) return `\`${schedule.expression}\`, ${schedule.timeZone}`;
  if (entrance?.kind === 'alb') return `load balancer: ${ticked(entrance.paths)}`;
  if (entrance?.kind === 'nlb') return `API: \`/${entrance.apiPath}\``;
  return `by name, port ${port}`;
}

function usesOf({ database, cache, tables = [], queue, keys = [], secrets = [], internet }: ServiceRow): string {
  const uses = [
    ...(database ? [database === 'write' ? 'database' : 'database, reading'] : []),
    ...(cache ? ['cache'] : []),
    ...tables.map(({ name }) => `table \`${name}\``),
    ...(queue === undefined ? [] : [`queue \`${queue}\``]),
    ...(keys.length > 0 ? [`keys ${ticked(keys)}`] : []),
    ...(secrets.length > 0 ? [`secrets ${ticked(secrets)}`] : []),
    ...(internet ? ['the internet'] : []),
  ];
  return uses.join('; ');
}

/** The services of a catalogue: where each runs, how it is reached, what it may use and call, and which parameter gives its image. */
export function servicesTable(rows: readonly ServiceRow[]): string {
  return table(
    ['Service', 'Cluster', 'vCPU, GiB', 'Asked', 'Uses', 'Calls', 'Image'],
    rows.map((row) => [
      `\`${row.name}\`${row.inferred ? ' (inferred)' : ''}`,
      row.cluster,
      `${row.cpu / 1024}, ${row.memory / 1024}`,
      entranceOf(row),
      usesOf(row),
      [...(row.calls ?? []), ...(row.sendsTo ?? []).map((name) => `${name}, by its queue`), ...Object.keys(row.fansOut ?? {}).map((name) => `${name}, by its queue`)].join('; '),
      `\`${imageParameter(row)}\``,
    ]),
  );
}
