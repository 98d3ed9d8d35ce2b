import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'chai';
import { renderJunit, type CheckResult } from '../../src/check';
import { aResult, finding } from './a-result';

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly failure?: { readonly message: string; readonly type: string; readonly '#text': string };
  readonly 'system-out'?: string;
}

interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly testcase: readonly Case[];
}

describe('a check result as JUnit XML', () => {
  const suitesOf = (result: CheckResult): readonly Suite[] => {
    const xml = renderJunit(result);
    expect(XMLValidator.validate(xml)).to.equal(true);
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: (name) => name === 'testsuite' || name === 'testcase' });
    return (parser.parse(xml) as { testsuites: { testsuite: Suite[] } }).testsuites.testsuite;
  };
  const namesOf = ([suite]: readonly Suite[]) => suite?.testcase.map(({ classname, name, failure }) => `${classname}: ${name}${failure ? ' ✖' : ''}`);

  it('has a suite for each environment and a case for each rule that applies there', () => {
    const suites = suitesOf(aResult());
    expect(suites.map(({ name, tests, failures }) => ({ name, tests, failures }))).to.deep.equal([{ name: 'kasha/production', tests: '7', failures: '1' }]);
    expect(namesOf(suites)).to.deep.equal([
      'cfn-guard: CT.RDS.PR.16 Storage is encrypted ✖',
      'cfn-guard: CT.SQS.PR.1 A queue has a dead-letter queue',
      'quotas: quotas',
      'cfn-lint: cfn-lint',
      'metrics: metrics',
      'resolve: resolve',
      'waivers: waivers',
    ]);
  });

  it('lists every finding of a rule in its failure, with place, value and fix', () => {
    const other = { ...finding, where: { ...finding.where, logicalId: 'Replica' } };
    const [failed] = suitesOf(aResult({ findings: [finding, other] }))[0]?.testcase ?? [];
    expect(failed?.failure).to.include({ message: 'Storage is not encrypted, and 1 more', type: 'HIGH' });
    expect(failed?.failure?.['#text']).to.contain('kasha/production/platform/data#Primary').and.to.contain('#Replica').and.to.contain('fix Set StorageEncrypted to true');
  });

  it('has a case for each rule of another tool that found something, instead of the one for the tool', () => {
    const result = aResult({ findings: [{ ...finding, source: 'cfn-lint', rule: 'E3002' }, { ...finding, source: 'metrics', rule: 'metric-name' }] });
    expect(namesOf(suitesOf(result))).to.include('cfn-lint: E3002 ✖').and.to.include('metrics: metric-name ✖').and.not.to.include('metrics: metrics');
  });

  it('lets a rule pass whose findings are all waived, and says why', () => {
    const rule = { ...aResult().rules[0], rule: 'CT.X', state: 'waived', environments: { 'kasha/production': 'waived' } } as CheckResult['rules'][number];
    const [waived] = suitesOf(aResult({ findings: [], rules: [rule] }))[0]?.testcase ?? [];
    expect(waived?.failure).to.equal(undefined);
    expect(waived?.['system-out']).to.contain('waived until 2026-06-13 (KSH-12)').and.to.contain('Because it has to be');
  });

  it('says nothing of a step that did not run', () => {
    expect(namesOf(suitesOf(aResult({ steps: ['cfn-guard'] })))).not.to.include('cfn-lint: cfn-lint').and.not.to.include('metrics: metrics');
  });

  it('keeps text with markup characters', () => {
    const [failed] = suitesOf(aResult({ findings: [{ ...finding, what: 'a < b & "c"', now: ']]> &' }] }))[0]?.testcase ?? [];
    expect(failed?.failure?.message.replaceAll('&lt;', '<').replaceAll('&amp;', '&').replaceAll('&quot;', '"')).to.equal('a < b & "c"');
  });
});
