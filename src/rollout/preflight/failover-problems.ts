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
  const writers = await Promise.all(
    nodes.flatMap((node) => {
      const watched = watchedStacks(node.build, node.definition);
      if (watched.length === 0) return [];
      // Loaded late: RDS is asked only for systems that have such a database and stand.
      const { movedWriters } = require('./moved-writer') as typeof import('./moved-writer');
      return (states.get(node.stackSet)?.instances.in(node.region) ?? []).map(async ({ Account, StackId }) =>
        StackId === undefined ? [] : (await movedWriters(target.of(Account ?? target.account), node, StackId, watched)).map((writer) => problem(node, writer)),
      );
    }),
  );
  return [...new Set(writers.flat())];
}

function problem({ build: { name, manifest } }: RolloutNode, { database, region }: MovedWriter): string {
  return (
    `Database ${database} of ${name} has failed over: its writer is in ${region}, and the definition has it in ${manifest.regions.primary}. A rollout would work against ` +
    'that. Fail back first (docs/runbooks/failback.md), or swap primary and secondary in the regions of the system.'
  );
}
