import junit, { type TestSuite } from 'junit-report-builder';
import type { WaivedFinding } from '../apply-waivers';
import { addressOf, type Finding } from '../finding';
import type { RuleOutcome } from '../outcome';
import type { CheckResult } from '../result';

/** What the findings of a step come from, for the test cases of steps without a list of rules. */
const sources = { quotas: ['quota', 'suppression'], 'cfn-lint': ['cfn-lint'], 'kubernetes-validate': ['kubernetes-validate'], metrics: ['metrics'], resolve: ['resolve'], waivers: ['waiver'] } as const satisfies Record<string, readonly Finding['source'][]>;

/**
 * A result as JUnit XML, which every build server shows: a test suite for each environment, a test case for each rule and invariant that
 * applies there and for each other rule that found something. A rule that found nothing but what is waived passes, and says so.
 */
export function renderJunit(result: CheckResult): string {
  const report = junit.newBuilder().name('meridian check');
  for (const environment of environmentsOf(result)) {
    const suite = report.testSuite().name(environment);
    const here = ({ where }: Finding): boolean => `${where.system}/${where.environment}` === environment;
    const findings = result.findings.filter(here);
    const waived = result.waived.filter(({ finding }) => here(finding));
    const applied = result.rules.filter((rule) => rule.environments[environment] !== undefined);
    for (const rule of applied) ruleCase(suite, rule, findings, waived);
    for (const [step, from] of Object.entries(sources)) {
      if (!ran(result, step)) continue;
      const of = (finding: Finding): boolean => (from as readonly string[]).includes(finding.source);
      otherCases(suite, step, findings.filter(of), waived.filter(({ finding }) => of(finding)));
    }
  }
  return report.build();
}

/** The environments that were checked, and those that only a waiver's finding names, such as `kasha/*`. */
function environmentsOf({ environments, findings }: CheckResult): string[] {
  return [...new Set([...environments, ...findings.map(({ where }) => `${where.system}/${where.environment}`)])].sort();
}

function ran({ steps, folder, tools }: CheckResult, step: string): boolean {
  if (step === 'kubernetes-validate') return tools[step] !== undefined;
  if (step === 'cfn-lint' || step === 'metrics') return steps.includes(step);
  if (step === 'resolve') return steps.some((each) => each !== 'cfn-lint' && each !== 'kubernetes-validate');
  return step === 'quotas' || folder === undefined;
}

function ruleCase(suite: TestSuite, { step, rule, title }: RuleOutcome, findings: readonly Finding[], waived: readonly WaivedFinding[]): void {
  addCase(suite, step, `${rule} ${title}`, findings.filter((finding) => finding.rule === rule), waived.filter(({ finding }) => finding.rule === rule));
}

/** A test case for each rule that found something, or one that passes for the step as a whole. */
function otherCases(suite: TestSuite, step: string, findings: readonly Finding[], waived: readonly WaivedFinding[]): void {
  const rules = [...new Set([...findings, ...waived.map(({ finding }) => finding)].map(({ rule }) => rule))].sort();
  if (rules.length === 0) suite.testCase().className(step).name(step);
  for (const rule of rules) {
    addCase(suite, step, rule, findings.filter((finding) => finding.rule === rule), waived.filter(({ finding }) => finding.rule === rule));
  }
}

function addCase(suite: TestSuite, className: string, name: string, findings: readonly Finding[], waived: readonly WaivedFinding[]): void {
  const testCase = suite.testCase().className(className).name(name);
  const [first] = findings;
  if (first) testCase.failure(findings.length === 1 ? first.what : `${first.what}, and ${findings.length - 1} more`, first.severity).stacktrace(findings.map(describe).join('\n\n'));
  if (waived.length > 0) testCase.standardOutput(waived.map(({ finding, waiver }) => `waived until ${waiver.expires} (${waiver.because}): ${addressOf(finding.where)}: ${waiver.reason}`).join('\n'));
}

function describe({ severity, what, where, now, fix }: Finding): string {
  const place = [addressOf(where), where.source, where.regions.join(', ')].filter((part) => part !== undefined && part !== '').join('  ');
  return `${severity} ${what}\n  ${place}\n  now ${now}\n  fix ${fix}`;
}
