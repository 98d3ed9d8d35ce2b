import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { forbiddenLosses, plan, type NodePlan, type ResourceChange, type RolloutPlan } from '../../../src/rollout';
import { mergeForesight } from '../../../src/rollout/plan/foresight';
import { Rehearsal } from '../support/rehearsal';
import { account, primary, secondary } from '../support/shop';
import { ledger, type LedgerSettings } from './ledger';

describe('a plan with change sets', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  const options = (title = 'Ledger') => ({ system: 'ledger', environment: 'test', parameters: { file: 'parameters/ledger/test.yaml', suffix: 'main', values: { Title: title } } });
  const buildLedger = (settings: Partial<LedgerSettings> = {}) => build({ dist: rehearsal.dist, systems: [account(), ledger(settings)] });
  const planned = (title?: string): Promise<RolloutPlan> => plan({ target: rehearsal.target, dist: rehearsal.dist, ...options(title), changeSets: true });
  const foresights = ({ nodes }: RolloutPlan) => nodes.flatMap(({ node, foresight }) => (foresight ? [[`${node.deployment} ${node.region}`, foresight] as const] : []));

  beforeEach(async () => {
    await rehearsal.control.reset();
    await buildLedger();
    const { message } = await rehearsal.rollout(options());
    if (message) throw new Error(message);
    await rehearsal.control.resetCalls();
  });

  it('makes none where nothing is updated', async () => {
    expect(foresights(await planned())).to.deep.equal([]);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('reaches into nested stacks, agrees with the templates, and leaves no change set behind', async () => {
    await buildLedger({ visibility: 60 });
    const same = { changes: 1, differs: [], unseen: [] };
    expect(foresights(await planned())).to.deep.equal([[`base ${secondary}`, same], [`base ${primary}`, same]]);
    const calls = (await rehearsal.mutations()).filter((call) => !call.startsWith('PUT '));
    expect(calls.sort()).to.deep.equal(['CreateChangeSet', 'DeleteChangeSet'].flatMap((action) => [`${action} ${secondary}`, `${action} ${primary}`]));
    expect((await rehearsal.rollout(options())).nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'done', 'done', 'unchanged', 'unchanged']);
  });

  it('agrees that another name replaces what stores data', async () => {
    await buildLedger({ queue: 'other' });
    const made = await planned();
    expect(foresights(made)[0]?.[1].differs.map(({ resource, foreseen }) => [resource, foreseen])).to.deep.equal([]);
    expect(forbiddenLosses(made, []).map(({ change }) => change.logicalId)).to.deep.equal(['Entries', 'Entries']);
  });

  it('is asked with the values of changed parameters', async () => {
    const made = await planned('Other');
    expect(foresights(made).map(([name, { changes, differs }]) => [name, changes, differs.length])).to.deep.equal([[`app ${secondary}`, 1, 0], [`app ${primary}`, 1, 0]]);
  });
});

describe('what CloudFormation foresees of a node', () => {
  const state = { template: 'f'.repeat(64), parameters: {} };
  const orders: ResourceChange = { path: ['Store'], logicalId: 'Orders', type: 'AWS::SQS::Queue', action: 'change', storesData: true, properties: [] };
  const planned: NodePlan = { node: { system: 's', environment: 'e', deployment: 'base', region: primary }, stackSet: 'x', action: 'update', reasons: ['template'], before: state, after: state, resources: [orders], permissions: [], rules: [], limits: { rootBytes: 1, resources: 1 } };
  const { path, logicalId, type } = orders;

  it('is taken at its word where it says that more happens: data at stake is asked about', () => {
    const merged = mergeForesight(planned, { changes: [{ path, logicalId, type, action: 'replace' }], unseen: [] });
    expect(merged.resources).to.deep.equal([{ ...orders, action: 'replace' }]);
    expect(merged.foresight).to.deep.equal({ changes: 1, differs: [{ resource: 'Store/Orders', planned: 'change', foreseen: 'replace' }], unseen: [] });
  });

  it('takes nothing back that the templates tell', () => {
    const merged = mergeForesight({ ...planned, resources: [{ ...orders, action: 'replace' }] }, { changes: [{ path, logicalId, type, action: 'change' }], unseen: [] });
    expect(merged.resources[0]?.action).to.equal('replace');
    expect(merged.foresight?.differs).to.deep.equal([{ resource: 'Store/Orders', planned: 'replace', foreseen: 'change' }]);
  });

  it('adds what the templates do not tell, and names what it does not foresee', () => {
    const merged = mergeForesight(planned, { changes: [{ path: [], logicalId: 'Table', type: 'AWS::DynamoDB::Table', action: 'remove' }], unseen: [] });
    expect(merged.resources.map((resource) => [resource.logicalId, resource.action, resource.storesData])).to.deep.equal([['Orders', 'change', true], ['Table', 'remove', true]]);
    expect(merged.foresight?.differs).to.deep.equal([{ resource: 'Table', planned: undefined, foreseen: 'remove' }, { resource: 'Store/Orders', planned: 'change' }]);
  });

  it('is no contradiction where it only depends on a value that the update will tell', () => {
    const perhaps = { path, logicalId, type, action: 'may-replace', certain: false } as const;
    expect(mergeForesight(planned, { changes: [perhaps, { ...perhaps, logicalId: 'Other' }], unseen: [] })).to.deep.equal({ ...planned, foresight: { changes: 0, differs: [], unseen: [] } });
  });

  it('does not contradict where it can not see into a nested stack', () => {
    expect(mergeForesight(planned, { changes: [], unseen: ['Store'] }).foresight).to.deep.equal({ changes: 0, differs: [], unseen: ['Store'] });
  });
});
