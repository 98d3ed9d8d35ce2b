import { setTimeout as sleep } from 'node:timers/promises';
import { MeridianError } from '../../errors';
import type { Target } from '../target';
import { alarmsInState, type AlarmInState, type AlarmSet } from './alarms';

/** How long to watch what. */
export interface WatchOptions {
  readonly alarms: readonly AlarmSet[];
  /** Names of alarms that don't count. */
  readonly ignored: readonly string[];
  readonly seconds: number;
  /** Ends the watch when aborted. */
  readonly signal: AbortSignal;
  /** Hears of the seconds that are left, before each pause. */
  readonly onWait: (left: number) => void;
  /** Hears of a look that failed and is tried again. */
  readonly onBlind: (why: string) => void;
}

/** What a watch saw: alarms that went off, that nothing did until it was over, or nothing because it was ended. */
export type Watched = { readonly end: 'alarm'; readonly alarms: readonly AlarmInState[] } | { readonly end: 'quiet' } | { readonly end: 'aborted' };

/** Milliseconds between two looks at a real account: an alarm is evaluated every ten seconds at most. Locally nothing takes time. */
const pauses = { aws: 10_000, local: 100 } as const;
/** Seconds for which no look may succeed before the watch gives up. */
const longestBlindness = 300;

/**
 * Watches alarms for a time. It is quiet only when the last look, after all of that time, saw none.
 * @throws MeridianError (exit 4) when CloudWatch doesn't answer for five minutes
 */
export async function watchAlarms(target: Target, { alarms, ignored, seconds, signal, onWait, onBlind }: WatchOptions): Promise<Watched> {
  const until = performance.now() + seconds * 1_000;
  let seen = performance.now();
  for (;;) {
    const left = until - performance.now();
    const found = await look().catch(blind);
    if (found?.length) return { end: 'alarm', alarms: found };
    if (found && left <= 0) return { end: 'quiet' };
    onWait(Math.max(0, left) / 1_000);
    if (!(await rested(left > 0 ? Math.min(left, pauses[target.kind]) : pauses[target.kind]))) return { end: 'aborted' };
  }

  async function look(): Promise<AlarmInState[]> {
    const found = await alarmsInState(target, alarms);
    seen = performance.now();
    return found.filter(({ name }) => !ignored.includes(name));
  }

  function blind(cause: unknown): undefined {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (performance.now() - seen > longestBlindness * 1_000) {
      throw new MeridianError(`Alarms not seen for ${longestBlindness} s: ${why}. Correct that and run the same command again.`, 4, { cause });
    }
    onBlind(why);
  }

  /** Whether it rested to the end. */
  async function rested(milliseconds: number): Promise<boolean> {
    try {
      await sleep(milliseconds, undefined, { signal });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }
}
