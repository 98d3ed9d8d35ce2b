import { InvalidArgumentError } from 'commander';

const secondsIn = { s: 1, m: 60, h: 3_600 } as const;

/**
 * Parses a time such as `30s`, `5m` or `1h`; `0` is none.
 * @param most the longest time taken, in seconds
 * @returns seconds
 * @throws InvalidArgumentError for anything else
 */
export function durationUpTo(most: number): (text: string) => number {
  return (text) => {
    const [, amount, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
    const seconds = text === '0' ? 0 : Number(amount) * secondsIn[unit as keyof typeof secondsIn];
    if (Number.isNaN(seconds)) throw new InvalidArgumentError('Give a whole number with s, m or h, for example 30s, 5m or 1h; 0 is none.');
    if (seconds > most) throw new InvalidArgumentError(`Give at most ${most / secondsIn.h}h.`);
    return seconds;
  };
}
