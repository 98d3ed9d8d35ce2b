import { portText, type Attempt, type Connection, type ConnectionState, type Hop, type OpenPath, type Outcome, type RequestRoute } from '../../analyse/reachability';
import { resultPaint, type Terminal } from '../terminal';
import { table } from './table';

type Paint = ReturnType<typeof resultPaint>;

/** Every open path as a person reads it: who, on which ports, to whom; then what load balancers do with requests. */
export function renderOpenPaths(title: string, paths: readonly OpenPath[], routes: readonly RequestRoute[], terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const rows = grouped(paths).map(([from, ports, to, note]) => [from, ports, to, paint.yellow(note)]);
  const requests = routes.map(({ balancer, port, when, does, to }) => [`${balancer}:${port}`, when, [does, ...to.map((target) => `to ${target.place}:${target.port}`)].join(' ')]);
  return [
    paint.bold(title),
    rows.length === 0 ? 'Nobody reaches anybody.' : table(['Who connects', 'TCP port', 'To', ''].map((head) => ({ head: paint.dim(head) })), firstOnly(rows)),
    `${paths.length} ${paths.length === 1 ? 'path' : 'paths'}; every other connection is blocked.`,
    ...(requests.length === 0 ? [] : ['', table(['Load balancer', 'Request', 'What it does'].map((head) => ({ head: paint.dim(head) })), firstOnly(requests))]),
    '',
  ].join('\n');
}

/** Rows without repeating the first cell of the row before. */
function firstOnly(rows: readonly (readonly string[])[]): string[][] {
  return rows.map(([first = '', ...others], index) => [rows[index - 1]?.[0] === first ? '' : first, ...others]);
}

/** Paths of one source over the same ports and in the same state, as one row. */
function grouped(paths: readonly OpenPath[]): (readonly [from: string, ports: string, to: string, note: string])[] {
  const rows = new Map<string, { readonly path: OpenPath; readonly to: string[] }>();
  for (const path of paths) {
    const key = [path.from, portText(path.ports), noteOf(path)].join('\n');
    const row = rows.get(key) ?? { path, to: [] };
    row.to.push(path.to);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ path, to }) => [path.from, portText(path.ports), to.join(', '), noteOf(path)]);
}

function noteOf({ state, only, listens }: OpenPath): string {
  const words: Readonly<Record<OpenPath['state'], readonly string[]>> = { open: [], partly: [`only ${only ?? 'in part'}`], unknown: ['only deployment can tell'] };
  return [...words[state], ...(listens.length === 0 ? ['nothing answers there'] : [])].join('; ');
}

/** The ways between two places, hop by hop: those that are open, or else all with the hop that blocks each. */
export function renderAttempts(title: string, attempts: readonly Attempt[], terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const open = attempts.filter(({ state }) => state === 'open');
  const shown = open.length > 0 ? open : attempts;
  return [paint.bold(title), ...alike(shown).flatMap((same) => ['', ...attemptLines(same, paint)]), ''].join('\n');
}

/** Attempts that differ only in the rule of the load balancer that passes them on, together. */
function alike(attempts: readonly Attempt[]): (readonly [Attempt, ...Attempt[]])[] {
  const groups = new Map<string, [Attempt, ...Attempt[]]>();
  for (const attempt of attempts) {
    const key = attempt.connections.map(({ from, to, port }) => `${from} ${to} ${port}`).join('\n');
    const same = groups.get(key);
    if (same) same.push(attempt);
    else groups.set(key, [attempt]);
  }
  return [...groups.values()];
}

function attemptLines(same: readonly [Attempt, ...Attempt[]], paint: Paint): string[] {
  const [{ connections }] = same;
  return connections.flatMap((connection, index) => [
    ...connectionLines(connection, paint),
    ...(connection.state === 'blocked' ? [] : same.flatMap(({ requests, refused }) => (requests[index] ? [requestLine(requests[index], refused, paint)] : []))),
  ]);
}

function requestLine({ when, does, location }: RequestRoute, refused: string | undefined, paint: Paint): string {
  return refused === undefined ? `  ${paint.green('✔')} ${when}: ${does}  ${paint.dim(location)}` : `  ${paint.red('✖')} ${refused}`;
}

function connectionLines(connection: Connection, paint: Paint): string[] {
  const { from, to, port, state, outcomes } = connection;
  const shown = [outcomes.find((outcome) => outcome.state === 'blocked') ?? outcomes.find((outcome) => outcome.state === 'unknown') ?? outcomes[0]].filter((outcome) => outcome !== undefined);
  const others = outcomes.filter((outcome) => !shown.includes(outcome)).map((outcome) => `${outcome.between} ${outcome.state}`);
  return [
    `${paint.bold(`${from} → ${to}:${port}`)}  ${colored(state, paint)}`,
    ...shown.flatMap((outcome) => outcomeLines(outcome, paint)),
    ...(others.length === 0 ? [] : [paint.dim(`  other ways: ${others.join(', ')}`)]),
  ];
}

function outcomeLines({ between, hops, state, only }: Outcome, paint: Paint): string[] {
  const lines = hops.flatMap((hop, index) => hopLines(hop, state === 'blocked' && index === hops.length - 1, paint));
  return [paint.dim(`  ${between}`), ...lines, ...(only === undefined ? [] : [paint.yellow(`  only ${only}`)])];
}

function hopLines({ who, says, rules, needed }: Hop, blocks: boolean, paint: Paint): string[] {
  const line = `  ${blocks ? paint.red('✖') : paint.green('✔')} ${who} ${says}`;
  return [rules.length === 0 ? line : `${line}  ${paint.dim(rules.join(', '))}`, ...(needed === undefined ? [] : [`    needed: ${needed}`])];
}

function colored(state: ConnectionState, paint: Paint): string {
  const colors: Readonly<Record<ConnectionState, (text: string) => string>> = { open: paint.green, partly: paint.yellow, unknown: paint.yellow, blocked: paint.red };
  return colors[state](state === 'unknown' ? 'only deployment can tell' : state);
}
