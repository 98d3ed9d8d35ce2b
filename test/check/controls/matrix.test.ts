import { expect } from 'chai';
import { cellOf, controlMatrix, environmentColumns, systemColumns, type Evidence, type Register } from '../../../src/check/controls';
import type { CheckResult } from '../../../src/check';
import { aResult, finding, waiver } from '../a-result';
import { aRegister } from './a-register';

/** What a check of two systems came to for rules of these states. */
function resultOf(states: Readonly<Record<string, Evidence['environments']>>, change: Partial<CheckResult> = {}): CheckResult {
  const outcome = aResult().rules[0]!;
  const rules = Object.entries(states).map(([rule, environments]) => ({ ...outcome, rule, controls: ['SOC 2 CC6.1', 'KSH-12'], environments }));
  return aResult({ rules, findings: [], waived: [], environments: ['account/shared', 'kasha/develop', 'kasha/production'], ...change });
}

const waivedUntil = (expires: string, environment: string, rule = 'a'): CheckResult['waived'][number] => ({ finding: { ...finding, rule, where: { ...finding.where, environment } }, waiver: { ...waiver, expires } });

describe('the matrix of controls', () => {
  const register: Register = aRegister();
  const rowOf = (result: CheckResult) => controlMatrix(result, register).frameworks[0]?.controls[0];

  for (const { what, states, expected } of [
    { what: 'failed when one of its rules failed anywhere', states: { a: { 'kasha/develop': 'failed', 'kasha/production': 'passed' }, b: { 'kasha/develop': 'passed' } }, expected: { state: 'failed', rules: { failed: 1, waived: 0, passed: 1, 'did-not-apply': 0 } } },
    { what: 'waived, not passed, when one of its rules is waived', states: { a: { 'kasha/develop': 'waived' }, b: { 'kasha/develop': 'passed' } }, expected: { state: 'waived', rules: { failed: 0, waived: 1, passed: 1, 'did-not-apply': 0 } } },
    { what: 'passed when all rules that apply passed, and tells of those that did not apply', states: { a: { 'kasha/develop': 'passed' }, b: {} }, expected: { state: 'passed', rules: { failed: 0, waived: 0, passed: 1, 'did-not-apply': 1 } } },
    { what: 'not passed when none of its rules applied', states: { a: {}, b: { 'account/shared': 'passed' } }, expected: { state: 'did-not-apply', rules: { failed: 0, waived: 0, passed: 0, 'did-not-apply': 2 } } },
  ] as const) {
    it(`says of a control that it is ${what}`, () => {
      const result = resultOf(states);
      const kasha = systemColumns(result).find(({ name }) => name === 'kasha')!;
      expect(cellOf(rowOf(result)?.rules ?? [], kasha, [])).to.deep.include(expected);
    });
  }

  it('tells environments apart, and until when the first of their waivers holds', () => {
    const result = resultOf({ a: { 'kasha/develop': 'waived', 'kasha/production': 'waived' } }, { waived: [waivedUntil('2027-06-30', 'develop'), waivedUntil('2027-01-31', 'develop'), waivedUntil('2028-01-31', 'production'), waivedUntil('2026-12-31', 'production', 'other')] });
    const columns = environmentColumns(result);
    const rules = rowOf(result)?.rules ?? [];
    expect(columns.map((column) => [column.name, cellOf(rules, column, []).waivedUntil])).to.deep.equal([['account/shared', undefined], ['kasha/develop', '2027-01-31'], ['kasha/production', '2028-01-31']]);
    expect(cellOf(rules, { environments: ['kasha/develop', 'kasha/production'] }, []).waivedUntil).to.equal('2027-01-31');
  });

  it('names environments without their system where there is only one', () => {
    expect(environmentColumns({ environments: ['kasha/develop', 'kasha/production'] }).map(({ name }) => name)).to.deep.equal(['develop', 'production']);
  });

  it('calls an environment that did not resolve not judged, whatever its rules seem to say', () => {
    const result = resultOf({ a: { 'kasha/production': 'passed' } }, { findings: [{ ...finding, source: 'resolve' }] });
    const { notJudged } = controlMatrix(result, register);
    expect(notJudged).to.deep.equal(['kasha/production']);
    expect(cellOf(rowOf(result)?.rules ?? [], { environments: ['kasha/production'] }, notJudged).state).to.equal('not-judged');
  });

  it('lists rules by severity with their requirements, and controls without rule apart', () => {
    const { frameworks } = controlMatrix(resultOf({ 'CT.X.PR.10': {}, 'CT.X.PR.2': {} }), register);
    expect(frameworks[0]?.controls.map(({ name }) => name)).to.deep.equal(['SOC 2 CC6.1']);
    expect(frameworks[0]?.controls[0]?.rules.map(({ rule, requirements }) => [rule, requirements])).to.deep.equal([['CT.X.PR.2', ['KSH-12']], ['CT.X.PR.10', ['KSH-12']]]);
    expect(frameworks[0]?.uncovered.map(({ id }) => id)).to.deep.equal(['CC9.1']);
  });
});
