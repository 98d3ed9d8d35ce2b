import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { build } from '../../src/build/build';
import type { RolloutEvent } from '../../src/rollout';
import { sideBySide } from '../../src/rollout/side-by-side';
import { runningOperation } from '../../src/rollout/operation';
import { Mortal, MortalScript } from './journal/support/mortal';
import { Rehearsal } from './support/rehearsal';
import { market, type MarketSettings } from './support/market';
import { account, primary, secondary } from './support/shop';

describe('deployments that do not wait for one another', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  const options = { system: 'market', environment: 'test', parameters: { file: 'parameters/market/test.yaml', suffix: 'main', values: {} } };
  const buildMarket = (settings: Partial<MarketSettings> = {}) => build({ dist: rehearsal.dist, systems: [account(), market(settings)] });
  const roll = (more: Parameters<Rehearsal['rollout']>[0] = {}) => rehearsal.rollout({ ...options, ...more });
  /** Begins and ends of nodes in the order in which they happened. */
  const happened = () =>
    rehearsal.events.flatMap((event: RolloutEvent) =>
      event.type === 'node-start' ? [`${event.node.deployment} ${event.node.region} begins`] : event.type === 'node-done' ? [`${event.node.deployment} ${event.node.region} ${event.outcome}`] : [],
    );
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      await sleep(20);
    }
  };
  beforeEach(async () => {
    await rehearsal.control.reset();
    await buildMarket();
  });
  afterEach(() => rehearsal.control.removeFaults());
  const rollFirst = async (): Promise<void> => {
    const { message } = await roll();
    if (message) throw new Error(message);
  };

  it('overlap, while the regions of each follow one another and what needs both waits', async () => {
    await rehearsal.control.setPace({ scale: 0.05 });
    expect((await roll()).exitCode).to.equal(0);
    await rehearsal.control.setPace({ scale: 0 });
    const events = happened();
    const first = events.findIndex((event) => event.endsWith('done'));
    expect(events.slice(0, first).sort()).to.deep.equal([`account ${primary} begins`, `fences ${primary} begins`, `stalls ${primary} begins`]);
    for (const name of ['fences', 'stalls']) {
      expect(events.filter((event) => event.startsWith(name))).to.deep.equal([`${name} ${primary} begins`, `${name} ${primary} done`, `${name} ${secondary} begins`, `${name} ${secondary} done`]);
    }
    expect(events.slice(-2)).to.deep.equal([`gate ${primary} begins`, `gate ${primary} done`]);
  });

  it('end together when one fails: what runs is followed to its end, and nothing more begins', async () => {
    await rollFirst();
    await buildMarket({ goods: 'pears' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'hang', region: secondary, logicalId: 'Length', operation: 'UPDATE' });
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', region: secondary, logicalId: 'Goods', operation: 'UPDATE', reason: 'no capacity left' });
    const rolling = roll();
    await rehearsal.event('node-done', ({ node, outcome }) => node.deployment === 'stalls' && outcome === 'failed');
    await rehearsal.control.removeFaults();
    const { exitCode, nodes, message } = await rolling;
    expect(exitCode).to.equal(3);
    expect(nodes.map(({ node, outcome }) => [node.deployment, node.region, outcome].join(' '))).to.deep.equal([
      `account ${primary} unchanged`,
      `fences ${secondary} done`,
      `fences ${primary} not-started`,
      `stalls ${secondary} failed`,
      `stalls ${primary} not-started`,
      `gate ${primary} not-started`,
    ]);
    expect(message).to.match(/^Rollout failed in market stalls in ap-southeast-1: Goods /);
    const again = await roll();
    expect(again.exitCode).to.equal(0);
  });

  it('end together at Ctrl-C, and the next rollout goes on with each', async () => {
    await rollFirst();
    await buildMarket({ goods: 'pears' });
    for (const logicalId of ['Length', 'Goods']) await rehearsal.control.addFault({ target: 'resource', kind: 'hang', region: secondary, logicalId, operation: 'UPDATE' });
    const stop = new AbortController();
    const rolling = roll({ signal: stop.signal });
    for (const name of ['fences', 'stalls']) await rehearsal.event('node-start', ({ node, action }) => node.deployment === name && action === 'update');
    stop.abort();
    await rehearsal.control.removeFaults();
    const { exitCode, nodes, message } = await rolling;
    expect(exitCode).to.equal(4);
    expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'done', 'not-started', 'done', 'not-started', 'not-started']);
    expect(message).to.equal('Stopped before market fences in us-east-1 and market stalls in us-east-1. Run the same command again to go on.');
    const again = await roll();
    expect(again.nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'done', 'unchanged', 'done', 'done']);
  });

  it('are both in the journal, so that a rollout after a kill follows both operations', async () => {
    await rollFirst();
    await buildMarket({ goods: 'pears' });
    for (const logicalId of ['Length', 'Goods']) await rehearsal.control.addFault({ target: 'resource', kind: 'hang', region: secondary, logicalId, operation: 'UPDATE' });
    await rehearsal.control.resetCalls();
    const script = new MortalScript();
    const mortal = new Mortal(script, rehearsal);
    await mortal.begin({ at: 0, when: 'after', more: options });
    const sets = ['fences', 'stalls'].map((name) => `meridian-market-test-main-${name}`);
    const running = await Promise.all(sets.map(async (set) => (await until(() => runningOperation(rehearsal.target, secondary, set))).operationId));
    await mortal.kill();
    script.remove();
    const resumed = roll();
    for (const operationId of running) await rehearsal.event('node-start', (event) => event.operationId === operationId);
    await rehearsal.control.removeFaults();
    const { exitCode, nodes } = await resumed;
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ outcome, because }) => [outcome, ...because].join(' '))).to.deep.equal(['unchanged', 'done resumed', 'done outdated', 'done resumed', 'done outdated', 'done wire FencesLength wire StallsGoods']);
    expect((await rehearsal.mutations()).filter((call) => call.startsWith('UpdateStackSet'))).to.have.length(2);
  });
});

describe('steps side by side', () => {
  const step = (id: string) => ({ id });

  it('are never more than the limit', async () => {
    let [running, most] = [0, 0];
    await sideBySide(['a', 'b', 'c', 'd', 'e'].map(step), 2, () => true, async () => {
      most = Math.max(most, ++running);
      await sleep(1);
      running--;
    });
    expect(most).to.equal(2);
  });

  it('end before the error of one is thrown', async () => {
    let ended = false;
    const run = async ({ id }: { id: string }) => {
      if (id === 'bad') throw new Error('broken');
      await sleep(5);
      ended = true;
    };
    const error = await sideBySide(['bad', 'good'].map(step), 2, () => true, run).catch((reason: Error) => reason.message);
    expect(error).to.equal('broken');
    expect(ended).to.equal(true);
  });
});
