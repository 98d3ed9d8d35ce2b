import { severities, type Severity } from '../check/finding';
import { steps, type Step } from './killer';
import type { JudgedMutant } from './result';

/** How many mutants there were and how many were noticed. Equivalent ones count in neither. */
export interface Score {
  readonly killed: number;
  readonly total: number;
}

/** The share of mutants that were noticed, in percent; 100 when there were none. */
export function percent({ killed, total }: Score): number {
  return total === 0 ? 100 : (100 * killed) / total;
}

/** The score of some mutants. */
export function scoreOf(judged: readonly JudgedMutant[]): Score {
  const counted = judged.filter(({ equivalent }) => !equivalent);
  return { killed: counted.filter(({ killers }) => killers.length > 0).length, total: counted.length };
}

/** The score by severity of the operators, worst first. */
export function scoreBySeverity(judged: readonly JudgedMutant[]): Readonly<Record<Severity, Score>> {
  return Object.fromEntries(severities.map((severity) => [severity, scoreOf(judged.filter(({ mutant }) => mutant.operator.severity === severity))])) as Record<Severity, Score>;
}

/** The score by the service of the altered resource, `rds` for `AWS::RDS::DBInstance`, in alphabetical order. */
export function scoreByService(judged: readonly JudgedMutant[]): ReadonlyMap<string, Score> {
  const services = [...new Set(judged.map(({ mutant }) => serviceOf(mutant.type)))].sort();
  return new Map(services.map((service) => [service, scoreOf(judged.filter(({ mutant }) => serviceOf(mutant.type) === service))]));
}

/** For each part of the checker the mutants that it noticed, and those that it alone noticed. */
export function scoreByStep(judged: readonly JudgedMutant[]): Readonly<Record<Step, { readonly noticed: number; readonly alone: number }>> {
  const sets = judged.filter(({ equivalent }) => !equivalent).map(({ killers }) => new Set(killers.map(({ step }) => step)));
  return Object.fromEntries(
    steps.map((step) => [step, { noticed: sets.filter((set) => set.has(step)).length, alone: sets.filter((set) => set.has(step) && set.size === 1).length }]),
  ) as Record<Step, { noticed: number; alone: number }>;
}

function serviceOf(type: string): string {
  return (type.split('::')[1] ?? type).toLowerCase();
}
