import { expect } from 'chai';
import { Rehearsal } from '../support/rehearsal';

describe('fault 2: throttling', function () {
  this.timeout(60_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ note: 'changed' });
    await rehearsal.control.resetCalls();
  });
  const updates = async () => (await rehearsal.mutations()).filter((call) => call.startsWith('Update'));

  for (const { what, action, times } of [
    { what: 'of the call that begins an operation', action: 'UpdateStackSet', times: 3 },
    { what: 'of the look that would see its end', action: 'DescribeStackSetOperation', times: 4 },
    { what: 'of the results after its end', action: 'ListStackSetOperationResults', times: 3 },
  ]) {
    it(`${what} is outlasted: ${action}, ${times} times in a row`, async () => {
      const { id } = await rehearsal.control.addFault({ target: 'api', kind: 'throttle', service: 'cloudformation', action, times });
      expect((await rehearsal.rollout()).exitCode).to.equal(0);
      expect((await rehearsal.control.faults()).find((fault) => fault.id === id), 'it struck as often as it could').to.equal(undefined);
      const refused = action === 'UpdateStackSet' ? times : 0;
      expect((await updates()).length - refused, 'each region was updated once').to.equal(2);
    });
  }

  it('of every second call for a while is outlasted, and no operation is made twice', async () => {
    await rehearsal.control.addFault({ target: 'api', kind: 'throttle', service: 'cloudformation', probability: 0.5, seconds: 3 });
    const { exitCode, nodes } = await rehearsal.rollout();
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'unchanged', 'done', 'done']);
    await rehearsal.control.removeFaults();
    await rehearsal.control.resetCalls();
    expect((await rehearsal.rollout()).nodes.map(({ outcome }) => outcome)).to.deep.equal(Array(5).fill('unchanged'));
  });
});
