import { setTimeout as sleep } from 'node:timers/promises';
import { NameAlreadyExistsException, type Stack } from '@aws-sdk/client-cloudformation';
import { applyChange } from './apply-change';
import type { OperationEnd } from './follow';
import { changeOf, staleWires, type NodeChange } from './change';
import type { Journal } from './journal/journal';
import { attach, ownOperations, type Attached } from './journal/recovery';
import { hashesOf } from './journal/version';
import { finishNode, type NodeResult } from './node-result';
import type { RolloutNode } from './nodes';
import { StackSetBusy } from './operation';
import { describeStack, recordOutputs, type RootOutputs } from './outputs';
import { artifactBucket, type DeploymentPackage } from './package';
import { rootParameters, wiredParameters } from './parameters';
import type { Listener } from './progress';
import { definitionChanges, readStackSet, type StackSetDefinition, type StackSetState } from './stack-set';
import { waitUntilFree } from './survey';
import type { Target } from './target';

/** What a node's rollout needs beside the node. */
export interface RolloutContext {
  readonly target: Target;
  readonly listener: Listener;
  /** Packages by StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  /** Outputs of each system's deployments so far, by system. */
  readonly outputs: Readonly<Record<string, RootOutputs>>;
  /** Seconds to wait for somebody else's operation. */
  readonly wait: number;
  readonly journal: Journal;
}

/**
 * Brings one deployment in one region to what was built. Makes no call that changes anything when it is that already.
 * @throws MeridianError (exit 2) for a parameter without a value, (exit 4) when somebody else's operation is in the way
 */
export async function rollNode(context: RolloutContext, node: RolloutNode): Promise<NodeResult> {
  const { target, listener, journal, wait } = context;
  const started = performance.now();
  const outputs = context.outputs[node.system] ?? {};
  const definition = definitionOf(context, node, outputs);
  const attached = await attach(target, journal, 'rollout', node, listener);
  for (;;) {
    await waitUntilFree(target, node, { wait, exitCode: 4, ours: ownOperations(journal, 'rollout') }, listener);
    const state = await readStackSet(target, node.build.homeRegion, node.stackSet);
    const change = await changeIn(target, node, definition, state);
    if (attached && isSettledBy(attached, change)) return finish(attached.end, { action: attached.call.action, reasons: ['resumed'] }, attached.call.operationId);
    if (change.action !== 'none' && runsElsewhere(journal, node) && (await waitUntilFree(target, node, { wait: Infinity, exitCode: 4 }, listener))) continue;
    const place = { stackSet: node.stackSet, home: node.build.homeRegion, region: node.region };
    const request = { ...place, operationId: journal.operationId({ ...place, action: change.action, ...hashesOf(definition) }) };
    try {
      return await finish(await applyChange({ target, listener, node, definition, state, request, journal }, change.action), change, request.operationId);
    } catch (error) {
      if (!(error instanceof StackSetBusy) && !(error instanceof NameAlreadyExistsException)) throw error;
      await sleep(target.pollPace.first);
    }
  }

  async function finish(end: OperationEnd | undefined, change: NodeChange, operationId = ''): Promise<NodeResult> {
    const stack = await instanceStack(target, node);
    if (!end || end.status === 'SUCCEEDED') recordOutputs(outputs, node.deployment, node.region, stack);
    return finishNode({ node, change, started, operationId, end, stackId: stack?.StackId }, listener);
  }
}

/** Whether an operation of ours is left running in another region of the node's StackSet: it may take as long as it takes. */
function runsElsewhere(journal: Journal, { stackSet }: RolloutNode): boolean {
  return journal.running('rollout').some((call) => call.stackSet === stackSet);
}

/**
 * Whether an operation that a killed rollout left running was the last that the node needed. One that failed ends the node as it would
 * have without the kill, unless it was only the first step of making the stack anew.
 */
function isSettledBy({ call, end }: Attached, change: NodeChange): boolean {
  if (end.status === 'SUCCEEDED') return change.action === 'none';
  return end.status === 'STOPPED' || !(call.action === 'update' && change.action === 'recreate');
}

function definitionOf({ target, packages }: RolloutContext, node: RolloutNode, outputs: RootOutputs): StackSetDefinition {
  const { root, rootByUrl } = packages.get(node.stackSet)!;
  const home = node.build.homeRegion;
  return {
    name: node.stackSet,
    description: `Meridian: ${node.deployment} of ${node.build.manifest.title}, ${node.environment}`,
    body: root.bytes.toString('utf8'),
    ...(rootByUrl && { url: `https://s3.${home}.amazonaws.com/${artifactBucket(target.account, home)}/${root.key}` }),
    parameters: rootParameters(node, outputs),
    tags: { System: node.system, Environment: node.environment },
  };
}

async function changeIn(target: Target, node: RolloutNode, definition: StackSetDefinition, state: StackSetState | undefined): Promise<NodeChange> {
  const instance = state?.instances.get(node.region);
  const stack = instance?.StackId ? await describeStack(target, node.region, instance.StackId) : undefined;
  return changeOf({
    definitionChanges: state ? definitionChanges(target, definition, state) : [],
    instance,
    stack,
    staleWires: stack ? await staleWires(target, node.region, stack, wiredParameters(node, definition.parameters)) : [],
  });
}

async function instanceStack(target: Target, node: RolloutNode): Promise<Stack | undefined> {
  const state = await readStackSet(target, node.build.homeRegion, node.stackSet);
  const stackId = state?.instances.get(node.region)?.StackId;
  return stackId ? describeStack(target, node.region, stackId) : undefined;
}
