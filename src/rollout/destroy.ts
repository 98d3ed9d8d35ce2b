import { MeridianError, type ExitCode } from '../errors';
import { failedAccounts } from './accounts/account-result';
import { Build, sharedSystem } from './build';
import { deleteNode, deleteStackSets } from './delete-node';
import { Journal } from './journal/journal';
import { JournalLock } from './journal/lock';
import { ownOperations, recover } from './journal/recovery';
import { planDestruction, referenceTo, suffixOf, type RolloutNode, type RolloutPart } from './nodes';
import { outputsFile, removeOutputs, stateFolder } from './outputs';
import type { DeployParameters } from './parameters-file';
import { destructionProblems } from './preflight/failover-problems';
import { inoperableAdvice } from './preflight/preflight';
import type { Listener, NodeReference } from './progress';
import { retentionOf, type KeptResource, type ProtectedResource } from './retention';
import { failureOf, type NodeResult } from './node-result';
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
  /** Accounts that the file lists don't count: what stands goes, wherever it is. */
  readonly parameters: Pick<DeployParameters, 'file' | 'suffix' | 'concurrency'>;
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
 * @throws MeridianError (exit 1) when data is protected, when a global database has failed over, when the shared deployments are asked for, or when
 *         somebody else's operation is under way; nothing was changed then
 */
export async function destroy(options: DestroyOptions): Promise<DestroyResult> {
  const { target, state, system, environment, wait = 0 } = options;
  const folder = stateFolder(state, target, partOf(options));
  const lock = await JournalLock.take(folder, `Destruction of ${system} ${environment}`, wait);
  try {
    const journal = new Journal(folder);
    const result = await destroyWith(journal, options);
    journal.end(result.exitCode);
    return result;
  } finally {
    lock.release();
  }
}

async function destroyWith(journal: Journal, options: DestroyOptions): Promise<DestroyResult> {
  const { target, state, wait = 0, onEvent: listener = () => undefined, signal } = options;
  const destruction = await prepare(options);
  refuseProtected(destruction, options);
  await refuseFailedOver(target, destruction);
  await recover(target, journal, listener);
  for (const node of destruction.nodes) await waitUntilFree(target, node, { wait, exitCode: 1, ours: ownOperations(journal, 'destroy') }, listener);
  journal.start('destroy', '');
  listener({ type: 'plan', nodes: destruction.nodes.map(referenceTo) });
  const results: NodeResult[] = [];
  for (const node of destruction.nodes) {
    if (signal?.aborted) return halted(destruction, results, `Stopped before ${describe(node)}. Run the same command again to go on.`);
    const result = await deleteNode({ target, journal, states: destruction.states, listener }, node);
    results.push(result);
    if (result.outcome !== 'done') return stopped(target, destruction, node, result, results);
  }
  await deleteStackSets({ target, journal, states: destruction.states }, destruction.part);
  removeOutputs(outputsFile(state, target, destruction.part));
  return { exitCode: 0, nodes: results, kept: destruction.kept };
}

/** Without values no deployment counts as left out: what stands is destroyed, whatever the parameters file says today. */
function partOf({ dist, system, environment, parameters }: DestroyOptions): RolloutPart {
  return { build: Build.open(dist, system, environment), parameters: { ...parameters, values: {} } };
}

async function prepare(options: DestroyOptions): Promise<Destruction> {
  const { target, system } = options;
  if (system === sharedSystem.system) {
    throw new MeridianError(
      `Deployments of "${system}" not destroyed: all systems of account ${target.account} share them. Destroy a system instead; to leave an account, delete these StackSets in the console.`,
      1,
    );
  }
  const part = partOf(options);
  const states = await survey(target, [part]);
  const nodes = planDestruction(part, instanceRegions(states));
  const found = await Promise.all(
    nodes.flatMap((node) =>
      (states.get(node.stackSet)?.instances.in(node.region) ?? []).map(({ Account = '', StackId }) => (StackId ? retentionOf(target.of(Account), node, StackId) : { kept: [], protected: [] })),
    ),
  );
  return { part, states, nodes, kept: found.flatMap(({ kept }) => kept), protected: found.flatMap((retention) => retention.protected) };
}

function refuseProtected({ part, protected: guarded }: Destruction, { unprotected = false }: DestroyOptions): void {
  if (unprotected || guarded.length === 0) return;
  const several = new Set(guarded.map(({ account }) => account)).size > 1;
  const list = guarded.map(({ node, account, path, logicalId, resourceType, whatToDo }) => `  ${describe(node)}${several ? `, account ${account}` : ''}: ${[...path, logicalId].join(' ▸ ')} (${resourceType}): ${whatToDo}`);
  const count = guarded.length === 1 ? 'a resource' : `${guarded.length} resources`;
  throw new MeridianError(
    `Destruction of ${part.build.name} (${suffixOf(part)}) refused: its templates protect ${count} against deletion.\n${list.join('\n')}\n` +
      'Nothing was changed. Take the protection off, then destroy with --unprotected.',
    1,
  );
}

async function refuseFailedOver(target: Target, { part, nodes, states }: Destruction): Promise<void> {
  const problems = await destructionProblems(target, nodes, states);
  if (problems.length === 0) return;
  throw new MeridianError(`Destruction of ${part.build.name} (${suffixOf(part)}) refused.\n${problems.map((problem) => `  ${problem}\n`).join('')}Nothing was changed.`, 1);
}

function stopped(target: Target, destruction: Destruction, node: RolloutNode, result: NodeResult, results: readonly NodeResult[]): DestroyResult {
  if (result.outcome === 'stopped') return halted(destruction, results, `Deletion of ${describe(node)} stopped by somebody. Run the same command again to go on.`);
  const { account = target.account, stackId = result.stackId } = failedAccounts(result.accounts)[0] ?? {};
  return { exitCode: 3, nodes: results, kept: keptSoFar(destruction, results), message: `Instance of ${describe(node)} inoperable: ${inoperableAdvice(target, node, { account, stackId, reason: failureOf(result) })}` };
}

function halted(destruction: Destruction, nodes: readonly NodeResult[], message: string): DestroyResult {
  return { exitCode: 4, nodes, kept: keptSoFar(destruction, nodes), message };
}

function keptSoFar({ kept }: Destruction, results: readonly NodeResult[]): KeptResource[] {
  const gone = new Set(results.filter(({ outcome }) => outcome === 'done').map(({ node }) => describe(node)));
  return kept.filter(({ node }) => gone.has(describe(node)));
}

function describe({ system, deployment, region }: NodeReference): string {
  return `${system} ${deployment} in ${region}`;
}
