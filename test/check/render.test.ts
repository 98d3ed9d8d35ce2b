import { expect } from 'chai';
import { renderJson, renderTerminal } from '../../src/check';
import { aResult, finding, waiver } from './a-result';

const result = aResult();

describe('a check result', () => {
  it('is printed with control, place, value, fix, waiver and counts, without colour codes when piped', () => {
    expect(renderTerminal(result, { colors: false, width: 80 }).split('\n')).to.deep.equal([
      `✖ PCI DSS 4.0.1 3.5.1 · CT.RDS.PR.16  Storage is not encrypted              HIGH`,
      '    kasha/production/platform/data Primary  templates/systems/kasha/data.ts:48 (templates/modules/data/mysql.ts:31)  ap-southeast-1, us-east-1',
      '    now   StorageEncrypted: false',
      '    fix   Set StorageEncrypted to true',
      "    waive { rule: 'CT.RDS.PR.16', resource: 'kasha/production/platform/data#Primary', reason, owner, expires, because } in templates/systems/kasha/waivers.ts",
      '',
      '! waiver of CT.X on kasha/*/platform/data#Primary ends in 12 days, after 2026-06-13: platform answers for it',
      '✖ 1 finding · 1 waived (1 HIGH; 1 waiver ends within 30 days, the first in 12 days) · rules: 1 passed, 1 did not apply · 9 templates in 1.3 s · cfn-lint 1.58.0 · cfn-guard 3.1.1',
      '',
    ]);
  });

  it('is coloured on a terminal', () => {
    expect(renderTerminal(result, { colors: true, width: 80 })).to.contain('\u001b[31m');
  });

  it('says so when there is no finding', () => {
    expect(renderTerminal(aResult({ findings: [], waived: [] }), { colors: false, width: 80 })).to.match(/^✔ no finding · none waived/);
  });

  it('counts what is waived by severity, and warns of waivers that end within thirty days', () => {
    const until = (expires: string, severity: 'HIGH' | 'LOW') => ({ finding: { ...finding, severity }, waiver: { ...waiver, expires } });
    const waived = [until('2026-12-31', 'HIGH'), until('2026-07-01', 'LOW'), until('2026-07-02', 'LOW')];
    const printed = renderTerminal(aResult({ findings: [], waived }), { colors: false, width: 80 });
    expect(printed).to.contain('3 waived (1 HIGH, 2 LOW; 1 waiver ends within 30 days, the first in 30 days)');
    expect(printed.match(/^! waiver of CT\.X .*$/gm)).to.deep.equal(['! waiver of CT.X on kasha/*/platform/data#Primary ends in 30 days, after 2026-07-01: platform answers for it']);
    expect(JSON.parse(renderJson(aResult({ waived }))).waivers).to.deep.equal({
      bySeverity: { CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 2 },
      firstExpires: '2026-07-01',
      ending: [{ rule: 'CT.X', resource: 'kasha/*/platform/data#Primary', owner: 'platform', expires: '2026-07-01', days: 30 }],
    });
  });

  it('says when the first waiver expires when none ends soon', () => {
    const waived = [{ finding, waiver: { ...waiver, expires: '2026-12-31' } }];
    expect(renderTerminal(aResult({ findings: [], waived }), { colors: false, width: 80 })).to.match(/^✔ no finding · 1 waived \(1 HIGH; the first expires in 213 days\)/);
  });

  it('names the file instead of an address for a folder of templates, and offers no waiver', () => {
    const where = { system: 'app', environment: 'app', template: 'queues', logicalId: 'Orders', regions: ['us-east-1'], source: 'app/queues.yaml:12' };
    const printed = renderTerminal(aResult({ folder: 'app', findings: [{ ...finding, where }], waived: [], notes: ['app/sam.yaml: linted only'] }), { colors: false, width: 80 });
    expect(printed).to.contain('\n    Orders  app/queues.yaml:12  nested by app  us-east-1\n').and.to.contain('\n! app/sam.yaml: linted only\n');
    expect(printed).not.to.contain('waive');
  });

  it('is written as JSON with its exit code', () => {
    expect(JSON.parse(renderJson(result))).to.deep.include({ version: 1, exitCode: 1, findings: [finding] });
    expect(JSON.parse(renderJson({ ...result, findings: [] }))).to.deep.include({ exitCode: 0 });
  });
});
