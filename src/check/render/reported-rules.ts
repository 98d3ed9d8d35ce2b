import type { Finding, Severity } from '../finding';
import type { CheckResult } from '../result';

/** A rule as reports list it, whichever tool it belongs to. */
export interface ReportedRule {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly controls: readonly string[];
  readonly fix: string;
  readonly page?: string;
}

/** The Guard rules and invariants that applied, and every other rule that found something, waived or not; by id. */
export function reportedRules({ rules, findings, waived }: CheckResult): ReportedRule[] {
  const applied = rules.filter(({ state }) => state !== 'did-not-apply').map(({ rule, title, severity, controls, fix }): ReportedRule => ({ rule, title, severity, controls, fix }));
  const found = [...findings, ...waived.map(({ finding }) => finding)].map(ruleOfFinding);
  const byId = new Map([...found.reverse(), ...applied].map((each) => [each.rule, each]));
  return [...byId.values()].sort((left, right) => (left.rule < right.rule ? -1 : 1));
}

function ruleOfFinding({ rule, title, what, severity, controls, fix, page }: Finding): ReportedRule {
  return { rule, title: title ?? what, severity, controls, fix, page };
}
