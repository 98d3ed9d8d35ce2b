import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { Rehearsal } from '../support/rehearsal';
import { primary } from '../support/shop';
import type { KillOrder } from '../journal/support/killed-rollout';
import { Mortal, MortalScript } from '../journal/support/mortal';
import { whatStands } from '../journal/support/standing';

describe('a rollback that is killed', function () {
  this.timeout(300_000);
  let rehearsal: Rehearsal;
  const script = new MortalScript();
  const spares: Mortal[] = [];
  before(async () => {
    rehearsal = await Rehearsal.start();
    spares.push(new Mortal(script, rehearsal));
  });
  after(async () => {
    await Promise.all(spares.map((spare) => spare.kill()));
    await rehearsal.stop();
    script.remove();
  });

  /** The shop as it was first rolled, and a build of it whose rollout will fail in its last region. */
  const makeReady = async (): Promise<void> => {
    await rehearsal.rollFresh();
    await rehearsal.build({ visibility: 60, label: 'second' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: primary, logicalId: 'Note', operation: 'UPDATE', reason: 'no capacity left', times: 1 });
  };
  /** Both deployments are updated in both regions before the last of them fails. */
  const updatesForth = 4;
  const mutations = async () => (await rehearsal.mutations()).sort();
  const killAt = async (at: number, when: KillOrder['when']): Promise<void> => {
    spares.push(new Mortal(script, rehearsal));
    expect(await spares.shift()!.die({ at, when, more: { onFailure: 'rollback' } })).to.equal('SIGKILL');
  };

  it('at any of its calls is refused to be rolled over, and resumed to what an unbroken one comes to, with as many calls', async () => {
    await makeReady();
    const { rollback } = await rehearsal.rollout({ onFailure: 'rollback' });
    expect(rollback?.exitCode).to.equal(0);
    const unbroken = { stands: await whatStands(rehearsal.target), calls: await mutations() };
    const forth = unbroken.calls.filter((call) => call.startsWith('PUT')).length + updatesForth;
    expect(unbroken.calls.length - forth, 'calls of the rollback').to.be.greaterThan(4);
    for (let at = forth + 1; at <= unbroken.calls.length; at++) {
      const when = at % 2 === 0 ? 'before' : 'after';
      await makeReady();
      await killAt(at, when);
      const refused = await rehearsal.rollout().catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(MeridianError).with.property('message').match(/^Rollout of shop test refused: an earlier rollback was cut off half-way\. Run "meridian rollback shop test", or give --resume/);
      const resumed = at % 4 < 2 ? (await rehearsal.rollout({ resume: true })).rollback : await rehearsal.rollback();
      expect(resumed?.exitCode).to.equal(0);
      expect({ stands: await whatStands(rehearsal.target), calls: await mutations() }, `killed ${when} call ${at}`).to.deep.equal(unbroken);
    }
  });
});
