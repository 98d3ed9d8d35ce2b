import { duration } from '../render/duration';
import { actionWords } from './event-line';
import type { NodeState, StackState } from './node-state';

/** Characters of the longest deployment, region and nested stack names in use. */
const deploymentWidth = 20;
const regionWidth = 16;
const stackWidth = 16;

/**
 * A node as the repainted display shows it: a line, and one more for each nested stack while it is under way.
 * @param now milliseconds, by the clock of `performance.now()`
 */
export function nodeLines(state: NodeState, now: number): string[] {
  const { node, prefix = '', action, end, note, bakesUntil, startedAt, stacks } = state;
  const name = `${prefix}${(node.system === node.deployment ? node.deployment : `${node.system} ${node.deployment}`).padEnd(deploymentWidth)}${node.region.padEnd(regionWidth)}`;
  const countdown = bakesUntil === undefined ? '' : `, ${duration(Math.max(0, bakesUntil - now) / 1_000)} left`;
  const notes = note === undefined ? [] : [`  ${note}${countdown}`];
  if (end) return [`${name}${endText(end)}`, ...notes];
  if (action === undefined || startedAt === undefined) return [name.trimEnd(), ...notes];
  const nested = [...stacks].filter(([path, { status }]) => path !== '' && !(isAccount.test(path) && hasEnded(status)));
  return [`${name}${actionWords[action]}  ${duration((now - startedAt) / 1_000)}`, ...nested.map(([path, stack]) => stackLine(path, stack)), ...notes];
}

function endText({ outcome, resources, seconds, reason }: NonNullable<NodeState['end']>): string {
  if (outcome === 'done') return `${resources} ${resources === 1 ? 'resource' : 'resources'}  ${duration(seconds)}`;
  if (outcome === 'rolled-back') return `rolled back  ${duration(seconds)}`;
  return outcome === 'unchanged' || reason === undefined ? outcome : `${outcome}: ${reason}`;
}

/** Lines of accounts go when they are through: there may be many. */
const isAccount = /^\d{12}$/;

function hasEnded(status: string): boolean {
  return status.endsWith('_COMPLETE') || status.endsWith('_FAILED');
}

function stackLine(path: string, { done, total, status, current }: StackState): string {
  const what = hasEnded(status) || !current ? status : `${current.logicalId}  ${current.status}`;
  return `  ${path.padEnd(stackWidth)}${`${done}/${total || '?'}`.padEnd(9)}${what}`;
}
