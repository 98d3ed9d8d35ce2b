import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../toolchain';
import type { RolloutNode } from '../nodes';
import type { Survey } from '../survey';
import type { Target } from '../target';
import type { MovedWriter } from './moved-writer';
import { watchedStacks } from './watched-stacks';

/**
 * Databases that have failed over, one sentence each: a rollout would work against that, so it waits for a person's decision. A rollout
 * never moves a writer back by itself.
 */
export async function failoverProblems(target: Target, nodes: readonly RolloutNode[], states: Survey): Promise<string[]> {
  const sentences = (await failedOver(target, nodes, states)).map(
    ([node, writer]) => `${whatHappened(node, writer)} A rollout would work against that. ${failBack(node)}, or swap primary and secondary in the regions of the system.`,
  );
  return [...new Set(sentences)];
}

/**
 * Global databases that have failed over, one sentence each: the region of their writer would go first, and RDS refuses that when the stack's
 * instances are gone already.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-deleting.html
 */
export async function destructionProblems(target: Target, nodes: readonly RolloutNode[], states: Survey): Promise<string[]> {
  const sentences = (await failedOver(target, nodes, states))
    .filter(([, { isGlobal }]) => isGlobal)
    .map(([node, writer]) => `${whatHappened(node, writer)} That region goes first, and RDS keeps a writer while other members are there. ${failBack(node)}, or remove the other members from ${writer.database}.`);
  return [...new Set(sentences)];
}

async function failedOver(target: Target, nodes: readonly RolloutNode[], states: Survey): Promise<(readonly [RolloutNode, MovedWriter])[]> {
  const found = await Promise.all(
    nodes.flatMap((node) => {
      const watched = watchedStacks(node.build, node.definition);
      if (watched.length === 0) return [];
      // Loaded late: RDS is asked only for systems that have such a database and stand.
      const { movedWriters } = require('./moved-writer') as typeof import('./moved-writer');
      return (states.get(node.stackSet)?.instances.in(node.region) ?? []).map(async ({ Account, StackId }) =>
        StackId === undefined ? [] : (await movedWriters(target.of(Account ?? target.account), node, StackId, watched)).map((writer) => [node, writer] as const),
      );
    }),
  );
  return found.flat();
}

function whatHappened({ build: { name, manifest } }: RolloutNode, { database, region }: MovedWriter): string {
  return `Database ${database} of ${name} has failed over: its writer is in ${region}, and the definition has it in ${manifest.regions.primary}.`;
}

const failBack = ({ build: { manifest } }: RolloutNode): string => `Fail back first (${failbackPage(manifest.system)})`;

/** The page that says how to fail back: the system's runbook where it has one, else what a rollout says of it. */
export function failbackPage(system: string): string {
  const runbook = `docs/runbooks/${system}/failback.md`;
  return existsSync(join(checkout, runbook)) ? runbook : 'docs/rollout.md';
}
