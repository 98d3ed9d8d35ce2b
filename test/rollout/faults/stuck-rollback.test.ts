import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { continueRollbacks, stuckStacks } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { secondary } from '../support/shop';

describe('fault 8: an update that fails and can not be undone', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  const stuck = () => stuckStacks({ target: rehearsal.target, dist: rehearsal.dist, system: 'shop', environment: 'test', suffix: 'main' });

  /** An update of the queue that is refused, while the parameter that was updated before it can not go back. */
  beforeEach(async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ label: 'second', visibility: 43_201 });
    const hang = await rehearsal.control.addFault({ target: 'resource', kind: 'hang', region: secondary, logicalId: 'PublishLabel', operation: 'UPDATE' });
    const update = rehearsal.rollout();
    while ((await rehearsal.control.faults()).every(({ struck }) => struck === 0)) await sleep(5);
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: secondary, logicalId: 'Label', operation: 'UPDATE', reason: 'Disk on fire' });
    await rehearsal.control.removeFaults(hang.id);
    expect((await update).exitCode).to.equal(3);
  });

  it('is refused by the next rollout, which names the command, and told with what could not go back', async () => {
    const refusal = await rehearsal.rollout().then(() => undefined, (error: unknown) => error);
    expect(refusal).to.be.instanceOf(MeridianError);
    expect((refusal as MeridianError).message).to.contain('Run "meridian continue-rollback shop test --dry-run" to see what could not go back');
    const [stack, ...more] = await stuck();
    expect(more).to.deep.equal([]);
    expect(stack?.node).to.deep.equal({ system: 'shop', environment: 'test', deployment: 'base', region: secondary });
    expect(stack?.resources).to.deep.equal([{ name: 'Label', path: [], logicalId: 'Label', type: 'AWS::SSM::Parameter', reason: 'Disk on fire' }]);
  });

  it('goes back once the cause is corrected, without skipping anything, and the next rollout goes on', async () => {
    await rehearsal.control.removeFaults();
    const [ended] = await continueRollbacks(rehearsal.target, await stuck(), []);
    expect(ended).to.deep.include({ status: 'UPDATE_ROLLBACK_COMPLETE', skipped: [] });
    expect(await stuck()).to.deep.equal([]);
    await rehearsal.build({ label: 'second' });
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
  });

  it('stays stuck while the cause is there, and leaves it only to a name that is given', async () => {
    expect((await continueRollbacks(rehearsal.target, await stuck(), []))[0]?.status).to.equal('UPDATE_ROLLBACK_FAILED');
    const [ended] = await continueRollbacks(rehearsal.target, await stuck(), ['Label']);
    expect(ended?.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(ended?.skipped.map(({ logicalId }) => logicalId)).to.deep.equal(['Label']);
  });

  it('is not touched for a name that is none of those that could not go back', async () => {
    const stacks = await stuck();
    await rehearsal.control.resetCalls();
    const refusal = await continueRollbacks(rehearsal.target, stacks, ['Store/Orders']).then(() => undefined, (error: unknown) => error);
    expect((refusal as MeridianError).message).to.equal('Resource Store/Orders not skipped: it is none of those that could not go back. They are: Label. Nothing was changed.');
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });
});
