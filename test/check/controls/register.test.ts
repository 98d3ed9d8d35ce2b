import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules, type GuardRule } from '../../../src/check/cfn-guard/rule';
import { controlsOf, loadRegister, requireControls } from '../../../src/check/controls/register';
import { invariants } from '../../../src/check/invariants';
import { operators } from '../../../src/mutate/operators';
import { isRequirement } from '../../../src/check/waiver';
import { checkout, controlTowerRules } from '../../../src/toolchain';
import types from '../../../src/cfn/resource-types.json';
import { RuleFolder } from './rule-folder';

const natural = new Intl.Collator('en', { numeric: true });

describe('the register of controls', () => {
  const register = loadRegister(join(checkout, 'rules', 'controls'));

  for (const { slug, id } of [
    { slug: 'pci-dss', id: /^\d{1,2}(\.\d{1,2}){2,3}$/ },
    { slug: 'nist-800-53', id: /^[A-Z]{2}-\d{1,2}(\(\d{1,2}\))?$/ },
    { slug: 'soc-2', id: /^(CC\d|A1|C1|PI1|P\d)\.\d{1,2}$/ },
    { slug: 'cis-aws', id: /^\d(\.\d{1,2}){1,2}$/ },
    { slug: 'mas-trm', id: /^\d{1,2}\.\d{1,2}$/ },
    { slug: 'gdpr', id: /^Art\. \d{1,2}$/ },
  ]) {
    it(`has ${slug} with its edition, its publisher and controls in order, each with a title of one line`, () => {
      const framework = register.frameworks.find((each) => each.slug === slug);
      expect(framework, slug).not.to.equal(undefined);
      const controls = framework ? controlsOf(framework) : [];
      expect(controls).not.to.be.empty;
      for (const control of controls) {
        expect(control.id).to.match(id);
        expect(control.title).to.match(/^[A-Z].{5,120}[^.\s]$/);
      }
      const ids = controls.map((control) => control.id);
      expect(ids).to.deep.equal([...ids].sort(natural.compare));
    });
  }

  it('has six frameworks, the payment card standard first, and no name twice', () => {
    expect(register.frameworks.map(({ slug }) => slug)).to.deep.equal(['pci-dss', 'nist-800-53', 'soc-2', 'cis-aws', 'mas-trm', 'gdpr']);
    expect(register.controls.size).to.equal(register.frameworks.flatMap(controlsOf).length);
  });
});

describe('controls that rules name', () => {
  let rules: readonly GuardRule[] = [];
  const folders: RuleFolder[] = [];
  const ruleFolder = (): RuleFolder => {
    const folder = new RuleFolder();
    folders.push(folder);
    return folder;
  };

  before(() => {
    rules = loadRules({ own: join(checkout, 'rules'), controlTower: controlTowerRules() });
  });

  after(() => folders.forEach((folder) => folder.remove()));

  it('are at least one for each rule of ours', () => {
    const without = rules.filter(({ id }) => !id.startsWith('CT.')).filter(({ controls }) => controls.every(isRequirement));
    expect(without.map(({ name }) => name)).to.deep.equal([]);
  });

  for (const { what, named } of [
    { what: 'invariant', named: invariants },
    { what: 'mistake of the mutation test', named: operators },
  ]) {
    it(`are registered for each ${what}, and at least one`, () => {
      const register = loadRegister(join(checkout, 'rules', 'controls'));
      for (const { id, controls } of named) {
        expect(controls, id).not.to.be.empty;
        requireControls(register, id, controls);
      }
    });
  }

  it('stop the check with the rule, the control and the nearest one when they are not registered', () => {
    const folder = ruleFolder().rule('parameter_is_here', 'PCI DSS 4.0.1 3.5.1, PCI DSS 4.0.1 3.5.11');
    expect(() => folder.load()).to.throw(/^Rule parameter_is_here: control "PCI DSS 4\.0\.1 3\.5\.11" is not in rules\/controls\. The nearest is "PCI DSS 4\.0\.1 3\.5\.1"\./).with.property('exitCode', 2);
    expect(folder.rule('parameter_is_here', 'PCI DSS 4.0.1 3.5.1').load().map(({ name }) => name)).to.include('parameter_is_here');
  });

  for (const { what, file, text, message } of [
    { what: 'a framework without its publisher', file: 'soc-2.json', text: '{ "framework": "x", "short": "SOC 2", "version": "1", "published": "2017", "controls": {} }', message: /soc-2\.json: .*source/s },
    { what: 'a framework that is no JSON', file: 'soc-2.json', text: '{', message: /soc-2\.json: .*JSON/ },
    { what: 'a Control Tower control that does not exist', file: 'control-tower.json', text: mapped('CT.RDS.PR.99', 'SOC 2 CC6.1'), message: /CT\.RDS\.PR\.99.*no such control/ },
    { what: 'a Control Tower control mapped to what is not registered', file: 'control-tower.json', text: mapped('CT.RDS.PR.1', 'SOC 2 CC6.11'), message: /CT\.RDS\.PR\.1 .*"SOC 2 CC6\.11".*nearest is "SOC 2 CC6\.1"/ },
  ]) {
    it(`stop the check for ${what}`, () => {
      expect(() => ruleFolder().controls(file, text).load()).to.throw(message).with.property('exitCode', 2);
    });
  }

  it('come first and in current editions for a Control Tower rule, with the NIST ids that are registered', () => {
    const controls = rules.find(({ id }) => id === 'CT.RDS.PR.24')?.controls ?? [];
    expect(controls.slice(0, 2)).to.deep.equal(['PCI DSS 4.0.1 3.5.1', 'CIS AWS 5.0.0 2.2.1']);
    expect(controls).to.include('NIST 800-53 r5 SC-28').and.not.to.include('NIST 800-53 r5 CA-9(1)');
    expect(controls.filter((control) => /3\.2\.1|CIS 1\.4/.test(control))).to.deep.equal([]);
  });

  it('are those of the older editions for a Control Tower rule of a service that no system uses', () => {
    expect(rules.find(({ id }) => id === 'CT.REDSHIFT.PR.8')?.controls).to.include('PCI DSS 3.2.1 3.4');
  });

  it('are mapped for every Control Tower rule about a type that templates may use', () => {
    const { mappings } = readJson<{ mappings: Record<string, string[]> }>(join(checkout, 'rules/controls/control-tower.json'));
    const metadata = join(controlTowerRules(), 'metadata');
    const judged = readdirSync(metadata, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => readJson<{ Id: string; EvaluatedResourceTypes: string[] }>(join(metadata, name)))
      .filter(({ EvaluatedResourceTypes }) => EvaluatedResourceTypes.some((type) => types.includes(type)));
    expect(judged).not.to.be.empty;
    const missing = judged.filter(({ Id }) => mappings[Id] === undefined).map(({ Id }) => Id);
    expect(missing, 'no framework asks that a certificate has a single name').to.deep.equal(['CT.ACM.PR.1']);
  });
});

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function mapped(id: string, control: string): string {
  return JSON.stringify({ title: 'x', source: 'https://example.com', mappings: { [id]: [control] } });
}
