import { CreateStackInstancesCommand, DeleteStackInstancesCommand, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

const StackSetName = 'meridian-shop-test-main-base';
const third = 'eu-west-1';

describe('fault 14: instances that are not the ones of the plan', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(() => rehearsal.rollFresh());

  const home = () => rehearsal.target.in(secondary).cloudFormation;
  const ended = (operation?: string) => rehearsal.ended(StackSetName, operation);
  const regions = async (): Promise<(string | undefined)[]> => {
    const { Summaries = [] } = await home().send(new ListStackInstancesCommand({ StackSetName }));
    return Summaries.map(({ Region }) => Region).sort();
  };

  it('one too many is refused with the command that deletes it, and nothing is changed', async () => {
    const { account } = rehearsal.target;
    const added = await ended((await home().send(new CreateStackInstancesCommand({ StackSetName, Accounts: [account], Regions: [third] }))).OperationId);
    expect(added, 'that region has no bucket of artifacts; the instance stays all the same').to.equal('FAILED');
    await rehearsal.build({ note: 'changed', visibility: 60 });
    await rehearsal.control.resetCalls();
    const refusal = await rehearsal.rollout().then(({ message }) => message, (error: Error) => error.message);
    expect(refusal).to.match(/refused: one problem\.\n/);
    expect(refusal).to.contain(`StackSet ${StackSetName} has an instance in ${third}: base is not built for that region.`);
    expect(refusal).to.contain(`aws cloudformation delete-stack-instances --stack-set-name ${StackSetName} --accounts ${account} --regions ${third} --no-retain-stacks --region ${secondary}`);
    expect(await rehearsal.mutations()).to.deep.equal([]);
    const deleted = await ended((await home().send(new DeleteStackInstancesCommand({ StackSetName, Accounts: [account], Regions: [third], RetainStacks: false }))).OperationId);
    expect(deleted).to.equal('SUCCEEDED');
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
  });

  it('a missing one is made again', async () => {
    const before = await regions();
    const deleted = await ended((await home().send(new DeleteStackInstancesCommand({ StackSetName, Accounts: [rehearsal.target.account], Regions: [primary], RetainStacks: false }))).OperationId);
    expect(deleted).to.equal('SUCCEEDED');
    expect(await regions()).to.not.deep.equal(before);
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
    expect(await regions()).to.deep.equal(before);
  });
});
