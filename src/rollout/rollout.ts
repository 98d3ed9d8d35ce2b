import { everyAccountOf } from './accounts/accounts';
import { bootstrap } from './bootstrap';
import { regionsOf } from './build';
import { referenceTo, type RolloutPart } from './nodes';
import { Journal } from './journal/journal';
import { JournalLock } from './journal/lock';
import { ownOperations, recover, requireDecision } from './journal/recovery';
import { buildHash } from './journal/version';
import { Others } from './others';
import { AccountOutputs, outputsFile, stateFolder, type RootOutputs } from './outputs';
import type { DeployParameters } from './parameters-file';
import { lookForDrift } from './drift/before-rollout';
import { packageAll, rolloutParts } from './parts';
import type { RolloutPlan } from './plan/document';
import { reviewRollout } from './plan/review';
import { plannedNodes, skippedNodes } from './planned-nodes';
import type { Listener } from './progress';
import { rollNodes, type Run } from './roll-nodes';
import { refuseAlarms } from './bake/before';
import type { BakeOptions } from './bake/bake-node';
import { goOnBack, isUnfinished, refuseUnfinished, rollBackAfter } from './rollback/after-failure';
import type { Target } from './target';
import { uploadAll } from './upload';

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
  /** How long the system's alarms are watched after each region of a deployment, before the next begins. @default not at all */
  readonly bake?: BakeOptions;
  /**
   * What becomes of what was changed when a node fails or an alarm goes off: it stays as it is for somebody to look at, or goes back to
   * the version before.
   * @default 'hold' (what failed is still there to be understood, and going on is quicker than twice back and forth)
   */
  readonly onFailure?: 'hold' | 'rollback';
  /** Whether what was changed outside CloudFormation is looked for first, and then told or a reason to refuse. @default not at all (it reads every resource, which takes minutes) */
  readonly drift?: 'warn' | 'block';
  /** When aborted, the rollout stops after the nodes that are under way, with exit code 4. */
  readonly signal?: AbortSignal;
}

/**
 * Where a rollout got: all nodes in their order, those that were skipped or not started too. Exit code 0 done; 3 a node failed; 4 stopped
 * at a gate, by a signal or by somebody, and the same command goes on.
 */
export interface RolloutResult extends Run {
  /** Root outputs of the system, in the account that stands for all (see `mainAccount`); those of the others are in files beside it. */
  readonly outputs: RootOutputs;
  readonly outputsFile: string;
}

/**
 * Rolls a system and what its account shares: each deployment once those are done that it waits for, its regions one after another.
 * Starts nothing more once a node fails or an alarm goes off. After a rollout that was killed it goes on where that was: it follows the
 * operations that still run, and repeats none.
 * @throws MeridianError for what is wrong before anything was changed: not built or journal damaged (2), refused by preflight (1),
 *         another rollout under way (1), one that was killed and is to be resumed (1), an alarm that is in ALARM already (1), data that would be lost (1), a plan that the
 *         world has left behind (1); or when the bootstrap fails (3)
 */
export async function rollout(options: RolloutOptions): Promise<RolloutResult> {
  const { target, system, environment, state, wait = 0, onEvent: listener = () => undefined } = options;
  const parts = rolloutParts(options);
  const folder = stateFolder(state, target, parts.at(-1)!);
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
  const { target, system, environment, state, wait = 0, resume = false, bake, onFailure = 'hold', drift, signal, allowReplace } = options;
  const name = `${system} ${environment}`;
  const packages = packageAll(parts);
  const hash = buildHash(parts, packages);
  await recover(target, journal, listener);
  const place = { target, journal, listener, wait, ...(signal && { signal }) };
  const outputs = Object.fromEntries(parts.map((part) => [part.build.manifest.system, new AccountOutputs(target, part)]));
  const resultOf = (run: Run): RolloutResult => ({ ...run, outputs: outputs[system]!.main, outputsFile: outputsFile(state, target, parts.at(-1)!) });
  if (resume && isUnfinished(journal.last)) {
    const run = await goOnBack(place, parts, outputs);
    for (const each of Object.values(outputs)) each.write(state);
    return resultOf(run);
  }
  refuseUnfinished(journal, name);
  requireDecision(journal, name, hash, resume);
  const nodes = await plannedNodes(target, parts, { wait, exitCode: 1, ours: ownOperations(journal, 'rollout') }, listener);
  const others = await Others.from(target, journal, nodes);
  await reviewRollout({ target, parts, nodes, packages }, options);
  if (bake && bake.seconds > 0) await refuseAlarms(target, parts.at(-1)!, bake.ignored, listener);
  if (drift) await lookForDrift(target, parts, drift, listener);
  journal.start('rollout', hash);
  const accounts = [...new Set(parts.flatMap((part) => everyAccountOf(target, part)))];
  await bootstrap({ target, accounts, regions: regionsOf(parts.map(({ build }) => build)), onEvent: listener });
  await uploadAll(target, nodes, packages, listener);
  listener({ type: 'plan', nodes: nodes.map(referenceTo) });
  try {
    const run = await rollNodes({ target, listener, packages, outputs, wait, journal, others, leftOut: new Map() }, parts, nodes, { signal, bake });
    const failed = run.alarms !== undefined || run.nodes.some(({ outcome }) => outcome === 'failed');
    const goesBack = failed && onFailure === 'rollback';
    const end = goesBack ? await rollBackAfter(run, place, { parts, nodes, outputs, allowReplace }) : run;
    if (!goesBack) journal.end(run.exitCode);
    return resultOf({ ...end, nodes: [...skippedNodes(parts), ...end.nodes] });
  } finally {
    for (const each of Object.values(outputs)) each.write(state);
  }
}
