import type { Value } from '../../../src/cfn';
import type { ScalableTarget } from '../../../src/cfn/generated/applicationautoscaling';

/** Hours without tasks. */
export interface ScheduledStop {
  /** Cron expressions of Application Auto Scaling at which the tasks stop and start again. */
  readonly stop: string;
  readonly start: string;
  /** IANA time zone of both. */
  readonly timeZone: string;
}

/** Hours in which a service never has fewer than so many tasks. */
export interface BusyHours {
  /** Cron expressions of Application Auto Scaling: early enough before the load comes that tasks start, and after it has gone. */
  readonly begin: string;
  readonly end: string;
  /** IANA time zone of both. */
  readonly timeZone: string;
  /** Tasks in between, more than the service's minimum. */
  readonly minimum: number;
}

/** The sizes between which a service scales outside its schedules. */
interface Bounds {
  readonly minimum: Value<number>;
  readonly maximum: Value<number>;
}

/** To no tasks at all and back. A maximum of zero keeps the policies from starting tasks in between. */
export function stopActions({ stop, start, timeZone }: ScheduledStop, { minimum, maximum }: Bounds): ScalableTarget.ScheduledAction[] {
  return [
    { ScheduledActionName: 'stop', Schedule: stop, Timezone: timeZone, ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 } },
    { ScheduledActionName: 'start', Schedule: start, Timezone: timeZone, ScalableTargetAction: { MinCapacity: minimum, MaxCapacity: maximum } },
  ];
}

/**
 * Raises the minimum for busy hours and lowers it again, never below the service's own. The maximum stays, so that the policies
 * work at every hour; lowering the minimum stops no task by itself: the policies do that as the load goes.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export function busyActions({ begin, end, timeZone, minimum: busy }: BusyHours, { minimum, maximum }: Bounds): ScalableTarget.ScheduledAction[] {
  return [
    { ScheduledActionName: 'raise', Schedule: begin, Timezone: timeZone, ScalableTargetAction: { MinCapacity: busy, MaxCapacity: maximum } },
    { ScheduledActionName: 'lower', Schedule: end, Timezone: timeZone, ScalableTargetAction: { MinCapacity: minimum, MaxCapacity: maximum } },
  ];
}
