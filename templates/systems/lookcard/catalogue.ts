import { MeridianError } from '../../../src/errors';
import { clusterNames } from './cluster-names';
import { pascal } from './parameters';
import type { ClusterName, ServiceRow } from './service-row';

/** Every service, checked, and what follows from all rows together. */
export interface Catalogue {
  readonly rows: readonly ServiceRow[];
  /** The parts into which the clusters' deployments are cut, the first always. */
  readonly parts: readonly number[];
  /** The row of a name that another row has named. */
  row(name: string): ServiceRow;
  /** The services of one part of a cluster's deployment. */
  of(cluster: ClusterName, part: number): readonly ServiceRow[];
  /** The services of one part of all clusters. */
  inPart(part: number): readonly ServiceRow[];
}

/** MiB that Fargate has for CPU units: the least, the most and the step between. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const fargateMemory: Readonly<Record<ServiceRow['cpu'], { readonly least: number; readonly most: number; readonly step: number }>> = {
  256: { least: 512, most: 2048, step: 512 },
  512: { least: 1024, most: 4096, step: 1024 },
  1024: { least: 2048, most: 8192, step: 1024 },
  2048: { least: 4096, most: 16_384, step: 1024 },
};

/** Letters of a name: a role's name ends at 64 characters, of which pattern, region and the longest tail take 45. */
const longestName = 19;

/**
 * Rules of one Application Load Balancer and listeners of one Network Load Balancer, beside the rule for the region's health.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
const mostEntrances = { alb: 99, nlb: 50 } as const;

/** The priority of a listener rule, as rows may have it: those below are the platform's own. */
const priorities = { least: 100, most: 49_999 } as const;

const wrong = (row: ServiceRow, what: string, why: string): MeridianError => new MeridianError(`Service ${row.name}: ${what}. ${why}.`, 2);

/**
 * Checks the rows of a catalogue, each in itself and all against each other, and gives what follows from them.
 * @throws MeridianError naming the first row that can't be, and why
 */
export function catalogueOf(rows: readonly ServiceRow[]): Catalogue {
  for (const row of rows) checkRow(row);
  unique(rows, 'name', ({ name }) => name);
  // Two names can be one in logical ids: `pay-2` and `pay2`.
  unique(rows, 'logical id', ({ name }) => pascal(name));
  unique(rows, 'port', ({ port }) => port);
  unique(rows, 'queue', ({ queue }) => queue);
  unique(rows, 'rule priority', ({ entrance }) => (entrance?.kind === 'alb' ? entrance.priority : undefined));
  unique(rows, 'listener port', ({ entrance }) => (entrance?.kind === 'nlb' ? entrance.listenerPort : undefined));
  unique(rows, 'API path', ({ entrance }) => (entrance?.kind === 'nlb' ? entrance.apiPath : undefined));
  unique(rows.flatMap((row) => (row.tables ?? []).map((table) => ({ ...row, table: table.name }))), 'table', ({ table }) => table);
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const row of rows) checkReferences(row, byName);
  checkEntrances(rows);
  const byPart = groups(rows, partOf);
  const byClusterAndPart = groups(rows, (row) => `${row.cluster} ${partOf(row)}`);
  return {
    rows,
    parts: [...new Set([1, ...byPart.keys()])].sort((a, b) => a - b),
    row(name) {
      const row = byName.get(name);
      if (!row) throw new MeridianError(`Service "${name}": the catalogue has no such row. Choose one of ${rows.map((known) => known.name).join(', ')}.`, 2);
      return row;
    },
    of: (cluster, part) => byClusterAndPart.get(`${cluster} ${part}`) ?? [],
    inPart: (part) => byPart.get(part) ?? [],
  };
}

/** The part of its cluster's deployment that a row stands in. */
export const partOf = ({ part = 1 }: ServiceRow): number => part;

function groups<Key>(rows: readonly ServiceRow[], keyOf: (row: ServiceRow) => Key): ReadonlyMap<Key, readonly ServiceRow[]> {
  const made = new Map<Key, ServiceRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = made.get(key);
    if (known) known.push(row);
    else made.set(key, [row]);
  }
  return made;
}

