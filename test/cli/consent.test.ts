import { expect } from 'chai';
import { build } from '../../src/build/build';
import { intents } from '../../src/cli/run/consent';
import { office, registry } from '../rollout/support/office';
import { Rehearsal } from '../rollout/support/rehearsal';
import { account } from '../rollout/support/shop';

describe('what somebody consents to', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal?.stop());

  it('has a deployment with an account of its own as it stands there', async () => {
    const options = { system: 'office', environment: 'test', parameters: { file: 'parameters/office/test.yaml', suffix: 'main', values: { RegistryAccountId: registry } } };
    await build({ dist: rehearsal.dist, systems: [account(), office('first')] });
    const { exitCode, message } = await rehearsal.rollout(options);
    expect(exitCode, message).to.equal(0);
    expect(await intents(rehearsal.target, rehearsal.dist, ['account', 'office'], options)).to.deep.equal([
      ['account', 'account', 'us-east-1', '1', 'updated if a value changed'],
      ['office', 'base', 'us-east-1', '1', 'updated if a value changed'],
      ['office', 'entry', 'us-east-1', '1', 'updated if a value changed'],
      ['office', 'use', 'ap-southeast-1', '1', 'updated if a value changed'],
    ]);
  });
});
