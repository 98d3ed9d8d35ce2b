import type { NodeReference, RolloutEvent, ToldAction } from '../../rollout';
import { duration } from '../render/duration';
import { placeOf, resourcePath, shortCause } from '../render/place';
import { progressPaint, type Terminal } from '../terminal';

/** Characters of the longest region and deployment names in use. */
const regionWidth = 14;
const deploymentWidth = 18;

/** What a node's action is called while it is under way. */
export const actionWords: Readonly<Record<ToldAction, string>> = {
  create: 'creating',
  update: 'updating',
  recreate: 'making anew',
  delete: 'deleting',
  none: 'unchanged',
  'roll-back': 'rolling back',
};

/**
 * An event as one line that begins with its region, so that a log can be filtered by it; undefined for events that only a repainted
 * display shows. Of resources, those that fail are worth a line; the rest is in the counts of their stacks.
 */
export function eventLine(event: RolloutEvent, terminal: Pick<Terminal, 'progressColors'>): string | undefined {
  const paint = progressPaint(terminal);
  switch (event.type) {
    case 'bootstrap':
      return event.action === 'none' ? undefined : line(event.region, 'bootstrap', `${ofAccount(event)}${event.stack}: ${event.action}d`);
    case 'package':
      return event.uploaded === 0 ? undefined : line(event.region, 'artifacts', `${ofAccount(event)}${event.uploaded} uploaded (${kilobytes(event.bytes)}), ${event.present} there already`);
    case 'plan':
      return undefined;
    case 'waiting':
      return ofNode(event.node, `waits: operation ${event.operation.operationId} (${event.operation.action}) runs since ${event.operation.startedAt.toISOString()}`);
    case 'node-start':
      return event.action === 'none' ? undefined : ofNode(event.node, `${actionWords[event.action]}, up to ${event.total} resources${event.accounts ? ` in ${event.accounts.length} accounts` : ''}`);
    case 'stack':
      if (!/_(COMPLETE|FAILED)$/.test(event.status) || (event.path.length === 0 && event.account === undefined)) return undefined;
      return ofNode(event.node, `${ofAccount(event)}${event.path.length === 0 ? '' : `${event.path.join(' ▸ ')}  `}${event.status}  ${event.done}/${event.total}  ${duration(event.seconds)}`);
    case 'resource':
      if (!event.status.endsWith('_FAILED')) return undefined;
      return ofNode(event.node, `${paint.red('✖')} ${ofAccount(event)}${resourcePath(event)} (${event.resourceType}) ${event.status}: ${event.reason ?? 'no reason given'}`);
    case 'node-done':
      return ofNode(event.node, doneText(event, paint));
    case 'gate':
      return ofNode(event.node, event.passed ? `${event.gate} gate open` : `${paint.yellow('●')} ${event.message}`);
    case 'bake':
      return event.state === 'waits' ? undefined : ofNode(event.node, bakeText(event, paint));
    case 'rollback':
      return event.nodes.length === 0 ? undefined : `${paint.yellow('↶')} Going back: ${event.nodes.map(placeOf).join(', ')}`;
    case 'note':
      return event.node ? ofNode(event.node, event.message) : event.message;
  }
}

function doneText(event: Extract<RolloutEvent, { type: 'node-done' }>, paint: ReturnType<typeof progressPaint>): string {
  const { outcome, resources, seconds } = event;
  const failed = (event.accounts ?? []).some((account) => account.outcome === 'failed');
  if (outcome === 'done' && failed) return `${paint.yellow('▲')} ${resources} resources, but it failed in ${shortCause(event)}`;
  if (outcome === 'done') return `${paint.green('✔')} ${resources} ${resources === 1 ? 'resource' : 'resources'}  ${duration(seconds)}`;
  if (outcome === 'unchanged') return `${paint.green('✔')} unchanged`;
  if (outcome === 'rolled-back') return `${paint.green('✔')} rolled back  ${duration(seconds)}`;
  const cause = shortCause(event);
  return `${outcome === 'failed' ? paint.red('✖') : paint.yellow('●')} ${outcome}${cause === undefined ? '' : `: ${cause}`}`;
}

/** What a bake is at, in words. */
export function bakeText({ state, seconds, left, alarms }: Extract<RolloutEvent, { type: 'bake' }>, paint: ReturnType<typeof progressPaint>): string {
  const watched = alarms === 0 ? 'the system has no alarm there' : `${alarms} ${alarms === 1 ? 'alarm' : 'alarms'} watched`;
  switch (state) {
    case 'begins':
      return `bakes for ${duration(seconds)}, ${watched}`;
    case 'waits':
      return `bakes, ${duration(left)} left, ${watched}`;
    case 'quiet':
      return `${paint.green('✔')} baked for ${duration(seconds)} without an alarm`;
    case 'alarm':
      return `${paint.red('✖')} an alarm went off`;
    case 'aborted':
      return `${paint.yellow('●')} bake cut off`;
  }
}

/** The account of an event where there is more than one. */
function ofAccount({ account }: { readonly account?: string }): string {
  return account === undefined ? '' : `${account}  `;
}

function ofNode({ region, system, deployment }: NodeReference, text: string): string {
  return line(region, system === deployment ? deployment : `${system} ${deployment}`, text);
}

function line(region: string, what: string, text: string): string {
  return `${region.padEnd(regionWidth)}  ${what.padEnd(deploymentWidth)}  ${text}`;
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000)} KB`;
}
