import { StopStackSetOperationCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeridianError } from '../../../src/errors';
import { findOperation, listOperations, runningOperation, type OperationReference } from '../../../src/rollout/operation';
import { Rehearsal } from '../support/rehearsal';
import { secondary } from '../support/shop';
import type { KillOrder } from './support/killed-rollout';
import { Mortal, MortalScript } from './support/mortal';

const app = 'meridian-shop-test-main-app';

describe('the next rollout after one that was killed', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  let mortal: Mortal;
  const script = new MortalScript();
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  beforeEach(async () => {
    mortal = new Mortal(script, rehearsal);
    await rehearsal.rollFresh();
  });
  afterEach(() => mortal.kill());
  after(async () => {
    await rehearsal.stop();
    script.remove();
  });

  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      await sleep(20);
    }
  };
  const notes = () => rehearsal.events.flatMap((event) => (event.type === 'note' ? [event.message] : []));
  const ended = (operationId: string) =>
    until(async () => {
      const operation = await findOperation(rehearsal.target, { home: secondary, stackSet: app, operationId });
      return operation?.Status === 'RUNNING' || operation?.Status === 'STOPPING' ? undefined : operation?.Status;
    });

  const stop = (OperationId: string) => rehearsal.target.in(secondary).cloudFormation.send(new StopStackSetOperationCommand({ StackSetName: app, OperationId }));

  /** Lets a process roll or destroy until its operation on `app` hangs in the secondary region, and kills it there. */
  const killInOperation = async (operation: 'UPDATE' | 'DELETE', command: KillOrder['command'] = 'rollout'): Promise<OperationReference> => {
    await rehearsal.control.addFault({ target: 'resource', kind: 'hang', logicalId: 'Note', region: secondary, operation });
    await mortal.begin({ command, at: 0, when: 'after' });
    const running = await until(() => runningOperation(rehearsal.target, secondary, app));
    await mortal.kill();
    return running;
  };

  const refusal = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.then(() => undefined, (reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 1);
    return (error as Error).message;
  };

  it('follows the operation that still runs, as if it were its own', async () => {
    await rehearsal.build({ note: 'changed' });
    const { operationId } = await killInOperation('UPDATE');
    const resumed = rehearsal.rollout();
    await rehearsal.event('node-start', (event) => event.operationId === operationId);
    await rehearsal.control.removeFaults();
    const { exitCode, nodes } = await resumed;
    expect(exitCode).to.equal(0);
    expect(notes()[0]).to.equal(`An earlier rollout was cut off in UpdateStackSet of shop/test/app@${secondary}, operation ${operationId}. It still runs and is followed.`);
    expect(nodes.map(({ outcome, because }) => [outcome, ...because].join(' '))).to.deep.equal(['unchanged', 'unchanged', 'unchanged', 'done resumed', 'done outdated']);
    expect((await rehearsal.mutations()).filter((call) => call.startsWith('UpdateStack'))).to.deep.equal([`UpdateStackSet ${secondary}`, `UpdateStackInstances ${secondary}`]);
  });

  it('stops as the killed one would have when a person stops the operation that it follows', async () => {
    await rehearsal.build({ note: 'changed' });
    const { operationId } = await killInOperation('UPDATE');
    const resumed = rehearsal.rollout();
    await rehearsal.event('node-start', (event) => event.operationId === operationId);
    await stop(operationId);
    await rehearsal.control.removeFaults();
    const { exitCode, nodes } = await resumed;
    expect(exitCode).to.equal(4);
    expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'unchanged', 'stopped', 'not-started']);
  });

  it('refuses to roll something else beside the operation that still runs; with --resume it lets that end first', async () => {
    await rehearsal.build({ note: 'changed' });
    const { operationId } = await killInOperation('UPDATE');
    await rehearsal.build({ note: 'corrected' });
    expect(await refusal(rehearsal.rollout())).to.equal(
      `Rollout of shop test refused: an earlier one was cut off in UpdateStackSet of shop/test/app@${secondary}, operation ${operationId}, which still runs and rolls other templates or parameters than those of now. ` +
        'Give --resume to let it end and then roll those of now, or roll with the earlier ones.',
    );
    const resumed = rehearsal.rollout({ resume: true });
    await rehearsal.event('node-start', (event) => event.operationId === operationId);
    await rehearsal.control.removeFaults();
    const { exitCode, nodes } = await resumed;
    expect(exitCode).to.equal(0);
    expect(nodes.slice(-2).map(({ because }) => because.join())).to.deep.equal(['template', 'outdated']);
  });

  it('refuses --resume when there is nothing to go on with', async () => {
    expect(await refusal(rehearsal.rollout({ resume: true }))).to.equal('Rollout of shop test not resumed: no earlier one was cut off or stopped here. Leave --resume out to roll what is built.');
  });

  const endings: [string, string, (operationId: string) => Promise<unknown>][] = [
    ['SUCCEEDED', 'It has succeeded since.', () => Promise.resolve()],
    ['STOPPED', 'It has ended as STOPPED since', stop],
  ];
  for (const [status, note, finish] of endings) {
    it(`finds the operation ${status} and its stack up to date, and repeats nothing`, async () => {
      await rehearsal.build({ note: 'changed' });
      const { operationId } = await killInOperation('UPDATE');
      await finish(operationId);
      await rehearsal.control.removeFaults();
      expect(await ended(operationId)).to.equal(status);
      const { nodes } = await rehearsal.rollout();
      expect(notes()[0]).to.contain(note);
      expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'unchanged', 'unchanged', 'done']);
      expect((await rehearsal.mutations()).filter((call) => call.startsWith('UpdateStackSet'))).to.have.length(1);
    });
  }

  it('finds the operation FAILED, and tries again with a new operation id', async () => {
    await rehearsal.build({ note: 'changed' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', logicalId: 'Note', region: secondary, operation: 'UPDATE', times: 1 });
    const upToUpdate = ['PUT', 'PUT', 'UpdateStackSet'];
    await mortal.die({ at: upToUpdate.length, when: 'after' });
    const [first] = await listOperations(rehearsal.target, secondary, app);
    expect(await ended(first?.OperationId ?? '')).to.equal('FAILED');
    const { nodes } = await rehearsal.rollout();
    expect(notes()[0]).to.match(new RegExp(`operation ${first?.OperationId}\\. It has ended as FAILED since.*; what it left undone is tried again\\.$`));
    expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'unchanged', 'done', 'done']);
    expect((await listOperations(rehearsal.target, secondary, app)).map(({ Action, Status }) => `${Action} ${Status}`).slice(0, 3)).to.deep.equal(['UPDATE SUCCEEDED', 'UPDATE SUCCEEDED', 'UPDATE FAILED']);
  });

  it('finds in the journal what was about to be done, and the version before it', async () => {
    await rehearsal.build({ note: 'changed' });
    const { operationId } = await killInOperation('UPDATE');
    const folder = join(rehearsal.state, 'local', 'shop', 'test', 'main');
    const last = JSON.parse(readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '');
    expect(last).to.include({ event: 'call', node: `shop/test/app@${secondary}`, action: 'update', call: 'UpdateStackSet', operationId, stackSet: app });
    expect(last.previous.parameters).to.include({ Greeting: 'world', EnvironmentSuffix: 'main' });
    expect(JSON.parse(readFileSync(join(folder, last.previous.template), 'utf8'))).to.have.nested.property('Resources.Work');
    await rehearsal.control.removeFaults();
    await ended(operationId);
  });

  it('is a destruction that follows the deletion of a killed one', async () => {
    const { operationId } = await killInOperation('DELETE', 'destroy');
    const resumed = rehearsal.destroy();
    await rehearsal.event('node-start', (event) => event.operationId === operationId);
    await rehearsal.control.removeFaults();
    expect((await resumed).exitCode).to.equal(0);
    expect((await rehearsal.mutations()).filter((call) => call.startsWith('DeleteStackInstances'))).to.have.length(4);
  });
});
