import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UpdateStackSetCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { findOperation, listOperations } from '../../src/rollout/operation';
import { Mortal, MortalScript } from './journal/support/mortal';
import { Rehearsal } from './support/rehearsal';
import { primary, secondary } from './support/shop';

const app = 'meridian-shop-test-main-app';

describe('two rollouts of one system at once', function () {
  this.timeout(60_000);
  let rehearsal: Rehearsal;
  const script = new MortalScript();
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(async () => {
    await rehearsal.stop();
    script.remove();
  });
  beforeEach(() => rehearsal.rollFresh());

  /** A second build of the system, with another note and label, in a folder of its own. */
  const secondBuild = async (): Promise<string> => {
    const dist = join(rehearsal.folder, 'dist-of-another');
    await rehearsal.build({ note: 'theirs', label: 'theirs' });
    cpSync(rehearsal.dist, dist, { recursive: true });
    await rehearsal.build({ note: 'ours', label: 'ours' });
    return dist;
  };
  const notes = () =>
    Promise.all([secondary, primary].map(async (region) => (await rehearsal.target.in(region).ssm.send(new GetParameterCommand({ Name: '/shop/main/note' }))).Parameter?.Value?.split(' ').filter((word) => /ours|theirs/.test(word))));
  /** Operations of a StackSet that began before the one before them had ended. */
  const overlaps = async (): Promise<number> => {
    const sets = await Promise.all(['base', 'app'].map((name) => listOperations(rehearsal.target, secondary, `meridian-shop-test-main-${name}`)));
    return sets.flatMap((operations) => operations.slice(0, -1).filter(({ CreationTimestamp }, index) => CreationTimestamp! < operations[index + 1]!.EndTimestamp!)).length;
  };

  for (const [where, state] of [
    ['on one machine', (folder: string) => join(folder, 'state')],
    ['on two machines, which share no folder', (folder: string) => join(folder, 'state-of-another')],
  ] as const) {
    it(`${where}: operations never overlap, and neither rolls over the other unnoticed`, async () => {
      const dist = await secondBuild();
      const mortals = [new Mortal(script, rehearsal), new Mortal(script, rehearsal)] as const;
      await Promise.all(mortals.map(({ ready }) => ready));
      const ends = await Promise.all([mortals[0].finish({ at: 0, when: 'after' }), mortals[1].finish({ at: 0, when: 'after', more: { dist, state: state(rehearsal.folder) } })]);
      expect(ends.some((code) => code === 0 || code === 4), ends.join()).to.equal(true);
      expect(await overlaps()).to.equal(0);
      const again = await rehearsal.rollout({ wait: 10 });
      expect(again.exitCode).to.equal(0);
      expect(await notes()).to.deep.equal([['ours', 'ours'], ['ours', 'ours']]);
    });
  }

  it('stops before a StackSet that somebody else has changed since it began, naming their operation', async () => {
    await rehearsal.build({ visibility: 60, note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'hang', logicalId: 'Orders', region: secondary, operation: 'UPDATE', times: 1 });
    const rolling = rehearsal.rollout();
    await rehearsal.event('node-start', ({ action }) => action === 'update');
    const { cloudFormation } = rehearsal.target.in(secondary);
    const { OperationId } = await cloudFormation.send(new UpdateStackSetCommand({ StackSetName: app, UsePreviousTemplate: true, Parameters: ['BaseLabel', 'EnvironmentSuffix', 'Greeting', 'PrimaryQueueArn'].map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
    while ((await findOperation(rehearsal.target, { home: secondary, stackSet: app, operationId: OperationId ?? '' }))?.Status === 'RUNNING') await sleep(20);
    await rehearsal.control.removeFaults();
    const { exitCode, nodes, message } = await rolling;
    expect(exitCode).to.equal(4);
    expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'done', 'done', 'stopped', 'not-started']);
    expect(message).to.match(new RegExp(`^Node app in ${secondary} not begun: somebody else rolls StackSet ${app} too, operation ${OperationId} \\(UPDATE\\) began at 2\\d{3}-`));
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
  });
});
