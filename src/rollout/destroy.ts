import { randomUUID } from 'node:crypto';
import { MeridianError, type ExitCode } from '../errors';
import { Build, sharedSystem } from './build';
import { follow } from './follow';
import { resourceTotal } from './node-progress';
import { planDestruction, referenceTo, stackSetOf, suffixOf, type RolloutNode, type RolloutPart } from './nodes';
import { deleteInstance, type OperationRequest } from './operation';
import { outputsFile, removeOutputs } from './outputs';
import type { DeployParameters } from './parameters-file';
import { inoperableAdvice } from './preflight';
import type { Listener, NodeReference } from './progress';
import { retentionOf, type KeptResource, type ProtectedResource } from './retention';
import { failureOf, finishNode, type NodeResult } from './node-result';
import { deleteStackSet } from './stack-set';
import { instanceRegions, survey, waitUntilFree, type Survey } from './survey';
import type { Target } from './target';

/** What to destroy, and where. */
export interface DestroyOptions {
  readonly target: Target;
  readonly dist: string;
  /** The folder for what rollouts leave behind. */
  readonly state: string;
  readonly system: string;
  readonly environment: string;
  readonly parameters: Pick<DeployParameters, 'file' | 'suffix'>;
  /**
   * Goes on although templates protect data against deletion, because somebody has taken that protection off in AWS.
   * @default false (refuse and list what is protected)
   */
  readonly unprotected?: boolean;
  /** Seconds to wait for somebody else's operation. @default 0 (stop and name it) */
  readonly wait?: number;
  readonly onEvent?: Listener;
  readonly signal?: AbortSignal;
}

/** What a destruction would do: for a person to confirm. */
export interface DestructionPlan {
  /** In the order in which they go. */
  readonly nodes: readonly NodeReference[];
  readonly kept: readonly KeptResource[];
  readonly protected: readonly ProtectedResource[];
}

/** Where a destruction got. */
export interface DestroyResult {
  /** 0 everything is gone but what is kept; 3 a deletion failed; 4 stopped, and the same command goes on. */
  readonly exitCode: ExitCode;
  readonly nodes: readonly NodeResult[];
  /** What a policy kept of the nodes that are gone. */
  readonly kept: readonly KeptResource[];
  /** Why it stopped, as a sentence for a person. */
  readonly message?: string;
}

interface Destruction {
  readonly part: RolloutPart;
  readonly states: Survey;
  readonly nodes: readonly RolloutNode[];
  readonly kept: readonly KeptResource[];
  readonly protected: readonly ProtectedResource[];
}

/** Says what `destroy` would do, and changes nothing. */
export async function planDestroy(options: DestroyOptions): Promise<DestructionPlan> {
  const { nodes, kept, protected: guarded } = await prepare(options);
  return { nodes: nodes.map(referenceTo), kept, protected: guarded };
}

/**
 * Destroys a system's environment in the reverse of its first creation, and lists what a policy keeps. What all systems of an account
 * share stays.
 * @throws MeridianError (exit 1) when data is protected, when the shared deployments are asked for, or when somebody else's operation is
 *         under way; nothing was changed then
 */
export async function destroy(options: DestroyOptions): Promise<DestroyResult> {
  const { target, wait = 0, onEvent: listener = () => undefined, signal } = options;
  const destruction = await prepare(options);
  refuseProtected(destruction, options);
  for (const node of destruction.nodes) await waitUntilFree(target, node, { wait, exitCode: 1 }, listener);
  listener({ type: 'plan', nodes: destruction.nodes.map(referenceTo) });
  const results: NodeResult[] = [];
  for (const node of destruction.nodes) {
    if (signal?.aborted) return halted(destruction, results, `Stopped before ${describe(node)}. Run the same command again to go on.`);
    const result = await destroyNode(target, node, destruction.states, listener);
    results.push(result);
    if (result.outcome !== 'done') return stopped(target, destruction, node, result, results);
  }
  await deleteStackSets(target, destruction);
  removeOutputs(outputsFile(options.state, target, destruction.part));
  return { exitCode: 0, nodes: results, kept: destruction.kept };
}

