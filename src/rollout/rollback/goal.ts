import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MeridianError } from '../../errors';
import type { JournalRun } from '../journal/run';
import type { CallRecord, KeptVersion, RollbackGoal } from '../journal/record';
import { sha256 } from '../package';

/** Runs of the same build that follow one another until one reaches its end: one rollout, however often it was stopped. */
interface RolloutRuns {
  /** Where it begins among all runs. */
  readonly first: number;
  /** Whether any of them changed anything. */
  readonly changed: boolean;
}

/**
 * The state of things before a rollout, as far as the journal knows it: StackSets that nothing has changed since stand as they did.
 * @param back how many rollouts that changed something to go back, from 1: the last one
 * @returns undefined when the journal has no such rollout
 */
export function goalBefore(runs: readonly JournalRun[], back: number): RollbackGoal | undefined {
  return goalAt(runs, rolloutsIn(runs).filter(({ changed }) => changed).at(-back));
}

/** The state of things before the last rollout, whether it was the first attempt at it or not; undefined when it has changed nothing. */
export function goalBeforeLast(runs: readonly JournalRun[]): RollbackGoal | undefined {
  const last = rolloutsIn(runs).at(-1);
  return last?.changed ? goalAt(runs, last) : undefined;
}

function goalAt(runs: readonly JournalRun[], rollout: RolloutRuns | undefined): RollbackGoal | undefined {
  if (!rollout) return undefined;
  const versions: Record<string, KeptVersion> = {};
  const firstActions = new Map<string, CallRecord['action']>();
  const young = new Set<string>();
  for (const { call, stackSet, node, action, previous } of runs.slice(rollout.first).flatMap(({ calls }) => calls)) {
    if (call === 'CreateStackSet') young.add(stackSet);
    if (previous && !young.has(stackSet)) versions[stackSet] ??= previous;
    if (!firstActions.has(node)) firstActions.set(node, action);
  }
  const leave = [...firstActions].filter(([, action]) => action === 'create' || action === 'recreate').map(([node]) => node);
  return { versions, leave: leave.sort() };
}

/** The rollouts since the last destruction that reached its end, oldest first. */
function rolloutsIn(runs: readonly JournalRun[]): RolloutRuns[] {
  const begin = runs.map(({ command, exitCode }) => command === 'destroy' && exitCode === 0).lastIndexOf(true) + 1;
  const rollouts: RolloutRuns[] = [];
  for (const [index, run] of runs.entries()) {
    if (index < begin || run.command !== 'rollout') continue;
    const before = runs[index - 1];
    const goesOn = index > begin && before?.command === 'rollout' && before.build === run.build && before.exitCode !== 0;
    const earlier = goesOn ? rollouts.pop() : undefined;
    rollouts.push({ first: earlier?.first ?? index, changed: (earlier?.changed ?? false) || run.calls.length > 0 });
  }
  return rollouts;
}

/**
 * The text of a kept template.
 * @param folder of the journal
 * @throws MeridianError (exit 2) when its file is gone or is no longer what was kept
 */
export function keptTemplate(folder: string, { template }: KeptVersion): string {
  const file = join(folder, template);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (text === undefined || template !== `previous-${sha256(Buffer.from(text))}.json`) {
    throw new MeridianError(`Earlier version not read: ${file} is ${text === undefined ? 'missing' : 'damaged'}. Check out the commit that was rolled then, and run "meridian rollout".`, 2);
  }
  return text;
}
