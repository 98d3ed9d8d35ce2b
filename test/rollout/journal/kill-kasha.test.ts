import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { Build, fileParameters, readParametersFile, rollout } from '../../../src/rollout';
import { checkout } from '../../../src/toolchain/checkout';
import { account } from '../../../templates/account';
import { kasha } from '../../../templates/systems/kasha';
import { Rehearsal } from '../support/rehearsal';
import { Mortal, MortalScript } from './support/mortal';
import { whatStands } from './support/standing';

/** More processes than a rollout can need when each makes one call at least. */
const mostLives = 250;

/** What services make up: names of load balancers and target groups, addresses, and every word with a digit in it. */
function withoutIds(stands: unknown): unknown {
  const text = JSON.stringify(stands)
    .replace(/-[a-z0-9]{8}(\.[a-z0-9-]+\.elb)/g, '-…$1')
    .replace(/((?:app|net)\/[\w-]+|StackSet-[\w-]+)\/[a-z0-9]{16}/g, '$1/…')
    .replace(/[a-z0-9]{8}(\.[a-z0-9-]+\.rds)/g, '…$1')
    .replace(/\bd[a-z0-9]{12,14}(\.cloudfront)/g, '…$1')
    .replace(/\b[EZ][A-Z0-9]{12,14}\b/g, '…')
    .replace(/(:secret:[\w/-]+)-[A-Za-z0-9]{6}\b/g, '$1-…')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b(?!\/)/g, '…')
    .replace(/\b(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{6,}\b/g, '…');
  const { stacks, stackSets } = JSON.parse(text) as { stacks: string[]; stackSets: unknown };
  return { stacks: stacks.sort(), stackSets };
}

describe('a rollout of Kasha in both regions', function () {
  this.timeout(600_000);
  let rehearsal: Rehearsal;
  const folder = mkdtempSync(join(tmpdir(), 'meridian-kill-kasha-'));
  const script = new MortalScript();
  const dist = join(folder, 'dist');
  const system = 'kasha';
  before(async () => {
    rehearsal = await Rehearsal.start();
    await build({ dist, systems: [account, kasha], environments: ['shared', 'develop'] });
  });
  after(async () => {
    await rehearsal.stop();
    script.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Parameters as the catalogue ships them, for a rehearsal. */
  const parametersOf = (name: string, environment: string) => readParametersFile(join(checkout, 'parameters'), name, environment, fileParameters(Build.open(dist, name, environment)));
  const what = () => ({ dist, system, environment: 'develop', parameters: parametersOf(system, 'develop'), sharedParameters: parametersOf('account', 'shared') });
  const standing = async (): Promise<unknown> => withoutIds(await whatStands(rehearsal.target));
  const effective = async (): Promise<string[]> => (await rehearsal.mutations()).filter((call) => /StackInstances|StackSet|CreateStack|UpdateStack/.test(call)).sort();

  it('that dies after every single call that changes something comes to what an unbroken one makes, with as many operations', async () => {
    const unbroken = await rollout({ target: rehearsal.target, state: join(folder, 'unbroken'), ...what() });
    expect(unbroken.exitCode, unbroken.message).to.equal(0);
    const [stands, calls] = [await standing(), await effective()];
    expect(calls.length).to.be.at.least(15);

    await rehearsal.control.reset();
    const order = { more: { state: join(folder, 'broken'), ...what() }, at: 1, when: 'after' } as const;
    let lives = 0;
    for (let next = new Mortal(script, rehearsal), death: NodeJS.Signals | null = 'SIGKILL'; death === 'SIGKILL'; lives += 1) {
      expect(lives, 'each life makes a call').to.be.lessThan(mostLives);
      const current = next;
      next = new Mortal(script, rehearsal);
      death = await current.die(order);
      if (death !== 'SIGKILL') await next.kill();
    }
    expect(lives, 'calls that are made side by side may die together').to.be.greaterThan(calls.length / 2);
    expect(await standing()).to.deep.equal(stands);
    expect(await effective(), 'nothing was made twice').to.deep.equal(calls);
  });
});