async function prepare({ target, dist, system, environment, parameters }: DestroyOptions): Promise<Destruction> {
  if (system === sharedSystem.system) {
    throw new MeridianError(
      `Deployments of "${system}" not destroyed: all systems of account ${target.account} share them. Destroy a system instead; to leave an account, delete these StackSets in the console.`,
      1,
    );
  }
  // Without values no deployment counts as left out: what stands is destroyed, whatever the parameters file says today.
  const part = { build: Build.open(dist, system, environment), parameters: { ...parameters, values: {} } };
  const states = await survey(target, [part]);
  const nodes = planDestruction(part, instanceRegions(states));
  const found = await Promise.all(
    nodes.map((node) => {
      const stackId = states.get(node.stackSet)?.instances.get(node.region)?.StackId;
      return stackId ? retentionOf(target, node, stackId) : { kept: [], protected: [] };
    }),
  );
  return { part, states, nodes, kept: found.flatMap(({ kept }) => kept), protected: found.flatMap((retention) => retention.protected) };
}

function refuseProtected({ part, protected: guarded }: Destruction, { unprotected = false }: DestroyOptions): void {
  if (unprotected || guarded.length === 0) return;
  const list = guarded.map(({ node, path, logicalId, resourceType, whatToDo }) => `  ${describe(node)}: ${[...path, logicalId].join(' ▸ ')} (${resourceType}): ${whatToDo}`);
  const count = guarded.length === 1 ? 'a resource' : `${guarded.length} resources`;
  throw new MeridianError(
    `Destruction of ${part.build.name} (${suffixOf(part)}) refused: its templates protect ${count} against deletion.\n${list.join('\n')}\n` +
      'Nothing was changed. Take the protection off, then destroy with --unprotected.',
    1,
  );
}

async function destroyNode(target: Target, node: RolloutNode, states: Survey, listener: Listener): Promise<NodeResult> {
  const started = performance.now();
  const stackId = states.get(node.stackSet)?.instances.get(node.region)?.StackId;
  const request: OperationRequest = { stackSet: node.stackSet, home: node.build.homeRegion, region: node.region, operationId: randomUUID() };
  await deleteInstance(target, request);
  listener({ type: 'node-start', node: referenceTo(node), action: 'delete', total: resourceTotal(node), operationId: request.operationId });
  const end = await follow(target, node, request, listener, stackId);
  return finishNode({ node, change: { action: 'delete', reasons: [] }, started, operationId: request.operationId, end, stackId }, listener);
}

function stopped(target: Target, destruction: Destruction, node: RolloutNode, result: NodeResult, results: readonly NodeResult[]): DestroyResult {
  if (result.outcome === 'stopped') return halted(destruction, results, `Deletion of ${describe(node)} stopped by somebody. Run the same command again to go on.`);
  return { exitCode: 3, nodes: results, kept: keptSoFar(destruction, results), message: `Instance of ${describe(node)} inoperable: ${inoperableAdvice(target, node, result.stackId, failureOf(result))}` };
}

function halted(destruction: Destruction, nodes: readonly NodeResult[], message: string): DestroyResult {
  return { exitCode: 4, nodes, kept: keptSoFar(destruction, nodes), message };
}

function keptSoFar({ kept }: Destruction, results: readonly NodeResult[]): KeptResource[] {
  const gone = new Set(results.filter(({ outcome }) => outcome === 'done').map(({ node }) => describe(node)));
  return kept.filter(({ node }) => gone.has(describe(node)));
}

async function deleteStackSets(target: Target, { part, states }: Destruction): Promise<void> {
  for (const deployment of [...part.build.manifest.deployments].reverse()) {
    const name = stackSetOf(part, deployment);
    if (states.has(name)) await deleteStackSet(target, part.build.homeRegion, name);
  }
}

function describe({ system, deployment, region }: NodeReference): string {
  return `${system} ${deployment} in ${region}`;
}
