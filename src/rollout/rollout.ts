import { dirname } from 'node:path';
import { bootstrap } from './bootstrap';
import { regionsOf } from './build';
import { isSkipped, planNodes, referenceTo, type RolloutNode, type RolloutPart } from './nodes';
import { Journal } from './journal/journal';
import { JournalLock } from './journal/lock';
import { ownOperations, recover, requireDecision } from './journal/recovery';
import { buildHash } from './journal/version';
import { outputsFile, writeOutputs, type RootOutputs } from './outputs';
import type { DeploymentPackage } from './package';
import type { DeployParameters } from './parameters-file';
import { packageAll, rolloutParts } from './parts';
import type { RolloutPlan } from './plan/document';
import { reviewRollout } from './plan/review';
import { preflight } from './preflight';
import type { Listener } from './progress';
import type { NodeResult } from './node-result';
import { rollNodes, type Run } from './roll-nodes';
import { instanceRegions, survey, waitUntilFree, type Patience } from './survey';
import type { Target } from './target';
import { upload } from './upload';

export type { NodeResult } from './node-result';

/** What to roll, and where. */
export interface RolloutOptions {
  readonly target: Target;
  /** The folder of builds. */
  readonly dist: string;
  /** The folder for what rollouts leave behind, apart from `dist`: outputs by account, system, environment and suffix. */
  readonly state: string;
  readonly system: string;
  readonly environment: string;
  readonly parameters: DeployParameters;
  /** Parameters of what all systems of an account share; it is rolled first. @default none (its defaults) */
  readonly sharedParameters?: DeployParameters;
  /** Seconds to wait for somebody else's operation on one of our StackSets. @default 0 (stop and name it) */
  readonly wait?: number;
  /**
   * Goes on after a rollout that was killed although what is built or its parameters have changed since: lets the operation that it left
   * running end first. Refused when there is nothing to go on with.
   * @default false (goes on by itself where the two are equal, else refuses as long as that operation runs)
   */
  readonly resume?: boolean;
  readonly onEvent?: Listener;
  /** Executes exactly this plan, or refuses because the world has moved. @default whatever is needed */
  readonly plan?: RolloutPlan;
  /** Ids of what stores data and may be replaced or removed (see `forbiddenLosses`). @default none */
  readonly allowReplace?: readonly string[];
  /** When aborted, the rollout stops after the node that is under way, with exit code 4. */
  readonly signal?: AbortSignal;
}

/**
 * Where a rollout got: all nodes in their order, those that were skipped or not started too. Exit code 0 done; 3 a node failed; 4 stopped
 * at a gate, by a signal or by somebody, and the same command goes on.
 */
export interface RolloutResult extends Run {
  /** Root outputs of the system. */
  readonly outputs: RootOutputs;
  readonly outputsFile: string;
}

/**
 * Rolls a system: what its account shares, then its deployments in order, each in its regions in order, one StackSet operation at a
 * time. Stops at the first node that fails and leaves everything as it is. After a rollout that was killed it goes on where that was:
 * it follows the operation that still runs, and repeats none.
 * @throws MeridianError for what is wrong before anything was changed: not built or journal damaged (2), refused by preflight (1),
 *         another rollout under way (1), one that was killed and is to be resumed (1), data that would be lost (1), a plan that the
 *         world has left behind (1); or when the bootstrap fails (3)
 */
export async function rollout(options: RolloutOptions): Promise<RolloutResult> {
  const { target, system, environment, state, wait = 0, onEvent: listener = () => undefined } = options;
  const parts = rolloutParts(options);
  const folder = dirname(outputsFile(state, target, parts.at(-1)!));
  const lock = JournalLock.tryTake(folder) ?? (await lockAfterOther());
  try {
    return await rolloutWith(new Journal(folder), parts, options, listener);
  } finally {
    lock.release();
  }

  /** The operation of the other rollout, if there is one now, says more than its process id. */
  async function lockAfterOther(): Promise<JournalLock> {
    await plannedNodes(target, parts, { wait, exitCode: 1 }, listener);
    return JournalLock.take(folder, `Rollout of ${system} ${environment}`, wait);
  }
}

