import { setTimeout } from 'node:timers/promises';

/** The time that an invocation has. */
export interface Clock {
  pause(milliseconds: number): Promise<void>;
  /** Milliseconds until Lambda ends the invocation. */
  remaining(): number;
}

/** Between two looks at the cache, in milliseconds. */
const PAUSE = 10_000;

/** What two looks with all their calls may take. */
const MARGIN = 60_000;

/** The clock of an invocation. */
export const lambdaClock = (context: { getRemainingTimeInMillis(): number }): Clock => ({
  pause: async (milliseconds) => setTimeout(milliseconds),
  remaining: () => context.getRemainingTimeInMillis(),
});

/**
 * Waits until something is so.
 *
 * @param what in the message, as in "Cache a: …"
 * @throws when the invocation has too little time left; whoever asked may ask again
 */
export async function until(clock: Clock, what: string, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (clock.remaining() < PAUSE + MARGIN) throw new Error(`${what} after all the time that the function has. Secrets Manager tries again by itself; nothing is refused meanwhile.`);
    await clock.pause(PAUSE);
  }
}
