import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MeridianError } from '../../errors';
import { Journal } from '../journal/journal';
import { JournalLock } from '../journal/lock';
import type { RollbackGoal } from '../journal/record';
import { ownOperations, recover } from '../journal/recovery';
import { referenceTo, stackSetOf, type RolloutPart } from '../nodes';
import { outputsFile, stateFolder, type RootOutputs } from '../outputs';
import { rolloutParts, type PartsOptions } from '../parts';
import { refuseLosses } from '../plan/consent';
import type { RolloutPlan } from '../plan/document';
import { planRollout } from '../plan/plan-rollout';
import { firstOfStackSets } from '../planned-nodes';
import type { Listener, NodeReference } from '../progress';
import { sentences } from '../stop';
import { waitUntilFree } from '../survey';
import type { Target } from '../target';
import { goalBefore } from './goal';
import { concernedParts, prepareReturn } from './prepare';
import { rollBack, type RollbackRun } from './roll-back';

/** What to bring back, and where. */
export interface RollbackOptions extends PartsOptions {
  readonly target: Target;
  /** The folder for what rollouts leave behind. */
  readonly state: string;
  /** How many rollouts that changed something to go back. @default 1 (before the last), or on with a rollback that did not reach its end */
  readonly to?: number;
  /** Ids of what stores data and may be replaced or removed. @default none */
  readonly allowReplace?: readonly string[];
  /** Seconds to wait for somebody else's operation. @default 0 (stop and name it) */
  readonly wait?: number;
  readonly onEvent?: Listener;
  /** Shows what is about to be done, before it is; what it throws ends the rollback. @default goes on */
  readonly confirm?: (preview: RollbackPreview) => Promise<void>;
  /** When aborted, nothing more is started. */
  readonly signal?: AbortSignal;
}

/** What a rollback would do. */
export interface RollbackPreview {
  /** From what stands to the earlier version. */
  readonly plan: RolloutPlan;
  /** What did not stand then, and stays. */
  readonly left: readonly NodeReference[];
}

/** Where a rollback got, with the outputs of what stands. */
export interface RollbackResult extends RollbackRun {
  readonly outputs: RootOutputs;
  readonly outputsFile: string;
}

/**
 * Brings a system back to the version before its last rollout that changed anything, or on with a rollback that did not reach its end.
 * What all systems of the account share is left alone, for others may have come to rely on it; a rollback of a failed rollout that is gone
 * on with concerns that too.
 * @throws MeridianError (exit 1) when there is no journal or nothing to go back to, when artifacts of the earlier version are gone, data
 *         would be lost, or somebody else's operation is under way; (exit 2) for a damaged journal; nothing was changed then
 */
export async function rollback(options: RollbackOptions): Promise<RollbackResult> {
  const { target, system, environment, state, wait = 0 } = options;
  const parts = rolloutParts(options);
  const folder = stateFolder(state, target, parts.at(-1)!);
  const what = `Rollback of ${system} ${environment}`;
  if (!existsSync(join(folder, 'journal.jsonl'))) {
    throw new MeridianError(
      `${what} refused: there is no journal in ${folder}, which tells what stood before. Run it on the machine, or with the folder, that the rollout left its journal in; ` +
        'or check out the commit that was rolled before and run "meridian rollout".',
      1,
    );
  }
  const lock = await JournalLock.take(folder, what, wait);
  try {
    return await rollbackWith(new Journal(folder), parts, what, options);
  } finally {
    lock.release();
  }
}

async function rollbackWith(journal: Journal, all: readonly RolloutPart[], what: string, options: RollbackOptions): Promise<RollbackResult> {
  const { target, system, state, wait = 0, allowReplace = [], onEvent: listener = () => undefined, confirm, signal } = options;
  await recover(target, journal, listener);
  const goal = goalOf(journal, all.at(-1)!, what, options.to);
  const to = await prepareReturn({ target, folder: journal.folder, parts: concernedParts(all, goal), goal, what });
  try {
    for (const node of firstOfStackSets(to.back)) await waitUntilFree(target, node, { wait, exitCode: 1, ours: ownOperations(journal, 'rollback') }, listener);
    const plan = await planRollout(to.input);
    await confirm?.({ plan, left: to.left.map(referenceTo) });
    refuseLosses(plan, allowReplace, 'Rollback');
    const { outputs, ...run } = await rollBack({ target, journal, listener, wait, signal }, to, '');
    for (const each of Object.values(outputs)) each.write(state);
    return { ...run, ...(run.message && { message: advised(run, options) }), outputs: outputs[system]?.main ?? {}, outputsFile: outputsFile(state, target, all.at(-1)!) };
  } finally {
    to.remove();
  }
}

function goalOf({ last, runs, folder }: Journal, part: RolloutPart, what: string, back: number | undefined): RollbackGoal {
  if (back === undefined && last?.command === 'rollback' && last.goal && last.exitCode !== 0) return last.goal;
  const goal = goalBefore(runs, back ?? 1);
  const own = new Set(part.build.manifest.deployments.map((deployment) => stackSetOf(part, deployment)));
  const versions = Object.fromEntries(Object.entries(goal?.versions ?? {}).filter(([stackSet]) => own.has(stackSet)));
  if (goal && Object.keys(versions).length > 0) return { ...goal, versions };
  const count = back ?? 1;
  const why = goal ? 'that rollout created what stands and changed nothing that stood before' : `the journal in ${folder} has ${count === 1 ? 'no rollout' : `fewer than ${count} rollouts`} that changed anything`;
  throw new MeridianError(`${what} refused: ${why}. Check out the commit that you mean and run "meridian rollout"; to remove the system, run "meridian destroy".`, 1);
}

/** Why it stopped, with what to do. */
function advised({ exitCode, message = '' }: RollbackRun, { system, environment }: RollbackOptions): string {
  const next = exitCode === 4 ? 'Run the same command again to go on.' : `Everything is left as it is: correct the cause and run "meridian rollback ${system} ${environment}" again.`;
  return sentences(message, next);
}
