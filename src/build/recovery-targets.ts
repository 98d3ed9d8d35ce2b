import { duration, timeParts, type Recovery } from '../analyse/recovery';
import type { RecoveryTargets } from '../cfn';
import { MeridianError } from '../errors';

/** A recovery of which everything is known that targets ask for. */
export type CompleteRecovery = Recovery & Required<Pick<Recovery, 'lostSeconds' | 'toldSeconds'>>;

/**
 * The targets that a recovery misses, each as a sentence with the figures that it comes of and what to change. None when it keeps
 * them all.
 * @param recovery undefined when no other region can take over
 */
function brokenTargets(recovery: Recovery | undefined, targets: RecoveryTargets): readonly string[] {
  if (!recovery) return ['No other region can take over: no record fails over to one by a health check that finds a lost region, or it has no database. Write both, or leave recoveryTargets out.'];
  return [lateWrites(recovery, targets), uncalled(recovery, targets), ...lostWrites(recovery, targets)].filter((each) => each !== undefined);
}

/**
 * Checks a recovery against what the system has promised.
 * @param what the system and environment, for the message
 * @returns the recovery
 * @throws MeridianError for a target that is missed
 */
export function recoveryWithin(what: string, recovery: Recovery | undefined, targets: RecoveryTargets): CompleteRecovery {
  const broken = brokenTargets(recovery, targets);
  if (broken.length > 0 || !isComplete(recovery)) throw new MeridianError(`Recovery of ${what} misses its targets: ${broken.join(' ')}`, 1);
  return recovery;
}

const isComplete = (recovery: Recovery | undefined): recovery is CompleteRecovery => recovery?.lostSeconds !== undefined && recovery.toldSeconds !== undefined;

function lateWrites(recovery: Recovery, { timeMinutes }: RecoveryTargets): string | undefined {
  if (recovery.writesSeconds === Infinity) return 'Nobody can say when the other region writes: no region-switch plan activates it. Add regionSwitchPlan() to the edge deployment.';
  if (recovery.writesSeconds <= timeMinutes * 60) return undefined;
  const parts = timeParts(recovery).map(({ seconds, what }) => `${duration(seconds)} (${what})`);
  return `Writing takes up to ${duration(recovery.writesSeconds)}, recoveryTargets.timeMinutes allows ${timeMinutes} min: ${parts.join(' + ')}. Shorten one of them by its interval, time-out or commitment, or agree on a longer time.`;
}

function uncalled({ automatic, promotionSeconds, calledSeconds, check }: Recovery, { decisionMinutes }: RecoveryTargets): string | undefined {
  if (automatic || promotionSeconds === 0) return undefined;
  if (calledSeconds === undefined) return `Nobody is called when the region of ${check} is lost: no alarm watches the health check of its record. Add one on HealthCheckStatus.`;
  if (calledSeconds < decisionMinutes * 60) return undefined;
  return `Nobody can decide in recoveryTargets.decisionMinutes, ${decisionMinutes} min: the alarm that calls them takes ${duration(calledSeconds)} of it. Give the alarm fewer or shorter periods, or people more time.`;
}

function lostWrites({ lostSeconds, toldSeconds }: Recovery, targets: RecoveryTargets): readonly (string | undefined)[] {
  if (lostSeconds === undefined || toldSeconds === undefined) return ['Nobody knows what would be lost: no alarm watches the replication lag of the other region. Add one.'];
  return [
    lostSeconds > targets.pointSeconds
      ? `Up to ${lostSeconds} s of writes may be lost without anybody being told, recoveryTargets.pointSeconds allows ${targets.pointSeconds} s: the replication-lag alarm goes off above ${lostSeconds} s. Lower its threshold, or agree on a larger loss.`
      : undefined,
    toldSeconds > targets.toldSeconds
      ? `That replication has stopped is told after ${toldSeconds} s, recoveryTargets.toldSeconds allows ${targets.toldSeconds} s: the replication-lag alarm waits ${toldSeconds - lostSeconds} s above its threshold of ${lostSeconds} s. Give it fewer or shorter periods, or agree on a later word.`
      : undefined,
  ];
}
