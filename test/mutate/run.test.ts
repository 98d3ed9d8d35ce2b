import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Finding, Waiver } from '../../src/check';
import { findingKey, killersOf } from '../../src/mutate/killer';
import { mutate, type MutationOptions } from '../../src/mutate/run';
import { survivorsOf } from '../../src/mutate/report';
import type { MutationResult } from '../../src/mutate/result';
import type { MutationSetting } from '../../src/mutate/setting';
import { cleanQueues, nestedStack, Shop } from '../check/shop';

const redrive = 'sqs-redrive-removed';
const waiver: Waiver = { rule: 'CT.SQS.PR.1', resource: 'shop/production/platform/data#*', reason: 'The queue holds nothing that anybody misses.', owner: 'Shop', expires: '2026-12-31', because: 'ADR-0001' };

const worker = { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: 'arn:aws:iam::111122223333:role/worker', Code: { ZipFile: 'exports.handler = async () => undefined;' } } };

describe('a mutation test', function () {
  this.timeout(120_000);
  let shop: Shop;
  let store: string;

  before(() => {
    store = mkdtempSync(join(tmpdir(), 'meridian-mutants-'));
    shop = new Shop().build({ platform: { root: { Resources: { Data: nestedStack('data') } }, data: { Resources: { ...cleanQueues(), Worker: worker } } } });
    // Only the rules of Control Tower: what ours notice changes from day to day.
    const rules = join(shop.folder, 'rules');
    for (const service of readdirSync(rules).filter((name) => name !== 'controls')) rmSync(join(rules, service), { recursive: true });
  });

  after(() => {
    rmSync(store, { recursive: true });
    shop.remove();
  });

  const run = (setting: Partial<MutationSetting>, options: MutationOptions = {}): Promise<MutationResult> =>
    mutate({ dist: shop.dist, project: shop.folder, store, environments: [{ system: 'shop', environment: 'production', parameters: {} }], waivers: [], today: '2026-06-01', ...setting }, { jobs: 1, equivalents: [], ...options });
  const names = (result: MutationResult): string[] => survivorsOf(result).map(({ mutant }) => `${mutant.operator.id} ${mutant.logicalId}`);

  it('names the rule that notices a mistake, and lists mistakes that none does', async () => {
    const result = await run({ operators: [redrive, 'sqs-forgets'] });
    const noticed = result.judged.find(({ mutant }) => mutant.operator.id === redrive);
    expect(noticed?.killers).to.deep.include({ step: 'Control Tower', rule: 'CT.SQS.PR.1' });
    expect(names(result)).to.deep.equal(['sqs-forgets Dead', 'sqs-forgets Orders']);
  });

  it('does not count a finding that a waiver covers', async () => {
    expect(names(await run({ operators: [redrive], waivers: [waiver] }))).to.deep.equal([`${redrive} Orders`]);
  });

  it('does not count a finding that the original has already', () => {
    const where = { system: 'shop', environment: 'production', deployment: 'platform', template: 'data', logicalId: 'Orders', regions: ['us-east-1'] };
    const finding: Finding = { source: 'cfn-guard', rule: 'CT.SQS.PR.1', controls: [], severity: 'HIGH', what: 'No dead letters', where, now: '', fix: '', path: '' };
    expect(killersOf([finding], new Set())).to.deep.equal([{ step: 'Control Tower', rule: 'CT.SQS.PR.1' }]);
    expect(killersOf([{ ...finding, now: 'more of it' }], new Set([findingKey(finding)]))).to.deep.equal([]);
  });

  it('asks cfn-lint about what nothing else noticed', async () => {
    const { judged } = await run({ operators: ['lambda-old-runtime'] });
    expect(judged.flatMap(({ killers }) => killers.map(({ step }) => step))).to.deep.equal(['cfn-lint']);
  });

  it('leaves out of the score what the list calls equivalent, and says why', async () => {
    const equivalent = { operator: 'sqs-forgets', resource: 'shop/production/platform/data#Dead', reason: 'Nobody reads dead letters.' };
    const result = await run({ operators: ['sqs-forgets'] }, { equivalents: [equivalent] });
    expect(names(result)).to.deep.equal(['sqs-forgets Orders']);
    expect(result.equivalents).to.deep.equal([{ equivalent, mutants: 1 }]);
  });

  it('comes to the same in several processes', async () => {
    const setting = { operators: [redrive, 'sqs-forgets', 'sqs-unencrypted', 'sqs-never-gives-up'] };
    const [alone, shared] = [await run(setting), await run(setting, { jobs: 2 })];
    expect(shared.judged.map(({ killers }) => killers)).to.deep.equal(alone.judged.map(({ killers }) => killers));
  });

  it('refuses an operator that there is not, with those like it', async () => {
    expect(await run({ operators: ['sqs-forgetful'] }).catch((error: unknown) => error)).to.have.property('message').that.contains('sqs-forgets');
  });
});
