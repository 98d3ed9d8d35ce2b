import type { DestroyResult, DestructionPlan, KeptResource } from '../../rollout';
import type { Terminal } from '../terminal';
import { placeOf, resourcePath } from './place';
import { renderNodes } from './rollout';

/** What a destruction would do, for a person to consent to. */
export function renderDestruction({ nodes, kept }: DestructionPlan, name: string, where: string): string {
  const order = nodes.map((node) => `  ${placeOf(node)}`);
  return [`Destroys ${name} in ${where}, in this order:`, ...order, keptHeading(kept.length, 'will stay'), ...kept.map(keptLine), ''].join('\n');
}

/** What was destroyed and what stays. */
export function renderDestroyed({ nodes, kept }: DestroyResult, name: string, terminal: Pick<Terminal, 'colors'>): string {
  if (nodes.length === 0) return `Nothing of ${name} stands here.\n`;
  return `${renderNodes(nodes, 'aws', terminal)}\n${[keptHeading(kept.length, 'stay'), ...kept.map(keptLine)].join('\n')}\n`;
}

function keptHeading(count: number, verb: string): string {
  if (count === 0) return `No resources ${verb}.`;
  return `${count} ${count === 1 ? 'resource' : 'resources'} ${count === 1 ? verb.replace(/^stay$/, 'stays') : verb} by policy:`;
}

function keptLine(resource: KeptResource, _: number, all: readonly KeptResource[]): string {
  const { node, account, resourceType, physicalId, policy } = resource;
  const where = all.every((each) => each.account === account) ? '' : `${account}  `;
  return `  ${node.region}  ${where}${resourcePath(resource)} (${resourceType})  ${physicalId}${policy === 'Snapshot' ? '  as a snapshot' : ''}`;
}
