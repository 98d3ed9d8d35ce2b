import type { NodeAction, NodeReference, RolloutEvent } from '../../rollout';
import { duration } from '../render/duration';
import { resourcePath, shortCause } from '../render/place';
import { progressPaint, type Terminal } from '../terminal';

/** Characters of the longest region and deployment names in use. */
const regionWidth = 14;
const deploymentWidth = 18;

/** What a node's action is called while it is under way. */
export const actionWords: Readonly<Record<NodeAction, string>> = { create: 'creating', update: 'updating', recreate: 'making anew', delete: 'deleting', none: 'unchanged' };

/**
 * An event as one line that begins with its region, so that a log can be filtered by it; undefined for events that only a repainted
 * display shows. Of resources, those that fail are worth a line; the rest is in the counts of their stacks.
 */
export function eventLine(event: RolloutEvent, terminal: Pick<Terminal, 'progressColors'>): string | undefined {
  const paint = progressPaint(terminal);
  switch (event.type) {
    case 'bootstrap':
      return event.action === 'none' ? undefined : line(event.region, 'bootstrap', `${event.stack}: ${event.action}d`);
    case 'package':
      return event.uploaded === 0 ? undefined : line(event.region, 'artifacts', `${event.uploaded} uploaded (${kilobytes(event.bytes)}), ${event.present} there already`);
    case 'plan':
      return undefined;
    case 'waiting':
      return ofNode(event.node, `waits: operation ${event.operation.operationId} (${event.operation.action}) runs since ${event.operation.startedAt.toISOString()}`);
    case 'node-start':
      return event.action === 'none' ? undefined : ofNode(event.node, `${actionWords[event.action]}, up to ${event.total} resources`);
    case 'stack':
      if (event.path.length === 0 || !/_(COMPLETE|FAILED)$/.test(event.status)) return undefined;
      return ofNode(event.node, `${event.path.join(' ▸ ')}  ${event.status}  ${event.done}/${event.total}  ${duration(event.seconds)}`);
    case 'resource':
      if (!event.status.endsWith('_FAILED')) return undefined;
      return ofNode(event.node, `${paint.red('✖')} ${resourcePath(event)} (${event.resourceType}) ${event.status}: ${event.reason ?? 'no reason given'}`);
    case 'node-done':
      return ofNode(event.node, doneText(event, paint));
    case 'gate':
      return ofNode(event.node, event.passed ? `${event.gate} gate open` : `${paint.yellow('●')} ${event.message}`);
    case 'note':
      return event.node ? ofNode(event.node, event.message) : event.message;
  }
}

function doneText(event: Extract<RolloutEvent, { type: 'node-done' }>, paint: ReturnType<typeof progressPaint>): string {
  const { outcome, resources, seconds } = event;
  if (outcome === 'done') return `${paint.green('✔')} ${resources} ${resources === 1 ? 'resource' : 'resources'}  ${duration(seconds)}`;
  if (outcome === 'unchanged') return `${paint.green('✔')} unchanged`;
  const cause = shortCause(event);
  return `${outcome === 'failed' ? paint.red('✖') : paint.yellow('●')} ${outcome}${cause === undefined ? '' : `: ${cause}`}`;
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