async function rolloutWith(journal: Journal, parts: readonly RolloutPart[], options: RolloutOptions, listener: Listener): Promise<RolloutResult> {
  const { target, system, environment, state, wait = 0, resume = false } = options;
  const packages = packageAll(parts);
  const hash = buildHash(parts, packages);
  await recover(target, journal, listener);
  requireDecision(journal, `${system} ${environment}`, hash, resume);
  const nodes = await plannedNodes(target, parts, { wait, exitCode: 1, ours: ownOperations(journal, 'rollout') }, listener);
  await reviewRollout({ target, parts, nodes, packages }, options);
  journal.start('rollout', hash);
  await bootstrap({ target, regions: regionsOf(parts.map(({ build }) => build)), onEvent: listener });
  await uploadAll(target, nodes, packages, listener);
  listener({ type: 'plan', nodes: nodes.map(referenceTo) });

  const outputs: Record<string, RootOutputs> = Object.fromEntries(parts.map(({ build }) => [build.manifest.system, {}]));
  try {
    const run = await rollNodes({ target, listener, packages, outputs, wait, journal }, parts, nodes, options.signal);
    journal.end(run.exitCode);
    return { ...run, nodes: [...skippedNodes(parts), ...run.nodes], outputs: outputs[system] ?? {}, outputsFile: outputsFile(state, target, parts.at(-1)!) };
  } finally {
    for (const part of parts) writeOutputs(outputsFile(state, target, part), outputs[part.build.manifest.system] ?? {});
  }
}

/** The nodes of a world in which no operation of somebody else's is under way: it is looked at again after each that ended. */
async function plannedNodes(target: Target, parts: readonly RolloutPart[], patience: Patience, listener: Listener): Promise<readonly RolloutNode[]> {
  const states = await survey(target, parts);
  const nodes = planNodes(parts, instanceRegions(states));
  await preflight(target, parts, nodes, states);
  for (const node of firstOfStackSets(nodes)) {
    if (states.has(node.stackSet) && (await waitUntilFree(target, node, patience, listener))) return plannedNodes(target, parts, patience, listener);
  }
  return nodes;
}

function firstOfStackSets(nodes: readonly RolloutNode[]): RolloutNode[] {
  return [...new Map([...nodes].reverse().map((node) => [node.stackSet, node])).values()];
}

async function uploadAll(target: Target, nodes: readonly RolloutNode[], packages: ReadonlyMap<string, DeploymentPackage>, listener: Listener): Promise<void> {
  const byRegion = new Map<string, DeploymentPackage['artifacts'][number][]>();
  const add = (region: string, artifacts: DeploymentPackage['artifacts']) => byRegion.set(region, [...(byRegion.get(region) ?? []), ...artifacts]);
  for (const { stackSet, region, build } of nodes) {
    const { artifacts, root, rootByUrl } = packages.get(stackSet)!;
    add(region, artifacts);
    if (rootByUrl) add(build.homeRegion, [root]);
  }
  const summaries = await Promise.all([...byRegion].map(([region, artifacts]) => upload(target, region, artifacts)));
  for (const summary of summaries) listener({ type: 'package', ...summary });
}

function skippedNodes(parts: readonly RolloutPart[]): NodeResult[] {
  return parts.flatMap(({ build, parameters }) =>
    build.manifest.deployments
      .filter((deployment) => isSkipped(deployment, parameters))
      .flatMap(({ name, regions, unless }) =>
        regions.create.map((region): NodeResult => ({
          node: { system: build.manifest.system, environment: build.manifest.environment, deployment: name, region },
          action: 'none',
          outcome: 'skipped',
          because: [`${unless} is given`],
          seconds: 0,
          resources: 0,
        })),
      ),
  );
}
