import type { NodeResult } from '../../rollout';
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
    const found = node.stackId === undefined ? undefined : coverage?.get(node.stackId);
    return found ? { ...node, coverage: found } : node;
  });
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
  const rows = nodes.map((node) => [node.node.system, node.node.deployment, node.node.region, resultWord(node, paint), ...countsOf([node]), seconds([node])]);
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
    case 'skipped':
      return paint.dim(`– skipped: ${because.join(', ')}`);
    case 'not-started':
      return paint.dim('– not started');
  }
}

/** Why a rollout or destruction did not get to its end, and what to do; empty when it did. */
export function renderStop({ nodes, message }: { readonly nodes: readonly NodeResult[]; readonly message?: string }, terminal: Pick<Terminal, 'progressColors'>): string {
  const paint = progressPaint(terminal);
  const failed = nodes.find(({ outcome }) => outcome === 'failed');
  if (!failed) return message ?? '';
  return [
    paint.red(`✖ ${placeOf(failed.node)} failed after ${duration(failed.seconds)}`),
    ...causeLines(failed, paint.dim),
    `  ${paint.dim('Next   ')} correct the cause and run the same command again: what is done stays, the rest follows`,
  ].join('\n');
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
