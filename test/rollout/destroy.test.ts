import { existsSync } from 'node:fs';
import { ListStackSetsCommand, ListStacksCommand, DescribeStackSetCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { planDestroy, status } from '../../src/rollout';
import { MeridianError } from '../../src/errors';
import { parameters, Rehearsal } from './support/rehearsal';
import { primary, secondary } from './support/shop';

describe('status and destruction of a rolled system', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  beforeEach(() => rehearsal.rollFresh());
  after(() => rehearsal.stop());

  const places = () => ({ target: rehearsal.target, dist: rehearsal.dist });
  const stacks = async (region: string) => {
    const { StackSummaries = [] } = await rehearsal.target.in(region).cloudFormation.send(new ListStacksCommand({}));
    return StackSummaries.filter(({ StackStatus, StackName }) => StackStatus !== 'DELETE_COMPLETE' && StackName?.includes('shop')).map(({ StackName }) => StackName);
  };

  it('tells the status of each deployment in each region, and which template it has', async () => {
    const before = await status({ ...places(), systems: [{ system: 'shop', environment: 'test' }] });
    expect(before.map(({ node, instanceStatus, stackStatus, isBuilt, lastOperation }) => [node.deployment, node.region, instanceStatus, stackStatus, isBuilt, lastOperation?.status].join(' '))).to.deep.equal([
      `base ${secondary} CURRENT CREATE_COMPLETE true SUCCEEDED`,
      `base ${primary} CURRENT CREATE_COMPLETE true SUCCEEDED`,
      `app ${primary} CURRENT CREATE_COMPLETE true SUCCEEDED`,
      `app ${secondary} CURRENT CREATE_COMPLETE true SUCCEEDED`,
    ]);
    await rehearsal.build({ note: 'changed' });
    const after = await status({ ...places(), systems: [{ system: 'shop', environment: 'test' }, { system: 'shop', environment: 'test', suffix: 'copy' }] });
    expect(after.filter(({ isBuilt }) => isBuilt === false).map(({ node }) => node.deployment)).to.deep.equal(['app', 'app']);
    expect(after.filter(({ deployed }) => !deployed)).to.have.length(4);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('destroys in the reverse of first creation and leaves nothing but what a policy keeps, which it lists', async () => {
    const { outputsFile } = await rehearsal.rollout();
    const result = await rehearsal.destroy();
    expect(result.message).to.equal(undefined);
    expect(result.exitCode).to.equal(0);
    expect(result.nodes.map(({ node }) => `${node.deployment} ${node.region}`)).to.deep.equal([`app ${secondary}`, `app ${primary}`, `base ${primary}`, `base ${secondary}`]);
    expect(result.kept.map(({ node, path, logicalId, policy }) => [node.region, ...path, logicalId, policy].join(' '))).to.have.members([`${primary} Work Archive Retain`, `${secondary} Work Archive Retain`]);
    expect([...(await stacks(primary)), ...(await stacks(secondary))]).to.deep.equal([]);
    const { Summaries = [] } = await rehearsal.target.in(secondary).cloudFormation.send(new ListStackSetsCommand({ Status: 'ACTIVE' }));
    expect(Summaries.map(({ StackSetName }) => StackSetName), 'what the account shares stays').to.deep.equal(['meridian-account-shared-main-account']);
    expect(existsSync(outputsFile)).to.equal(false);
  });

  it('shows what it would do without doing it', async () => {
    const plan = await planDestroy({ ...places(), state: rehearsal.folder, system: 'shop', environment: 'test', parameters });
    expect(plan.nodes).to.have.length(4);
    expect(plan.kept).to.have.length(2);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('has nothing to do the second time', async () => {
    await rehearsal.destroy();
    await rehearsal.control.resetCalls();
    expect(await rehearsal.destroy()).to.deep.equal({ exitCode: 0, nodes: [], kept: [] });
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('names what blocked a deletion, and goes on when it is gone', async () => {
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Orders', operation: 'DELETE', reason: 'messages in flight' });
    const failed = await rehearsal.destroy();
    expect(failed.exitCode).to.equal(3);
    expect(failed.nodes.map(({ outcome }) => outcome)).to.deep.equal(['done', 'done', 'failed']);
    expect(failed.message).to.match(/^Instance of shop base in us-east-1 inoperable: its deletion failed \(Store ▸ Orders \(AWS::SQS::Queue\): .*messages in flight.*--retain-stacks/);
    const refused = await rehearsal.rollout().catch((error: Error) => error.message);
    expect(refused, 'nothing is rolled over it').to.match(/Instance of shop base in us-east-1 inoperable: its deletion failed/);
    await rehearsal.control.removeFaults();
    const again = await rehearsal.destroy();
    expect(again.exitCode).to.equal(0);
    const gone = await rehearsal.target.in(secondary).cloudFormation.send(new DescribeStackSetCommand({ StackSetName: 'meridian-shop-test-main-base' })).catch((error: Error) => error.name);
    expect(gone).to.equal('StackSetNotFoundException');
  });

  it('never destroys what the systems of an account share', async () => {
    const error = await rehearsal.destroy({ system: 'account', environment: 'shared' }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 1);
  });
});
