import type { WaivedFinding } from './apply-waivers';
import type { GuardRule } from './cfn-guard/rule';
import type { JudgedInput } from './cfn-guard/run';
import type { Finding, Severity } from './finding';
import type { Invariant } from './invariants/invariant';
import { servedBy, type InvariantsJudged } from './invariants/run';

/** What a rule came to, the worst first: a rule that did not apply anywhere proves nothing and is not called passed. */
export type RuleState = 'failed' | 'waived' | 'passed' | 'did-not-apply';

const statesThatApply = ['failed', 'waived', 'passed'] as const;

/** How one rule, or invariant, judged everything: in how many (system, environment, region), or environments, it came to each state. */
export interface RuleOutcome {
  readonly step: 'cfn-guard' | 'invariants';
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly controls: readonly string[];
  readonly fix: string;
  readonly state: RuleState;
  readonly counts: Readonly<Record<RuleState, number>>;
  /** Its worst state in each environment that it applies to, by `kasha/production`. */
  readonly environments: Readonly<Record<string, RuleState>>;
}

/** What waivers left of the findings. */
export interface AppliedWaivers {
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
}

/** Counts, for each rule, the judged inputs that it failed, that waivers cover, that passed, and that it did not apply to. */
export function ruleOutcomes(rules: readonly GuardRule[], judged: readonly JudgedInput[], applied: AppliedWaivers): RuleOutcome[] {
  const isExcused = excusedBy(applied, ({ rule, where: { system, environment, regions } }) => regions.map((region) => `${rule} ${system}/${environment} ${region}`));
  return rules.map(({ name, id, ...rule }) => {
    const judgements = judged.map(({ input: { system, environment, region }, verdicts }) => {
      const state = verdicts.get(name)?.state ?? 'did-not-apply';
      return { environment: `${system}/${environment}`, state: state === 'failed' && isExcused(`${id} ${system}/${environment} ${region}`) ? ('waived' as const) : state };
    });
    return outcome('cfn-guard', { ...rule, id }, judgements);
  });
}

/** Counts the same for each invariant, in environments. */
export function invariantOutcomes(invariants: readonly Invariant[], judged: readonly InvariantsJudged[], applied: AppliedWaivers): RuleOutcome[] {
  const isExcused = excusedBy(applied, ({ rule, where: { system, environment } }) => [`${rule} ${system}/${environment}`]);
  return invariants.map((invariant) => {
    const judgements = judged.map(({ environment: { system, environment }, judgements: of }): EnvironmentState => {
      const judgement = of.get(invariant.id) ?? 'did-not-apply';
      const name = `${system}/${environment}`;
      if (judgement === 'did-not-apply') return { environment: name, state: judgement };
      if (judgement.length === 0) return { environment: name, state: 'passed' };
      return { environment: name, state: isExcused(`${invariant.id} ${name}`) ? 'waived' : 'failed' };
    });
    return outcome('invariants', { ...invariant, controls: servedBy(invariant) }, judgements);
  });
}

/** How something was judged in an environment, or in one of its regions. */
interface EnvironmentState {
  readonly environment: string;
  readonly state: RuleState;
}

function outcome(step: RuleOutcome['step'], { id, title, severity, controls, fix }: Pick<GuardRule, 'id' | 'title' | 'severity' | 'controls' | 'fix'>, judgements: readonly EnvironmentState[]): RuleOutcome {
  const counts: Record<RuleState, number> = { failed: 0, waived: 0, passed: 0, 'did-not-apply': 0 };
  for (const { state } of judgements) counts[state] += 1;
  return { step, rule: id, title, severity, controls, fix, state: worst(judgements), counts, environments: byEnvironment(judgements) };
}

function worst(judgements: readonly EnvironmentState[]): RuleState {
  return statesThatApply.find((state) => judgements.some((judgement) => judgement.state === state)) ?? 'did-not-apply';
}

function byEnvironment(judgements: readonly EnvironmentState[]): Record<string, RuleState> {
  const names = [...new Set(judgements.map(({ environment }) => environment))].sort();
  const states = names.map((name) => [name, worst(judgements.filter(({ environment }) => environment === name))] as const);
  return Object.fromEntries(states.filter(([, state]) => state !== 'did-not-apply'));
}

/** Tells whether all findings of a key are waived. */
function excusedBy({ findings, waived }: AppliedWaivers, keysOf: (finding: Finding) => readonly string[]): (key: string) => boolean {
  const counting = new Set(findings.flatMap(keysOf));
  const excused = new Set(waived.flatMap(({ finding }) => keysOf(finding)));
  return (key) => excused.has(key) && !counting.has(key);
}
