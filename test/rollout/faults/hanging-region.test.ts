import { expect } from 'chai';
import { openTarget } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

describe('fault 6: a region that hangs', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  it('is let go after the time limit with exit code 4, the region before it keeps what it has, and the same command follows the operation', async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ visibility: 60, note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'hang', region: primary, logicalId: 'Orders', operation: 'UPDATE' });
    const hasty = await openTarget({ kind: 'local', endpoint: rehearsal.endpoint, timeLimit: 1 });
    try {
      const { exitCode, message = '', nodes } = await rehearsal.rollout({ target: hasty });
      expect(exitCode).to.equal(4);
      expect(message).to.match(/^Operation \S+ in us-east-1 let go: it has not ended after 1 s\. It goes on without this program\..*end it first: aws cloudformation stop-stack-set-operation --stack-set-name meridian-shop-test-main-base --operation-id \S+ --region ap-southeast-1/);
      expect(nodes.map(({ node, outcome }) => `${node.deployment} ${node.region} ${outcome}`)).to.deep.equal([
        `account ${primary} unchanged`,
        `base ${secondary} done`,
        `base ${primary} stopped`,
        `app ${secondary} not-started`,
        `app ${primary} not-started`,
      ]);
    } finally {
      hasty.close();
    }
    await rehearsal.control.removeFaults();
    const resumed = await rehearsal.rollout();
    expect(resumed.exitCode).to.equal(0);
    expect((await rehearsal.mutations()).filter((call) => call.startsWith('UpdateStackInstances')), 'the hanging one was followed and not repeated').to.have.length(2);
  });

  it('that answers nothing but errors stops the rollout before anything is changed there', async () => {
    await rehearsal.control.reset();
    await rehearsal.build();
    await rehearsal.control.addFault({ target: 'api', kind: 'error', status: 400, region: primary, service: 'cloudformation' });
    const refusal = await rehearsal.rollout().then(() => undefined, (error: unknown) => error);
    expect(refusal).to.be.instanceOf(Error);
    expect((await rehearsal.mutations()).filter((call) => /StackSet|StackInstances/.test(call))).to.deep.equal([]);
  });
});
