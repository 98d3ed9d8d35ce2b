import { expect } from 'chai';
import type { RolloutResult } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import type { KillOrder } from './support/killed-rollout';
import { Mortal, MortalScript } from './support/mortal';
import { whatStands } from './support/standing';

describe('a rollout that is killed', function () {
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

  /** What a rollout comes to: outputs, what stands, and the calls that made it. */
  const outcomeOf = async ({ exitCode, outputs }: RolloutResult) => ({ exitCode, outputs, stands: await whatStands(rehearsal.target), calls: (await rehearsal.mutations()).sort() });

  const killAt = async (at: number, when: KillOrder['when']): Promise<void> => {
    spares.push(new Mortal(script, rehearsal));
    expect(await spares.shift()!.die({ at, when })).to.equal('SIGKILL');
  };

  /** Stacks of the bootstrap and files have names of their own, so one kill for each of their calls is enough. */
  const momentsAround = (call: string, at: number): KillOrder['when'][] => (/StackSet|StackInstances/.test(call) ? ['before', 'after'] : [at % 2 === 0 ? 'before' : 'after']);

  const expectResumed = async (calls: readonly string[], unbroken: object, makeReady: () => Promise<unknown>): Promise<void> => {
    for (const [index, call] of calls.entries()) {
      for (const when of momentsAround(call, index + 1)) {
        await makeReady();
        await killAt(index + 1, when);
        expect(await outcomeOf(await rehearsal.rollout()), `killed ${when} ${call}`).to.deep.equal(unbroken);
      }
    }
  };

  it('at any call of the first creation is resumed to what an unbroken one makes, with as many calls', async () => {
    await rehearsal.build();
    const result = await rehearsal.rollout();
    const calls = await rehearsal.mutations();
    expect(calls.filter((call) => call.startsWith('CreateStackInstances'))).to.have.length(5);
    await expectResumed(calls, await outcomeOf(result), () => rehearsal.control.reset());
  });

  it('at any call of an update too', async () => {
    const makeReady = async () => {
      await rehearsal.rollFresh();
      await rehearsal.build({ note: 'changed' });
    };
    await makeReady();
    const result = await rehearsal.rollout();
    const calls = await rehearsal.mutations();
    expect(calls.slice(-2).map((call) => call.split(' ')[0])).to.deep.equal(['UpdateStackSet', 'UpdateStackInstances']);
    await expectResumed(calls, await outcomeOf(result), makeReady);
  });
});
