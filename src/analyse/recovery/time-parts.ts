import { detectionSeconds } from './detection';
import type { Recovery } from './recovery';

/** One part of the time until a region writes. */
export interface TimePart {
  readonly seconds: number;
  /** What takes it, with the resource that decides how long. */
  readonly what: string;
}

/** The parts of `writesSeconds`, in the order in which they pass. They add up to it. */
export function timeParts(recovery: Recovery): readonly TimePart[] {
  const { check, intervalSeconds, failureThreshold, ttlSeconds } = recovery;
  return [
    { seconds: detectionSeconds(recovery), what: `${check} fails ${failureThreshold} times, ${intervalSeconds} s apart` },
    { seconds: ttlSeconds, what: 'resolvers keep the old answer' },
    ...lastWrite(recovery),
  ];
}

/** What writes wait for when DNS has moved: the database, or clients that go on using the connections they have. */
function lastWrite({ keptOpenSeconds, decisionSeconds, automatic, promotionSeconds, plan }: Recovery): readonly TimePart[] {
  if (keptOpenSeconds > decisionSeconds + promotionSeconds) return [{ seconds: keptOpenSeconds, what: 'the load balancer keeps connections open (client_keep_alive.seconds)' }];
  if (promotionSeconds === 0) return [];
  return [
    { seconds: decisionSeconds, what: automatic ? `an alarm starts ${plan ?? 'the plan'}` : `somebody starts ${plan ?? 'to move the database'}` },
    { seconds: promotionSeconds, what: plan ? `the last step of ${plan} gives up` : 'the database is moved by hand' },
  ];
}

/** Seconds as seconds, or as minutes from two minutes up, with the seconds where they are not whole: 902 s read `15 min 2 s`, and no target is missed by less than is printed. */
export const duration = (seconds: number): string => (seconds < 120 ? `${seconds} s` : [`${Math.floor(seconds / 60)} min`, ...(seconds % 60 === 0 ? [] : [`${Number((seconds % 60).toFixed(1))} s`])].join(' '));
