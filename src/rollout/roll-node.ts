import { setTimeout as sleep } from 'node:timers/promises';
import { NameAlreadyExistsException } from '@aws-sdk/client-cloudformation';
import { MeridianError } from '../errors';
import { accountChanges, type AccountChange } from './accounts/account-changes';
import { failedAccounts } from './accounts/account-result';
import { accountsOfNode } from './accounts/accounts';
import { applyChange } from './apply-change';
import type { NodeChange } from './change';
import { explainNode } from './diagnose/explain-node';
import { joined, type OperationEnd } from './follow';
import { inAccounts } from './accounts/in-accounts';
import type { Journal } from './journal/journal';
import { attach, ownOperations, type Attached } from './journal/recovery';
import { changeOfAll, finishNode, type NodeResult } from './node-result';
import type { RolloutNode } from './nodes';
import { StackSetBusy } from './operation';
import type { Others } from './others';
import { describeStack, type AccountOutputs } from './outputs';
import { artifactBucket, type DeploymentPackage } from './package';
import { rootParameters } from './parameters';
import type { Listener } from './progress';
import { readStackSet, type StackSetDefinition } from './stack-set';
import { waitUntilFree } from './survey';
import type { Target } from './target';

/** What a node's rollout needs beside the node. */
export interface RolloutContext {
  readonly target: Target;
  readonly listener: Listener;
  /** Packages by StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  /** Outputs of each system's deployments so far, by system. */
  readonly outputs: Readonly<Record<string, AccountOutputs>>;
  /** Accounts in which a node has failed, as many as may, with the reason: later nodes leave them out. */
  readonly leftOut: Map<string, string>;
  /** Seconds to wait for somebody else's operation. */
  readonly wait: number;
  readonly journal: Journal;
  /** Notices rollouts of somebody else. @default not looked for (nothing is rolled over what was just found) */
  readonly others?: Others;
}

/**
 * Brings one deployment in one region, in all its accounts, to what was built. Makes no call that changes anything when it is that
 * already, and none that touches an account that is.
 * @throws MeridianError (exit 2) for a parameter without a value, (exit 3) when no account is left, (exit 4) when somebody else's
 *         operation is in the way
 */
