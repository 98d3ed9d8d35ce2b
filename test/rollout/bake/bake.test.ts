import { SetAlarmStateCommand, type StateValue } from '@aws-sdk/client-cloudwatch';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../../src/build/build';
import { MeridianError } from '../../../src/errors';
import type { RolloutEvent } from '../../../src/rollout';
import { Mortal, MortalScript } from '../journal/support/mortal';
import { market, type MarketSettings } from '../support/market';
import { Rehearsal } from '../support/rehearsal';
import { account, primary, secondary } from '../support/shop';

const options = { system: 'market', environment: 'test', parameters: { file: 'parameters/market/test.yaml', suffix: 'main', values: {} } };

describe('a rollout that bakes', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());

  const buildMarket = (settings: Partial<MarketSettings> = {}) => build({ dist: rehearsal.dist, systems: [account(), market(settings)] });
  const roll = (seconds: number, more: Parameters<Rehearsal['rollout']>[0] = {}, ignored: readonly string[] = []) => rehearsal.rollout({ ...options, bake: { seconds, ignored }, ...more });
  const setAlarm = (region: string, StateValue: StateValue, AlarmName = 'market-errors') =>
    rehearsal.target.in(region).cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'Threshold crossed: 5 errors' }));
  const bakes = () => rehearsal.events.filter((event): event is Extract<RolloutEvent, { type: 'bake' }> => event.type === 'bake');
  const states = () => bakes().filter(({ state }) => state !== 'waits').map(({ node, state }) => `${node.deployment} ${node.region} ${state}`);
  const outcomes = (nodes: readonly { node: { deployment: string; region: string }; outcome: string }[]) => nodes.map(({ node, outcome }) => `${node.deployment} ${node.region} ${outcome}`);
  const refusal = async (attempt: Promise<unknown>): Promise<MeridianError> => {
    const error = await attempt.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof MeridianError)) throw new Error(`No refusal but ${String(error)}`);
    return error;
  };

  beforeEach(async () => {
    await rehearsal.control.reset();
    await buildMarket();
    const { message } = await rehearsal.rollout(options);
    if (message) throw new Error(message);
    await buildMarket({ goods: 'pears' });
    await rehearsal.control.resetCalls();
  });

  it('watches after each region of what it changed, before the next region and before what comes after, and counts down', async () => {
    const { exitCode } = await roll(1);
    expect(exitCode).to.equal(0);
    expect(states().sort()).to.deep.equal(['fences', 'stalls'].flatMap((name) => [secondary, primary].flatMap((region) => [`${name} ${region} begins`, `${name} ${region} quiet`])).sort());
    const of = (type: string, deployment: string, region: string) => rehearsal.events.findIndex((event) => 'node' in event && event.type === type && event.node?.deployment === deployment && event.node.region === region && (event.type !== 'bake' || event.state === 'quiet'));
    for (const name of ['fences', 'stalls']) {
      expect(of('bake', name, secondary)).to.be.lessThan(of('node-start', name, primary));
      expect(of('bake', name, primary)).to.be.lessThan(of('node-start', 'gate', primary));
    }
    const left = bakes().filter(({ node, state }) => node.deployment === 'stalls' && node.region === secondary && state === 'waits').map((event) => event.left);
    expect(left.length).to.be.greaterThan(2);
    expect(left).to.deep.equal([...left].sort((a, b) => b - a));
    expect(bakes()[0]?.alarms, 'the alarm and the one that is made of it').to.equal(2);
    expect(bakes()[0]?.holds.map(({ region }) => region)).to.deep.equal([primary]);
  });

  it('does not watch where nothing was changed', async () => {
    await buildMarket();
    expect((await roll(3_600)).exitCode).to.equal(0);
    expect(states()).to.deep.equal([]);
  });

  for (const name of ['market-errors', 'market-any']) {
    it(`stops before the next region when ${name} goes off, naming it, where, since when and why`, async () => {
      const rolling = roll(20);
      await rehearsal.event('bake', ({ node, state }) => node.deployment === 'stalls' && state === 'waits');
      await setAlarm(secondary, 'ALARM', name);
      const { exitCode, nodes, message, alarms } = await rolling;
      expect(exitCode).to.equal(3);
      expect(outcomes(nodes).slice(1)).to.deep.equal([`fences ${secondary} done`, `fences ${primary} not-started`, `stalls ${secondary} done`, `stalls ${primary} not-started`, `gate ${primary} not-started`]);
      expect(alarms?.map((alarm) => alarm.name)).to.include(name);
      expect(message).to.match(/^Rollout stopped while market (stalls|fences) in ap-southeast-1 baked: (an alarm|2 alarms) of the system in ALARM\.\n/);
      expect(message).to.match(new RegExp(`\\n  ${name} in ap-southeast-1 since 2\\d{3}-\\S+Z: Threshold crossed: 5 errors\\n`));
      expect(message).to.contain('go back with "meridian rollback market test"');
    });
  }

  it('does not mind an alarm without enough data, nor one in a region that is not rolled yet', async () => {
    await setAlarm(secondary, 'INSUFFICIENT_DATA');
    const rolling = roll(1);
    await rehearsal.event('bake', ({ node, state }) => node.deployment === 'stalls' && state === 'waits');
    await setAlarm(primary, 'ALARM');
    const { exitCode, message } = await rolling;
    expect(exitCode).to.equal(3);
    expect(message).to.match(/\n  market-errors in us-east-1 since/);
    expect(states()).to.include(`stalls ${secondary} quiet`);
  });

  it('refuses to begin while an alarm is in ALARM, and goes on beside it when told to ignore it', async () => {
    await setAlarm(primary, 'ALARM', 'market-any');
    const { exitCode, message } = await refusal(roll(1));
    expect(exitCode).to.equal(1);
    expect(message).to.match(/^Rollout of market test refused: an alarm is in ALARM before it begins.*\n  market-any in us-east-1 since .*\nNothing was changed\. Wait until the system is well, or give --ignore-alarm market-any/);
    expect((await rehearsal.mutations()).filter((call) => !call.startsWith('SetAlarmState'))).to.deep.equal([]);
    expect((await roll(1, {}, ['market-any'])).exitCode).to.equal(0);
  });

  it('stops at Ctrl-C in the middle of a bake, and bakes again in full when it goes on', async () => {
    const stop = new AbortController();
    const rolling = roll(3_600, { signal: stop.signal });
    await rehearsal.event('bake', ({ node, state }) => node.deployment === 'stalls' && state === 'waits');
    await rehearsal.event('bake', ({ node, state }) => node.deployment === 'fences' && state === 'waits');
    stop.abort();
    const { exitCode, message } = await rolling;
    expect(exitCode).to.equal(4);
    expect(message).to.match(/^Stopped while market \w+ in ap-southeast-1 baked\. Run the same command again to go on: it bakes again, for all of its time\.$/);
    const { exitCode: end, nodes } = await roll(1);
    expect(end).to.equal(0);
    expect(outcomes(nodes)[3]).to.equal(`stalls ${secondary} unchanged`);
    expect(states()).to.include.members([`stalls ${secondary} begins`, `stalls ${secondary} quiet`, `fences ${secondary} quiet`]);
    expect(bakes().find(({ state }) => state === 'waits')?.left).to.be.greaterThan(0.8);
  });

  it('bakes again in full after it was killed in a bake, and not again what has baked', async () => {
    const script = new MortalScript();
    const mortal = new Mortal(script, rehearsal);
    await mortal.begin({ at: 0, when: 'after', more: { ...options, bake: { seconds: 1, ignored: [] } } });
    const before = readFileSync(join(rehearsal.state, 'local/market/test/main/journal.jsonl'), 'utf8').length;
    const journal = () => readFileSync(join(rehearsal.state, 'local/market/test/main/journal.jsonl'), 'utf8');
    while (!/"event":"call".*stalls@us-east-1.*\n[^]*"event":"outcome"/.test(journal().slice(before))) await sleep(20);
    await mortal.kill();
    script.remove();
    const { exitCode } = await roll(1);
    expect(exitCode).to.equal(0);
    expect(states()).not.to.include(`stalls ${secondary} begins`);
    expect(states()).to.include(`stalls ${primary} quiet`);
  });

  it('brings back what it changed when an alarm goes off, if that is the policy', async () => {
    const rolling = roll(20, { onFailure: 'rollback' });
    await rehearsal.event('bake', ({ node, state }) => node.deployment === 'stalls' && state === 'waits');
    await setAlarm(secondary, 'ALARM', 'market-any');
    const { exitCode, rollback, message } = await rolling;
    expect(exitCode).to.equal(3);
    expect(rollback?.exitCode).to.equal(0);
    expect(outcomes(rollback?.nodes ?? []).filter((line) => line.endsWith('rolled-back'))).to.include.members([`stalls ${secondary} rolled-back`, `stalls ${primary} rolled-back`]);
    expect(message).to.match(/^Rollout stopped while market \w+ in ap-southeast-1 baked: .*\n {2}market-any in ap-southeast-1 since .*\nWhat the rollout had changed went back to the version before\./);
    const { Parameter } = await rehearsal.target.in(secondary).ssm.send(new GetParameterCommand({ Name: '/market/goods' }));
    expect(Parameter?.Value).to.equal('apples');
  });
});
