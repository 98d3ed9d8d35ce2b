import type { NodeResult, RollbackRun } from '../../rollout';
import type { NodeCoverage } from '../run/coverage';
import type { Rolled } from '../run/roll';
import { progressPaint, resultPaint, type Terminal } from '../terminal';
import { duration } from './duration';
import { causeLines, placeOf } from './place';
import { table, type Column } from './table';

/** A row of a rollout's table: a deployment in one region. */
export interface RolledNode extends NodeResult {
  /** Missing with a real account, and for what does not stand. */
  readonly coverage?: NodeCoverage;
}

/** The nodes of a rollout, each with what stands behind its resources. */
export function rolledNodes({ result, coverage }: Rolled): RolledNode[] {
  return result.nodes.map((node) => {
    const found = stacksOf(node).flatMap((stackId) => coverage?.get(stackId) ?? []);
    const total = { emulated: sum(found, ({ emulated }) => emulated), recorded: sum(found, ({ recorded }) => recorded) };
    return found.length > 0 ? { ...node, coverage: total } : node;
  });
}

function stacksOf({ stackId, accounts }: Pick<NodeResult, 'stackId' | 'accounts'>): string[] {
  return (accounts?.map((account) => account.stackId) ?? [stackId]).filter((id) => id !== undefined);
}

const done = { create: 'created', update: 'updated', recreate: 'made anew', delete: 'deleted', none: 'unchanged' } as const;

/**
 * Nodes as a table, with a line of totals.
 * @param where `local` splits what stands into emulated and recorded; a real account has only what was changed
 */
export function renderNodes(nodes: readonly RolledNode[], where: 'local' | 'aws', terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const counts: readonly Column[] = where === 'local' ? [{ head: 'Resources', align: 'right' }, { head: 'Emulated', align: 'right' }, { head: 'Recorded', align: 'right' }] : [{ head: 'Changed', align: 'right' }];
  const columns: readonly Column[] = [{ head: 'System' }, { head: 'Deployment' }, { head: 'Region' }, { head: 'Result' }, ...counts, { head: 'Seconds', align: 'right' }];
  const countsOf = (each: readonly RolledNode[]): string[] => {
    if (where === 'aws') return [String(sum(each, ({ resources }) => resources))];
    const emulated = sum(each, ({ coverage }) => coverage?.emulated ?? 0);
    const recorded = sum(each, ({ coverage }) => coverage?.recorded ?? 0);
    return [emulated + recorded, emulated, recorded].map(String);
  };
  const seconds = (each: readonly RolledNode[]): string => sum(each, (node) => node.seconds).toFixed(1);
  const rows = nodes.flatMap((node) => [
    [node.node.system, node.node.deployment, node.node.region, resultWord(node, paint), ...countsOf([node]), seconds([node])],
    ...accountRows(node, paint).map(([accounts, result]) => ['', '', accounts, result, ...Array<string>(columns.length - 4).fill('')]),
  ]);
  const total = nodes.length > 1 ? [['', '', '', paint.dim('total'), ...countsOf(nodes), seconds(nodes)]] : [];
  return `${table(columns, [...rows, ...total])}\n`;
}

function resultWord({ outcome, action, because }: RolledNode, paint: ReturnType<typeof resultPaint>): string {
  switch (outcome) {
    case 'done':
      return paint.green(`✔ ${done[action]}`);
    case 'unchanged':
      return paint.green('✔ unchanged');
    case 'failed':
      return paint.red('✖ failed');
    case 'stopped':
      return paint.yellow('● stopped');
    case 'rolled-back':
      return paint.green('✔ rolled back');
    case 'skipped':
      return paint.dim(`– skipped: ${because.join(', ')}`);
    case 'not-started':
      return paint.dim('– not started');
  }
}

/** Up to so many accounts are named where nothing went wrong with them; of more there is only the number. */
const fewAccounts = 3;

const accountWords = { failed: '✖ failed', cancelled: '– not begun', 'left-out': '– left out: an earlier deployment failed there' } as const;

/** The accounts of a node that has more than one, by how they ended, as a cell for the region and one for the result. */
function accountRows({ accounts = [] }: RolledNode, paint: ReturnType<typeof resultPaint>): [string, string][] {
  if (accounts.length < 2) return [];
  const groups = new Map<string, string[]>();
  for (const { account, outcome, action } of accounts) {
    const word = outcome === 'done' ? paint.green(`✔ ${done[action]}`) : outcome === 'unchanged' ? paint.green('✔ unchanged') : outcome === 'failed' ? paint.red(accountWords.failed) : paint.dim(accountWords[outcome]);
    groups.set(word, [...(groups.get(word) ?? []), account]);
  }
  return [...groups].map(([word, ids]) => [`  ${ids.length <= fewAccounts || word === paint.red(accountWords.failed) ? ids.join(', ') : `${ids.length} accounts`}`, word]);
}

/** What did not get to its end. */
export interface Stopped {
  readonly nodes: readonly NodeResult[];
  readonly message?: string;
  /** What went back after a failure. */
  readonly rollback?: RollbackRun;
}

/** Why a rollout, rollback or destruction did not get to its end, and what to do; empty when it did. */
export function renderStop({ nodes, message, rollback }: Stopped, terminal: Pick<Terminal, 'progressColors'>): string {
  const paint = progressPaint(terminal);
  const failed = nodes.find(({ outcome }) => outcome === 'failed');
  if (!failed) return message ?? '';
  const failedBack = rollback?.nodes.find(({ outcome }) => outcome === 'failed');
  return [
    ...failureLines(failed, paint),
    ...(failedBack ? failureLines(failedBack, paint) : []),
    `  ${paint.dim('Next   ')} ${rollback ? afterRollback(message) : 'correct the cause and run the same command again: what is done stays, the rest follows'}`,
    ...(rollback || !message?.startsWith('Rollout failed') ? [] : [`          or go back: ${rollbackCommand(nodes)}`]),
  ].join('\n');
}

function rollbackCommand(nodes: readonly NodeResult[]): string {
  const { system, environment } = nodes.at(-1)!.node;
  return `meridian rollback ${system} ${environment}`;
}

function failureLines(failed: NodeResult, paint: ReturnType<typeof progressPaint>): string[] {
  const account = (failed.accounts?.length ?? 0) > 1 ? failed.accounts?.find(({ outcome }) => outcome === 'failed') : undefined;
  return [paint.red(`✖ ${placeOf(failed.node)}${account ? `, account ${account.account},` : ''} failed after ${duration(failed.seconds)}`), ...causeLines(failed, paint.dim)];
}

/** What a message says of the rollback and what to do: what comes before it is in the lines above. */
function afterRollback(message = ''): string {
  return /(?:What the rollout had changed|And going back failed|Going back stopped|Nothing went back|Everything is left as it is)[^]*$/.exec(message)?.[0] ?? message;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
