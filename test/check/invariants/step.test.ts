import { join } from 'node:path';
import { expect } from 'chai';
import { renderJunit, renderSarif } from '../../../src/check';
import { loadRegister } from '../../../src/check/controls';
import { invariants } from '../../../src/check/invariants';
import { isRequirement, type Waiver } from '../../../src/check/waiver';
import { checkout } from '../../../src/toolchain';
import { cleanQueues, Shop, type Deployments } from '../shop';

const jobs = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs-prod' } };
const templates = (more: object = {}): Deployments => ({ platform: { root: { Resources: { ...cleanQueues(), ...more } } } });
const twice = { Jobs: jobs, Twin: jobs };
const rule = 'names_differ_within_a_region';
const waiver: Waiver = { rule, resource: 'shop/production/platform/root#Twin', reason: 'The supplier of both queues insists on it', owner: 'platform', expires: '2026-12-31', because: 'KSH-12' };

describe('what holds for an environment as a whole', () => {
  let shop: Shop;
  beforeEach(() => (shop = new Shop()));
  afterEach(() => shop.remove());
  const check = (more?: object, waivers: readonly Waiver[] = []) => shop.build(templates(more)).check({ steps: ['invariants'], waivers });

  it('is judged by no process, and told as passed, failed and did not apply', async () => {
    const { findings, rules, commands, progress } = await check({ Jobs: jobs });
    const stateOf = (id: string) => rules.find((outcome) => outcome.rule === id);
    expect(findings).to.deep.equal([]);
    expect(commands).to.deep.equal([]);
    expect(progress.at(-1)).to.deep.equal({ kind: 'done', step: 'invariants', units: 1, fromCache: 0, findings: 0 });
    expect(stateOf(rule)).to.deep.include({ step: 'invariants', state: 'passed', counts: { failed: 0, waived: 0, passed: 1, 'did-not-apply': 0 }, environments: { 'shop/production': 'passed' } });
    expect(stateOf('vpc_has_a_flow_log_of_its_own')).to.deep.include({ state: 'did-not-apply', environments: {} });
  });

  it('fails with one finding for both regions, at the line that asked for the resource', async () => {
    const { findings, rules } = await check(twice);
    const [finding, ...others] = findings.filter((each) => each.rule === rule);
    expect(others).to.deep.equal([]);
    expect(finding).to.deep.include({ source: 'invariants', severity: 'HIGH', what: 'Jobs of platform has the same name', now: 'QueueName: jobs-prod', path: 'Resources/Twin/Properties/QueueName' });
    expect(finding?.controls).to.include('NIST 800-53 r5 CM-6');
    expect(finding?.where).to.deep.include({ template: 'root', logicalId: 'Twin', regions: ['ap-southeast-1', 'us-east-1'], source: 'templates/systems/shop/root.ts:16' });
    expect(rules.find((outcome) => outcome.rule === rule)?.state).to.equal('failed');
  });

  it('can be waived like a rule', async () => {
    const { findings, waived, rules } = await check(twice, [waiver]);
    expect(findings.filter((each) => each.rule === rule)).to.deep.equal([]);
    expect(waived).to.have.length(1);
    expect(rules.find((outcome) => outcome.rule === rule)).to.deep.include({ state: 'waived', environments: { 'shop/production': 'waived' } });
  });

  it('is in the reports for build servers and code scanning', async () => {
    const result = await check(twice);
    expect(renderJunit(result)).to.contain(`classname="invariants" name="${rule} `).and.to.contain('name="names_tell_the_environment ');
    expect(renderSarif(result)).to.contain(`"ruleId": "${rule}"`).and.to.contain('"source": "invariants"');
  });

  it('is said by ids that differ, for controls that are registered, with a fix each', () => {
    const { controls } = loadRegister(join(checkout, 'rules', 'controls'));
    expect(new Set(invariants.map(({ id }) => id)).size).to.equal(invariants.length);
    for (const invariant of invariants) {
      expect(invariant.id).to.match(/^[a-z0-9]+(_[a-z0-9]+)+$/);
      expect(invariant.fix).not.to.equal('');
      expect(invariant.controls.filter((control) => !controls.has(control)), invariant.id).to.deep.equal([]);
      expect(invariant.controls, invariant.id).not.to.be.empty;
      expect(invariant.requirements.filter((id) => !isRequirement(id)), invariant.id).to.deep.equal([]);
    }
  });
});