export async function rollNode(context: RolloutContext, node: RolloutNode): Promise<NodeResult> {
  const { target, listener, journal, wait } = context;
  const started = performance.now();
  const outputs = context.outputs[node.system];
  const definition = definitionOf(context, node);
  const leftOut = new Map([...context.leftOut].filter(([account]) => accountsOfNode(target, node).includes(account)));
  const accounts = accountsOfNode(target, node).filter((account) => !leftOut.has(account));
  if (accounts.length === 0) throw new MeridianError(`Node ${node.id} not begun: an earlier one failed in each of its accounts. Correct the causes and run the same command again.`, 3);
  const attached = await attach(target, journal, journal.command, node, listener);
  const settled = new Set(attached?.end.accounts.filter(({ status }) => status === 'FAILED').map(({ account }) => account));
  for (;;) {
    await waitUntilFree(target, node, { wait, exitCode: 4, ours: ownOperations(journal, journal.command) }, listener);
    const state = await readStackSet(target, node.build.homeRegion, node.stackSet);
    const found = await accountChanges(target, node, definition, state, accounts.filter((account) => attached?.end.status !== 'SUCCEEDED' || !settled.has(account)));
    const changes = new Map([...found].map(([account, { change }]) => [account, change]));
    const { action } = changeOfAll(changes);
    if (attached && isSettledBy(attached, action)) return finish(attached.end, resumed(attached, changes), attached.call.operationId, found);
    if (action !== 'none') await context.others?.refuse(node, state);
    if (action !== 'none' && runsElsewhere(journal, node) && (await waitUntilFree(target, node, { wait: Infinity, exitCode: 4 }, listener))) continue;
    try {
      const actions = new Map([...changes].map(([account, change]) => [account, change.action]));
      const applied = await applyChange({ target, listener, node, definition, state, journal, actions });
      const end = applied && joined(attached?.end, applied.end);
      return await finish(end, attached ? new Map([...resumed(attached, new Map()), ...changes]) : changes, applied?.operationId, found);
    } catch (error) {
      if (!(error instanceof StackSetBusy) && !(error instanceof NameAlreadyExistsException)) throw error;
      await sleep(target.pollPace.first);
    }
  }

  async function finish(end: OperationEnd | undefined, changes: ReadonlyMap<string, NodeChange>, operationId = '', found: ReadonlyMap<string, AccountChange>): Promise<NodeResult> {
    const stackIds = await recordStacks(end, [...changes.keys()], found);
    const result = await explainNode(target, finishNode({ node, changes, started, operationId, end, stackIds, leftOut }, listener), end);
    for (const { account } of failedAccounts(result.accounts)) context.leftOut.set(account, `${node.system} ${node.deployment} failed there in ${node.region}`);
    return result;
  }

  /** Remembers the outputs of the stacks that are as they should be. Returns the stack of each account. */
  async function recordStacks(end: OperationEnd | undefined, of: readonly string[], found: ReadonlyMap<string, AccountChange>): Promise<Map<string, string>> {
    const ended = new Map(end?.accounts.map(({ account, status }) => [account, status]));
    const state = end && (await readStackSet(target, node.build.homeRegion, node.stackSet));
    const stackIds = new Map<string, string>();
    await inAccounts(of, async (account) => {
      const stackId = state?.instances.get(account, node.region)?.StackId;
      const stack = !ended.has(account) ? found.get(account)?.stack : stackId ? await describeStack(target.of(account), node.region, stackId) : undefined;
      if (stack?.StackId) stackIds.set(account, stack.StackId);
      if ((ended.get(account) ?? 'SUCCEEDED') === 'SUCCEEDED') outputs?.record(account, node.deployment, node.region, stack);
    });
    return stackIds;
  }
}

/** Whether an operation of ours is left running in another region of the node's StackSet: it may take as long as it takes. */
function runsElsewhere(journal: Journal, { stackSet }: RolloutNode): boolean {
  return journal.running(journal.command).some((call) => call.stackSet === stackSet);
}

/**
 * Whether an operation that a killed rollout left running was the last that the node needed. One that failed ends the node as it would
 * have without the kill, unless it was only the first step of making the stack anew.
 * @param action what is still to be done, in accounts that did not fail
 */
function isSettledBy({ call, end }: Attached, action: NodeChange['action']): boolean {
  if (end.status === 'SUCCEEDED') return action === 'none';
  return end.status === 'STOPPED' || !(call.action === 'update' && action === 'recreate');
}

/** The changes that an operation of a killed rollout made, beside those of accounts that it did not touch. */
function resumed({ call, end }: Attached, changes: ReadonlyMap<string, NodeChange>): Map<string, NodeChange> {
  return new Map([...changes, ...end.accounts.map(({ account }): [string, NodeChange] => [account, { action: call.action, reasons: ['resumed'] }])]);
}

function definitionOf({ target, packages, outputs }: RolloutContext, node: RolloutNode): StackSetDefinition {
  const { root, rootByUrl } = packages.get(node.stackSet)!;
  const home = node.build.homeRegion;
  return {
    name: node.stackSet,
    description: `Meridian: ${node.deployment} of ${node.build.manifest.title}, ${node.environment}`,
    body: root.bytes.toString('utf8'),
    ...(rootByUrl && { url: `https://s3.${home}.amazonaws.com/${artifactBucket(target.account, home)}/${root.key}` }),
    parameters: rootParameters(node, outputs[node.system]?.main ?? {}),
    ...(node.keeps && { keeps: node.keeps }),
    tags: { System: node.system, Environment: node.environment },
  };
}
