import { addressOf, type Finding } from '../check/finding';

/** The parts of the checker that can notice a mistake, in the order in which they are shown. */
export const steps = ['own rules', 'Control Tower', 'invariants', 'metrics', 'cfn-lint', 'other'] as const;

/** A part of the checker. */
export type Step = (typeof steps)[number];

/** A finding that a mutant has and its original has not, as far as the score needs it. */
export interface Killer {
  readonly step: Step;
  readonly rule: string;
}

/** What makes a finding the same in the original and in the mutant: the rule and the place. */
export function findingKey(finding: Finding): string {
  return `${finding.rule} ${addressOf(finding.where)}`;
}

/** The parts and rules behind findings that the original has not, each once. */
export function killersOf(findings: readonly Finding[], original: ReadonlySet<string>): readonly Killer[] {
  const fresh = findings.filter((finding) => !original.has(findingKey(finding))).map(({ source, rule }): Killer => ({ step: stepOf(source, rule), rule }));
  return [...new Map(fresh.map((killer) => [`${killer.step} ${killer.rule}`, killer])).values()];
}

function stepOf(source: Finding['source'], rule: string): Step {
  if (source === 'cfn-guard') return rule.startsWith('CT.') ? 'Control Tower' : 'own rules';
  return steps.find((step) => step === source) ?? 'other';
}
