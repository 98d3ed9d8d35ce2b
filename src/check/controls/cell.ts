import type { RuleState } from '../outcome';
import type { JudgedRule } from './evidence';
import type { ControlMatrix } from './matrix';

/** What a control came to: the worst of its rules; `not-judged` where no rule could look. */
export type ControlState = RuleState | 'not-judged';

/** What a control came to in some environments, its rules counted by state and never summed over states. */
export interface Cell {
  readonly state: ControlState;
  /** The last day of the waiver that ends first. */
  readonly waivedUntil?: string;
  /** Rules by their worst state in these environments. */
  readonly rules: Readonly<Record<RuleState, number>>;
}

/** Environments that are shown as one: a system's, or a single one. */
export interface Column {
  readonly name: string;
  readonly environments: readonly string[];
}

/** A column for each system of a matrix, with all its environments. */
export function systemColumns({ environments }: Pick<ControlMatrix, 'environments'>): Column[] {
  const systems = [...new Set(environments.map(systemOf))];
  return systems.map((name) => ({ name, environments: environments.filter((environment) => systemOf(environment) === name) }));
}

/** A column for each environment of a matrix, named without its system where there is only one. */
export function environmentColumns({ environments }: Pick<ControlMatrix, 'environments'>): Column[] {
  const oneSystem = new Set(environments.map(systemOf)).size === 1;
  return environments.map((environment) => ({ name: oneSystem ? environment.slice(systemOf(environment).length + 1) : environment, environments: [environment] }));
}

function systemOf(environment: string): string {
  return environment.split('/')[0] ?? environment;
}

const worstFirst = ['failed', 'waived', 'passed'] as const;

/** What a control's rules came to in the environments of a column. */
export function cellOf(rules: readonly JudgedRule[], { environments }: Pick<Column, 'environments'>, notJudged: readonly string[]): Cell {
  const counts: Record<RuleState, number> = { failed: 0, waived: 0, passed: 0, 'did-not-apply': 0 };
  for (const rule of rules) counts[worstStanding(rule, environments)] += 1;
  const waivedUntil = rules.flatMap((rule) => environments.map((environment) => rule.environments[environment]?.waivedUntil ?? [])).flat().sort()[0];
  return { state: environments.some((environment) => notJudged.includes(environment)) ? 'not-judged' : (worstFirst.find((state) => counts[state] > 0) ?? 'did-not-apply'), waivedUntil, rules: counts };
}

function worstStanding(rule: JudgedRule, environments: readonly string[]): RuleState {
  return worstFirst.find((state) => environments.some((environment) => rule.environments[environment]?.state === state)) ?? 'did-not-apply';
}
