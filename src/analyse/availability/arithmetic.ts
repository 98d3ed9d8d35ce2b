/** Minutes in the thirty days over which everything here is counted. */
export const minutesOfThirtyDays = 30 * 24 * 60;

/**
 * Availability of parts that are all needed at once: their product, so never more than the weakest.
 * @param availabilities shares of time from 0 to 1; none of them is 1, because nothing can fail
 * @see https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/availability-with-dependencies.html
 */
export function inSeries(availabilities: readonly number[]): number {
  return availabilities.reduce((product, each) => product * each, 1);
}

/**
 * Availability of two parts of which one is enough, when they fail independently: 1 − (1 − a)(1 − b).
 * @param a share of time from 0 to 1
 * @param b the other's
 * @see https://docs.aws.amazon.com/whitepapers/latest/availability-and-beyond-improving-resilience/availability-with-redundancy.html
 */
export function eitherOf(a: number, b: number): number {
  return 1 - (1 - a) * (1 - b);
}

/** Minutes in thirty days in which something of this availability, from 0 to 1, is down. */
export function minutesDown(availability: number): number {
  return (1 - availability) * minutesOfThirtyDays;
}

/** The availability, from 0 to 1, of something that is down for so many minutes in thirty days; more than all of them count as all. */
export function availabilityOfMinutes(minutes: number): number {
  return 1 - Math.min(minutes, minutesOfThirtyDays) / minutesOfThirtyDays;
}
