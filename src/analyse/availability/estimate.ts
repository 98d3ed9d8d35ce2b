import { availabilityOfMinutes, eitherOf, minutesDown } from './arithmetic';
import type { Assumptions } from './assumptions';

/** What an estimate is made of. */
export interface EstimateInput {
  /** Availability, from 0 to 1, of what every request goes through. */
  readonly edge: number;
  /** Availability of the first region behind it. */
  readonly first: number;
  /** Availability of the other region, and the seconds until it has taken over. Absent when none can. */
  readonly other?: { readonly availability: number; readonly recoverySeconds: number };
  /** With a standby, for its shorter restarts. Absent when the path ends in no database. */
  readonly database?: keyof Assumptions['restartMinutes'];
}

/** Minutes without answers in thirty days, by cause, and what is left. */
export interface Estimate {
  readonly minutes: {
    /** CloudFront, its firewall or DNS fail. */
    readonly edge: number;
    /** The first region fails in a way that moving away does not end. */
    readonly uncovered: number;
    /** Both regions fail at once. */
    readonly both: number;
    /** The first region is lost, and the other has not yet taken over. */
    readonly takingOver: number;
    /** The database restarts for patches. */
    readonly restarts: number;
  };
  /** From 0 to 1. */
  readonly availability: number;
}

/**
 * An estimate under stated assumptions. Each service is taken to be exactly as good as its SLA, which is worse than it was in
 * most months; failing over helps for the covered share of a region's faults only, and costs its recovery time at each loss.
 * @see https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/availability-with-redundancy.html
 */
export function estimate({ edge, first, other, database }: EstimateInput, assumptions: Assumptions): Estimate {
  const { regionLossesPerYear, databaseRestartsPerYear, restartMinutes } = assumptions;
  const covered = other ? assumptions.coveredShare : 0;
  const perMonth = (timesPerYear: number): number => timesPerYear / 12;
  const minutes = {
    edge: minutesDown(edge),
    uncovered: (1 - covered) * minutesDown(first),
    both: other ? covered * minutesDown(eitherOf(first, other.availability)) : 0,
    takingOver: other ? perMonth(regionLossesPerYear) * (other.recoverySeconds / 60) : 0,
    restarts: database ? perMonth(databaseRestartsPerYear) * restartMinutes[database] : 0,
  };
  return { minutes, availability: availabilityOfMinutes(Object.values(minutes).reduce((sum, each) => sum + each, 0)) };
}
