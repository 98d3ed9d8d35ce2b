import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import Ajv from 'ajv-draft-04';
import { expect } from 'chai';
import type { Log, Result } from 'sarif';
import { renderSarif, type CheckResult } from '../../src/check';
import { loadRegister } from '../../src/check/controls';
import { checkout } from '../../src/toolchain';
import { aResult, finding, waiver } from './a-result';

/** The schema of SARIF 2.1.0 as Microsoft's package of matchers ships it. */
function sarifSchema(): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(checkout, 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as object);
}

describe('a check result as SARIF', () => {
  const runOf = (result: CheckResult) => {
    const [run] = (JSON.parse(renderSarif(result)) as Log).runs;
    if (!run) throw new Error('no run');
    return run;
  };
  const resultsOf = (result: CheckResult): readonly Result[] => runOf(result).results ?? [];

  it('fits the schema of SARIF 2.1.0, which refuses it once a level is misspelt', () => {
    const fits = sarifSchema();
    const text = renderSarif(aResult());
    expect(fits(JSON.parse(text)), JSON.stringify(fits.errors)).to.equal(true);
    expect(fits(JSON.parse(text.replaceAll('"level": "error"', '"level": "eror"')))).to.equal(false);
  });

  it('points at the TypeScript that asked for the resource, and at the emitted template beside it', () => {
    const [result] = resultsOf(aResult());
    expect(result?.locations?.[0]?.physicalLocation).to.deep.include({ region: { startLine: 48 } });
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).to.equal('templates/systems/kasha/data.ts');
    expect(result?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName).to.equal('kasha/production/platform/data#Primary Resources/Primary/Properties/StorageEncrypted');
    expect(result?.relatedLocations?.[0]?.physicalLocation?.artifactLocation?.uri).to.equal('dist/kasha/production/platform/data.json');
    expect(result?.message.text).to.contain('Now: StorageEncrypted: false').and.to.contain('Fix: Set StorageEncrypted to true');
  });

  it('lists the rules that applied with help, controls and level, and none that did not', () => {
    const rules = runOf(aResult()).tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).to.deep.equal(['CT.RDS.PR.16', 'CT.SQS.PR.1', 'CT.X']);
    expect(rules[0]?.help?.text).to.equal('Encrypt the storage');
    expect(rules[0]?.properties?.tags).to.deep.equal(['security', 'PCI DSS 4.0.1 3.5.1']);
    expect(rules[0]?.defaultConfiguration?.level).to.equal('error');
  });

  it('keeps a waived finding as an accepted suppression with its reason', () => {
    const [counting, waived] = resultsOf(aResult());
    expect(counting?.suppressions).to.equal(undefined);
    expect(waived?.suppressions).to.deep.equal([{ kind: 'external', status: 'accepted', justification: `${waiver.reason} (KSH-12, platform, until 2026-06-13)` }]);
  });

  it('lists the frameworks that rules serve as taxonomies, and relates each rule to its controls', () => {
    const register = loadRegister(join(checkout, 'rules', 'controls'));
    const text = renderSarif(aResult(), register);
    const fits = sarifSchema();
    expect(fits(JSON.parse(text)), JSON.stringify(fits.errors)).to.equal(true);
    const [run] = (JSON.parse(text) as Log).runs;
    expect(run?.taxonomies?.map(({ name, taxa }) => [name, taxa?.map(({ id }) => id)])).to.deep.equal([['PCI DSS 4.0.1', ['3.5.1']], ['NIST 800-53 r5', ['SC-28']]]);
    expect(run?.tool.driver.rules?.[0]?.relationships).to.deep.equal([{ target: { id: '3.5.1', toolComponent: { name: 'PCI DSS 4.0.1' } }, kinds: ['relevant'] }]);
  });

  for (const { severity, level } of [
    { severity: 'CRITICAL', level: 'error' },
    { severity: 'HIGH', level: 'error' },
    { severity: 'MEDIUM', level: 'warning' },
    { severity: 'LOW', level: 'note' },
  ] as const) {
    it(`gives ${severity} the level ${level}`, () => {
      expect(resultsOf(aResult({ findings: [{ ...finding, severity }] }))[0]?.level).to.equal(level);
    });
  }

  it('gives equal findings equal fingerprints, and others others', () => {
    const fingerprint = (path: string) => resultsOf(aResult({ findings: [{ ...finding, path }] }))[0]?.partialFingerprints;
    expect(fingerprint('a')).to.deep.equal(fingerprint('a')).and.not.to.deep.equal(fingerprint('b'));
  });

  it('falls back to the emitted template for a finding without a line', () => {
    const [result] = resultsOf(aResult({ findings: [{ ...finding, where: { ...finding.where, source: undefined } }] }));
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).to.equal('dist/kasha/production/platform/data.json');
  });
});
