import { accountsOfNode } from '../accounts/accounts';
import { inAccounts } from '../accounts/in-accounts';
import type { RolloutNode } from '../nodes';
import { describeStack } from '../outputs';
import type { Survey } from '../survey';
import type { Target } from '../target';
import { plainStackName } from './standing-stack';

/**
 * Stacks that break-glass made where a rollout is about to add an instance, one sentence each: the instance would make the same again.
 * @param closed accounts that can't be looked into
 */
export async function leftBehindProblems(target: Target, nodes: readonly RolloutNode[], states: Survey, closed: ReadonlyMap<string, string>): Promise<string[]> {
  const missing = nodes.flatMap((node) =>
    accountsOfNode(target, node)
      .filter((account) => !closed.has(account) && !states.get(node.stackSet)?.instances.get(account, node.region))
      .map((account) => ({ account, node })),
  );
  const problems = await inAccounts(missing, async ({ account, node: { region, deployment, stackSet } }) => {
    const stack = await describeStack(target.of(account), region, plainStackName(stackSet));
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return [];
    return [`Stack ${stack.StackName} in ${region} was made by break-glass and holds what ${deployment} would make there again. Import it into StackSet ${stackSet}, or delete it: see docs/runbooks/break-glass.md.`];
  });
  return problems.flat();
}
