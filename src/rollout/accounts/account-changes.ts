import type { Stack } from '@aws-sdk/client-cloudformation';
import { changeOf, staleWires, type NodeChange } from '../change';
import { inAccounts } from './in-accounts';
import type { RolloutNode } from '../nodes';
import { foreignChanges } from '../foreign-changes';
import { describeStack } from '../outputs';
import { wiredParameters } from '../parameters';
import { definitionChanges, type StackSetDefinition, type StackSetState } from '../stack-set';
import type { Target } from '../target';

/** What stands in one account, and what is to be done there. */
export interface AccountChange {
  readonly change: NodeChange;
  /** The instance's stack, when there is one. */
  readonly stack?: Stack;
}

/** What a node has to do in each account, in their order. Changes nothing. */
export async function accountChanges(target: Target, node: RolloutNode, definition: StackSetDefinition, state: StackSetState | undefined, accounts: readonly string[]): Promise<Map<string, AccountChange>> {
  const differences = state ? definitionChanges(target, definition, state) : [];
  const wires = wiredParameters(node, definition.parameters);
  const look = async (account: string): Promise<readonly [string, AccountChange]> => {
    const there = target.of(account);
    const instance = state?.instances.get(account, node.region);
    const stack = instance?.StackId ? await describeStack(there, node.region, instance.StackId) : undefined;
    const stale = stack ? await staleWires(there, node.region, stack, wires) : [];
    const facts = { definitionChanges: differences, instance, stack, staleWires: stale };
    const change = changeOf(facts);
    if (change.action !== 'none' || !stack) return [account, { change, ...(stack && { stack }) }];
    return [account, { change: changeOf({ ...facts, foreignChanges: await foreignChanges(there, node.region, stack, definition) }), stack }];
  };
  return new Map(await inAccounts(accounts, look));
}
