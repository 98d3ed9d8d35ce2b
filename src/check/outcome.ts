import type { WaivedFinding } from './apply-waivers';
import type { GuardRule } from './cfn-guard/rule';
import type { JudgedInput } from './cfn-guard/run';
import type { Finding, Severity } from './finding';

/** What a rule came to, the worst first: a rule that did not apply anywhere proves nothing and is not called passed. */
export type RuleState = 'failed' | 'waived' | 'passed' | 'did-not-apply';

const statesThatApply = ['failed', 'waived', 'passed'] as const;

/** How one rule judged everything: in how many (system, environment, region) it came to each state. */
export interface RuleOutcome {
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

/** Counts, for each rule, the judged inputs that it failed, that waivers cover, that passed, and that it did not apply to. */
export function ruleOutcomes(rules: readonly GuardRule[], judged: readonly JudgedInput[], { findings, waived }: { findings: readonly Finding[]; waived: readonly WaivedFinding[] }): RuleOutcome[] {
  const counting = keysOf(findings);
  const excused = keysOf(waived.map(({ finding }) => finding));
  return rules.map(({ name, id, title, severity, controls, fix }) => {
    const judgements = judged.map(({ input: { system, environment, region }, verdicts }): { environment: string; state: RuleState } => {
      const state = verdicts.get(name)?.state ?? 'did-not-apply';
      const key = `${id} ${system} ${environment} ${region}`;
      return { environment: `${system}/${environment}`, state: state === 'failed' && excused.has(key) && !counting.has(key) ? 'waived' : state };
    });
    const counts: Record<RuleState, number> = { failed: 0, waived: 0, passed: 0, 'did-not-apply': 0 };
    for (const { state } of judgements) counts[state] += 1;
    return { rule: id, title, severity, controls, fix, state: worst(judgements), counts, environments: byEnvironment(judgements) };
  });
}

function worst(judgements: readonly { readonly state: RuleState }[]): RuleState {
  return statesThatApply.find((state) => judgements.some((judgement) => judgement.state === state)) ?? 'did-not-apply';
}

function byEnvironment(judgements: readonly { readonly environment: string; readonly state: RuleState }[]): Record<string, RuleState> {
  const names = [...new Set(judgements.map(({ environment }) => environment))].sort();
  const states = names.map((name) => [name, worst(judgements.filter(({ environment }) => environment === name))] as const);
  return Object.fromEntries(states.filter(([, state]) => state !== 'did-not-apply'));
}

function keysOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.flatMap(({ rule, where: { system, environment, regions } }) => regions.map((region) => `${rule} ${system} ${environment} ${region}`)));
}
