import { awsCommand } from '../aws-command';
import { rootsOf } from '../standing-roots';
import { referenceTo, type RolloutNode, type RolloutPart } from '../nodes';
import type { RolloutContext } from '../roll-node';
import { isExplained, placeOf, withoutStop, type Stop } from '../stop';
import type { Target } from '../target';
import { alarmsOf, describeAlarm, type AlarmInState } from './alarms';
import { watchAlarms } from './watch';

/** How long a changed region is watched for alarms before anything that waits for it begins. */
export interface BakeOptions {
  readonly seconds: number;
  /** Names of alarms that don't stop the rollout. */
  readonly ignored: readonly string[];
}

/** What a bake needs beside the rollout's context. */
export interface BakePlace {
  readonly parts: readonly RolloutPart[];
  readonly nodes: readonly RolloutNode[];
  /** The node that is done. */
  readonly node: RolloutNode;
  /** Ends the bake when aborted. */
  readonly signal: AbortSignal;
}

/**
 * Watches the system's alarms in the regions changed so far, after a change to a deployment that other regions or deployments wait for.
 * A bake that was cut off begins anew when the rollout goes on.
 * @returns why the rollout stops; undefined when nothing went off, or there is nothing to bake
 */
export async function bakeNode({ target, listener, journal }: RolloutContext, { parts, nodes, node, signal }: BakePlace, { seconds, ignored }: BakeOptions): Promise<Stop | undefined> {
  const holds = nodes.filter(({ after }) => after.includes(node.id));
  if (seconds === 0 || holds.length === 0 || node.definition.regions.create.length < 2 || !journal.needsBake(node.id)) return undefined;
  const regions = new Set(nodes.filter(({ id, build }) => build === node.build && journal.hasChanged(id)).map(({ region }) => region));
  const part = parts.find(({ build }) => build === node.build)!;
  const told = { type: 'bake', node: referenceTo(node), holds: holds.map(referenceTo), seconds } as const;
  try {
    const alarms = await alarmsOf(target, (await rootsOf(target, part)).filter(({ region }) => regions.has(region)));
    const watched = alarms.reduce((sum, { names }) => sum + names.length, 0);
    listener({ ...told, state: 'begins', left: seconds, alarms: watched });
    const seen = await watchAlarms(target, {
      alarms,
      ignored,
      seconds,
      signal,
      onWait: (left) => listener({ ...told, state: 'waits', left, alarms: watched }),
      onBlind: (why) => listener({ type: 'note', node: told.node, message: `Alarms not seen: ${why}. Looking again.` }),
    });
    listener({ ...told, state: seen.end, left: 0, alarms: watched });
    if (seen.end === 'quiet') journal.baked(node.id);
    if (seen.end === 'alarm') return alarmStop(target, node, seen.alarms);
    return seen.end === 'aborted' ? { exitCode: 4, why: `the bake of ${placeOf(node)} was cut off`, what: `Stopped while ${placeOf(node)} baked.`, next: 'Run the same command again to go on: it bakes again, for all of its time.' } : undefined;
  } catch (error) {
    if (!isExplained(error)) throw error;
    listener({ ...told, state: 'aborted', left: 0, alarms: 0 });
    return { exitCode: 4, why: `the bake of ${placeOf(node)} was cut off`, what: `Bake of ${placeOf(node)} cut off: ${withoutStop(error.message)}.`, next: 'Correct that and run the same command again.' };
  }
}

function alarmStop(target: Target, node: RolloutNode, alarms: readonly AlarmInState[]): Stop {
  const [{ name, region }] = alarms as [AlarmInState];
  const list = alarms.map((alarm) => `  ${describeAlarm(alarm)}\n`).join('');
  return {
    exitCode: 3,
    why: `alarm ${name} went off in ${region}`,
    alarms,
    what: `Rollout stopped while ${placeOf(node)} baked: ${alarms.length === 1 ? 'an alarm' : `${alarms.length} alarms`} of the system in ALARM.\n${list}`.trimEnd(),
    next:
      `What was changed stays as it is, and nothing more was started. See ${awsCommand(target, region, `cloudwatch describe-alarm-history --alarm-name ${name}`)}. ` +
      `Then correct the cause and run the same command again, go back with "meridian rollback ${node.system} ${node.environment}", ` +
      `or give --ignore-alarm ${name} where the rollout is not the cause.`,
  };
}
