import { MeridianError } from '../../errors';
import { rootsOf } from '../standing-roots';
import type { RolloutPart } from '../nodes';
import type { Listener } from '../progress';
import type { Target } from '../target';
import { alarmsInState, alarmsOf, describeAlarm } from './alarms';

/**
 * Refuses to begin while an alarm of the system is in ALARM: the bake could not tell it from one that the rollout sets off.
 * @param ignored names of alarms that somebody knows of
 * @throws MeridianError (exit 1) naming every such alarm
 */
export async function refuseAlarms(target: Target, part: RolloutPart, ignored: readonly string[], listener: Listener): Promise<void> {
  const alarms = await alarmsInState(target, await alarmsOf(target, await rootsOf(target, part)));
  const known = alarms.filter(({ name }) => ignored.includes(name));
  for (const alarm of known) listener({ type: 'note', message: `Alarm ignored as asked: ${describeAlarm(alarm)}` });
  const unknown = alarms.filter(({ name }) => !ignored.includes(name));
  if (unknown.length === 0) return;
  const list = unknown.map((alarm) => `  ${describeAlarm(alarm)}\n`).join('');
  const options = unknown.map(({ name }) => `--ignore-alarm ${name}`).join(' ');
  const count = unknown.length === 1 ? 'an alarm is' : `${unknown.length} alarms are`;
  throw new MeridianError(
    `Rollout of ${part.build.name} refused: ${count} in ALARM before it begins, so no bake could tell what it breaks.\n${list}` +
      `Nothing was changed. Wait until the system is well, or give ${options} to go on without watching for that.`,
    1,
  );
}
