import { MeridianError } from '../../errors';
import type { LastRun, Journal } from '../journal/journal';
import { referenceTo, type RolloutNode, type RolloutPart } from '../nodes';
import type { AccountOutputs } from '../outputs';
import { allowOptions, describeLoss, forbiddenLosses } from '../plan/consent';
import { planRollout } from '../plan/plan-rollout';
import type { NodeReference } from '../progress';
import type { Run } from '../roll-nodes';
import { isExplained, placeOf, sentences, withoutStop } from '../stop';
import { goalBeforeLast } from './goal';
import { concernedParts, prepareReturn } from './prepare';
import { rollBack, type RollbackContext, type RollbackRun, type RolledBack } from './roll-back';

/** What was rolled. */
export interface FailedRollout {
  readonly parts: readonly RolloutPart[];
  readonly nodes: readonly RolloutNode[];
  /** By system; takes the outputs of what stands after the rollback. */
  readonly outputs: Record<string, AccountOutputs>;
  /** Ids of what stores data and may be removed. @default none */
  readonly allowReplace?: readonly string[];
}

/**
 * Brings everything that a failed rollout changed back to the version before. What it created stays, because to delete it could lose
 * data and nothing uses it yet. Nothing goes back where that would lose data, where somebody has asked to stop, or where the version
 * before is not complete: then the message says so.
 * @returns the failed run with what went back, always with an exit code that is not 0
 */
export async function rollBackAfter(failed: Run, context: RollbackContext, rolled: FailedRollout): Promise<Run> {
  const { journal, signal } = context;
  const goal = goalBeforeLast(journal.runs);
  const [{ system, environment }] = rolled.nodes.slice(-1) as [RolloutNode];
  const left = rolled.nodes.filter(({ id }) => goal?.leave.includes(id)).map(referenceTo);
  const hold = (why: string, next: string): Run => {
    journal.end(failed.exitCode);
    return { ...failed, message: sentences(failed.what ?? '', sentences(why, next)), rollback: { exitCode: 3, nodes: [], left, message: why } };
  };
  if (!goal || Object.keys(goal.versions).length === 0) return hold(`Nothing went back: ${left.length === 0 ? 'nothing was changed' : `only ${created(left)}`}.`, 'Correct the cause and run the same command again.');
  const again = `meridian rollback ${system} ${environment}`;
  if (signal?.aborted) return hold('Nothing went back: the rollout was asked to stop.', `Run "${again}" to go back, or correct the cause and run the same command again.`);
  let back: RolledBack;
  try {
    const to = await prepareReturn({ target: context.target, folder: journal.folder, parts: concernedParts(rolled.parts, goal), goal, what: `Rollback of ${system} ${environment}` });
    try {
      const losses = forbiddenLosses(await planRollout(to.input), rolled.allowReplace ?? []);
      if (losses.length > 0) return hold(`Nothing went back, because that would remove what stores data:\n${losses.map((loss) => `  ${describeLoss(loss)}`).join('\n')}`, `Save the data and run "${again} ${allowOptions(losses)}", or correct the cause and run the same command again.`);
      back = await rollBack(context, to, journal.runs.at(-1)?.build ?? '');
    } finally {
      to.remove();
    }
  } catch (error) {
    if (!isExplained(error)) throw error;
    return hold(`Nothing went back: ${withoutStop(error.message)}.`, '');
  }
  return withRollback(failed, back, rolled, again);
}

function withRollback(failed: Run, { outputs, ...back }: RolledBack, rolled: FailedRollout, again: string): Run {
  Object.assign(rolled.outputs, outputs);
  const stays = back.left.length === 0 ? '' : ` It ${created(back.left)}.`;
  const ends: Record<number, string> = {
    0: `What the rollout had changed went back to the version before.${stays} Correct the cause and run the same command again.`,
    3: `And going back failed too. ${back.message} Everything is left as it is: correct the causes, then run "${again}" to go back.`,
    4: `Going back stopped half-way. ${back.message} Run the same command with --resume, or "${again}", to go on with that.`,
  };
  return { ...failed, exitCode: back.exitCode === 4 ? 4 : 3, message: sentences(failed.what ?? '', ends[back.exitCode] ?? ''), rollback: back };
}

function created(nodes: readonly NodeReference[]): string {
  return `created ${nodes.map(placeOf).join(', ')}, which ${nodes.length === 1 ? 'stays' : 'stay'} as ${nodes.length === 1 ? 'it is' : 'they are'}`;
}

/** Whether the last command was a rollback that was killed or stopped. */
export function isUnfinished(last: LastRun | undefined): last is LastRun & { readonly goal: NonNullable<LastRun['goal']> } {
  return last?.command === 'rollback' && last.goal !== undefined && (last.exitCode === undefined || last.exitCode === 4);
}

/**
 * Refuses to roll forward in the middle of a rollback.
 * @param name for example `kasha production`
 * @throws MeridianError (exit 1) when one was killed or stopped
 */
export function refuseUnfinished({ last }: Journal, name: string): void {
  if (!isUnfinished(last)) return;
  throw new MeridianError(`Rollout of ${name} refused: an earlier rollback was ${last.exitCode === 4 ? 'stopped' : 'cut off'} half-way. Run "meridian rollback ${name}", or give --resume, to let that come to its end first.`, 1);
}

/** Goes on with the rollback of a failed rollout that was killed or stopped. It counts as failed whatever comes of it. */
export async function goOnBack(context: RollbackContext, parts: readonly RolloutPart[], outputs: Record<string, AccountOutputs>): Promise<Run> {
  const { journal, target } = context;
  const { goal } = journal.last as LastRun & { goal: NonNullable<LastRun['goal']> };
  const [{ build }] = parts.slice(-1) as [RolloutPart];
  const to = await prepareReturn({ target, folder: journal.folder, parts: concernedParts(parts, goal), goal, what: `Rollback of ${build.name}` });
  try {
    const { outputs: fresh, ...back } = await rollBack(context, to, journal.runs.at(-1)?.build ?? '');
    Object.assign(outputs, fresh);
    return { exitCode: back.exitCode === 0 ? 3 : back.exitCode, nodes: [], message: resumedMessage(back, build.name), rollback: back };
  } finally {
    to.remove();
  }
}

function resumedMessage({ exitCode, message }: RollbackRun, name: string): string {
  if (exitCode === 0) return `An earlier rollout of ${name} had failed. What it had changed went back to the version before, and nothing else was rolled. Correct the cause and run the command without --resume.`;
  return sentences(message ?? '', `Everything is left as it is. Run "meridian rollback ${name}" to go on.`);
}
