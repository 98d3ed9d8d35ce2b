import { readFileSync } from 'node:fs';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { z } from 'zod';
import { severities, type Severity } from '../check/finding';
import { MeridianError } from '../errors';
import type { JudgedMutant } from './result';
import { percent, scoreBySeverity, scoreOf } from './score';

/** What every score must reach, in percent: critical and high mutants, and all of them. */
export const goals = { criticalAndHigh: 95, all: 85 } as const;

const schema = z.strictObject(Object.fromEntries(severities.map((severity) => [severity, z.number().min(0).max(100)])) as Record<Severity, z.ZodNumber>);

/** The committed score by severity, in percent: a later one may not be below it. */
export type Floor = Readonly<Record<Severity, number>>;

/**
 * Reads `rules/mutation-score.json`.
 * @throws MeridianError with exit code 2 when it can't be read or has another form
 */
export function readFloor(file: string): Floor {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new MeridianError(`${file}: it is no score by severity. Restore it from the repository, or write it with npm run mutate -- --update.`, 2, { cause });
  }
}

/** The score by severity as it is committed: in percent, cut to a tenth so that rounding never raises it. */
export function floorOf(judged: readonly JudgedMutant[]): Floor {
  const scores = scoreBySeverity(judged);
  return Object.fromEntries(severities.map((severity) => [severity, Math.floor(percent(scores[severity]) * 10) / 10])) as Record<Severity, number>;
}

/** Writes the score where it rose; it is never lowered. */
export function raiseFloor(file: string, before: Floor, judged: readonly JudgedMutant[]): Floor {
  const now = floorOf(judged);
  const raised = Object.fromEntries(severities.map((severity) => [severity, Math.max(before[severity], now[severity])])) as Record<Severity, number>;
  writeFileAtomic(file, `${JSON.stringify(raised, undefined, 2)}\n`);
  return raised;
}

/** What a score lacks, a sentence each; nothing when it is good enough. */
export function shortcomings(judged: readonly JudgedMutant[], floor: Floor): readonly string[] {
  const severe = judged.filter(({ mutant }) => mutant.operator.severity === 'CRITICAL' || mutant.operator.severity === 'HIGH');
  const now = floorOf(judged);
  return [
    ...(percent(scoreOf(severe)) < goals.criticalAndHigh ? [`Critical and high: ${shown(percent(scoreOf(severe)))} of the mutants are noticed, the goal is ${goals.criticalAndHigh} %`] : []),
    ...(percent(scoreOf(judged)) < goals.all ? [`All: ${shown(percent(scoreOf(judged)))} of the mutants are noticed, the goal is ${goals.all} %`] : []),
    ...severities.filter((severity) => now[severity] < floor[severity]).map((severity) => `${severity}: ${shown(now[severity])} of the mutants are noticed, and ${shown(floor[severity])} were when the score was committed`),
  ];
}

function shown(value: number): string {
  return `${value.toFixed(1)} %`;
}