/** What a row must be in itself. */
function checkRow(row: ServiceRow): void {
  const { name, cluster, part = 1, cpu, memory, port, healthPath, schedule, entrance, queue, fansOut } = row;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw wrong(row, 'its name is not in kebab case', 'Write it in small letters, digits and hyphens');
  if (name.length > longestName) throw wrong(row, `its name has ${name.length} letters`, `Names of its roles leave it ${longestName}`);
  if (!clusterNames.includes(cluster)) throw wrong(row, `no cluster "${String(cluster)}"`, `Choose one of ${clusterNames.join(', ')}`);
  if (!Number.isInteger(part) || part < 1) throw wrong(row, `part ${part} is none`, 'Parts are counted from 1');
  const { least, most, step } = fargateMemory[cpu];
  if (memory < least || memory > most || memory % step !== 0) throw wrong(row, `${memory} MiB for ${cpu} CPU units`, `Fargate has ${least} to ${most} MiB in steps of ${step}`);
  if ((schedule === undefined) === (port === undefined)) throw wrong(row, schedule ? 'a schedule and a port' : 'neither schedule nor port', 'A cron job has a schedule, any other service a port');
  if ((cluster === 'cronjob') !== (schedule !== undefined)) throw wrong(row, `cluster ${cluster} ${schedule ? 'with' : 'without'} a schedule`, 'Cron jobs, and only they, run in cluster cronjob');
  if (schedule && entrance) throw wrong(row, 'a schedule and an entrance', 'Nobody can send a request to a cron job');
  // Below 1,024 the subnets’ ACLs would need a rule for it.
  if (port !== undefined && (port < 1024 || port > 65_535)) throw wrong(row, `port ${port}`, 'The network ACLs let services listen on 1,024 to 65,535');
  if (port !== undefined && healthPath === undefined) throw wrong(row, 'a port and no health path', 'Nobody could tell whether it serves');
  if (entrance?.kind === 'alb' && entrance.paths.length > 3) throw wrong(row, `${entrance.paths.length} paths`, 'With the two header values its rule takes 3');
  if (entrance?.kind === 'alb' && (entrance.priority < priorities.least || entrance.priority > priorities.most)) throw wrong(row, `priority ${entrance.priority}`, `Rules of services have ${priorities.least} to ${priorities.most}`);
  if (fansOut && queue === undefined) throw wrong(row, 'it fans out what no queue holds', 'Give it a queue');
}

/** What a row names must be there. */
function checkReferences(row: ServiceRow, byName: ReadonlyMap<string, ServiceRow>): void {
  const named = (what: string, name: string): ServiceRow => {
    const other = byName.get(name);
    if (!other) throw wrong(row, `it ${what} "${name}", which is no row`, 'Correct the name, or add the row');
    if (other === row) throw wrong(row, `it ${what} itself`, 'Take that out');
    return other;
  };
  for (const name of row.calls ?? []) if (named('calls', name).port === undefined) throw wrong(row, `it calls ${name}, which listens on no port`, 'Nobody can call a cron job');
  for (const name of [...(row.sendsTo ?? []), ...Object.keys(row.fansOut ?? {})]) if (named('sends to', name).queue === undefined) throw wrong(row, `it sends to ${name}, which has no queue`, 'Give that a queue');
}

/** What the load balancers take, and who answers for the region. */
function checkEntrances(rows: readonly ServiceRow[]): void {
  const answering = rows.filter(({ answersForRegion }) => answersForRegion);
  if (answering.length !== 1 || answering[0]?.entrance?.kind !== 'alb') {
    throw new MeridianError(`Services ${answering.map(({ name }) => name).join(', ') || 'none'} answer for the region: Route 53 asks exactly one, behind the Application Load Balancer. Mark one row of kind alb.`, 2);
  }
  for (const [kind, most] of Object.entries(mostEntrances)) {
    const count = rows.filter(({ entrance }) => entrance?.kind === kind).length;
    if (count > most) throw new MeridianError(`Services with an entrance of kind ${kind}: ${count} of them, its load balancer takes ${most}. Have AWS raise the quota, and this one with it.`, 2);
  }
}

function unique<Row extends ServiceRow>(rows: readonly Row[], what: string, valueOf: (row: Row) => string | number | undefined): void {
  const seen = new Map<string | number, Row>();
  for (const row of rows) {
    const value = valueOf(row);
    if (value === undefined) continue;
    const first = seen.get(value);
    if (first) throw wrong(row, `${what} ${value} is taken by ${first.name}`, 'Choose another');
    seen.set(value, row);
  }
}
