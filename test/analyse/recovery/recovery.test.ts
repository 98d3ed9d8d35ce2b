import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recoveryTargetsTable } from '../../../scripts/generate-system-docs/recovery-targets';
import { duration } from '../../../src/analyse/recovery';
import { build } from '../../../src/build/build';
import { readManifest, type Manifest } from '../../../src/build/manifest';
import { renderBuild, summarize } from '../../../src/cli/render/build';
import type { RecoveryTargets } from '../../../src/cfn';
import { MeridianError } from '../../../src/errors';
import { twoRegions, targets, type RecoverySettings } from './two-regions';

type Promised = Parameters<typeof twoRegions>[1];

describe('The recovery time of a build', () => {
  let dist: string;
  beforeEach(() => { dist = mkdtempSync(join(tmpdir(), 'meridian-recovery-')); });
  afterEach(() => rmSync(dist, { recursive: true, force: true }));

  async function built(changed: Partial<RecoverySettings> = {}, promised: Promised = targets): Promise<NonNullable<Manifest['recovery']>> {
    await build({ dist, systems: [twoRegions(changed, promised)] });
    return readManifest(dist, 'pair', 'production').recovery!;
  }

  async function refused(changed: Partial<RecoverySettings>, promised: Promised = targets): Promise<MeridianError> {
    try {
      await built(changed, promised);
    } catch (error) {
      if (error instanceof MeridianError) return error;
      throw error;
    }
    throw new Error('the build went through');
  }

  it('is the sum of detection, DNS, decision and plan, and the loss is what the alarm lets stand', async () => {
    expect(await built()).to.deep.equal({
      targets: { ...targets },
      readsSeconds: 30 + 60,
      writesSeconds: 30 + 60 + 5 * 60 + 8 * 60,
      parts: [
        { seconds: 30, what: 'Region/Endpoint fails 3 times, 10 s apart' },
        { seconds: 60, what: 'resolvers keep the old answer' },
        { seconds: 300, what: 'somebody starts EdgeDns/RegionSwitch' },
        { seconds: 480, what: 'the last step of EdgeDns/RegionSwitch gives up' },
      ],
      lostSeconds: 30,
      toldSeconds: 90,
    });
  });

  for (const { seconds, text } of [{ seconds: 119, text: '119 s' }, { seconds: 900, text: '15 min' }, { seconds: 902, text: '15 min 2 s' }, { seconds: 870, text: '14 min 30 s' }]) {
    it(`of ${seconds} seconds reads ${text}, so that no two of them look alike`, () => expect(duration(seconds)).to.equal(text));
  }

  const later: RecoveryTargets = { ...targets, timeMinutes: 60, pointSeconds: 600, toldSeconds: 3_600 };
  const shifts: readonly { readonly title: string; readonly change: Partial<RecoverySettings>; readonly promised?: RecoveryTargets; readonly by: Readonly<Partial<Record<'readsSeconds' | 'writesSeconds' | 'lostSeconds' | 'toldSeconds', number>>> }[] = [
    { title: 'by 3 × 20 s, reading and writing, when the check asks every 30 s', change: { intervalSeconds: 30 }, by: { readsSeconds: 60, writesSeconds: 60 } },
    { title: 'by 2 × 10 s, reading and writing, when the check waits for two failures more', change: { failureThreshold: 5 }, by: { readsSeconds: 20, writesSeconds: 20 } },
    { title: 'by 7 min, writing only, when the steps of the plan get 7 min more', change: { stepTimeoutMinutes: 15 }, by: { writesSeconds: 420 } },
    { title: 'by 2 min, writing only, when people commit to 3 min instead of 5', change: {}, promised: { ...later, decisionMinutes: 3 }, by: { writesSeconds: -120 } },
    { title: 'by 3 min, writing only, when the alarm starts the plan after 2 min', change: { automatic: true }, by: { writesSeconds: -180 } },
    { title: 'by what connections stay open longer than deciding and switching take', change: { keepAliveSeconds: 3_600 }, promised: { ...later, timeMinutes: 90 }, by: { writesSeconds: 3_600 - 780 } },
    { title: 'by 20 s of loss when the lag alarm lets 50 s stand', change: { lagMilliseconds: 50_000 }, by: { lostSeconds: 20, toldSeconds: 20 } },
    { title: 'by no loss, but two minutes until it is told, when the lag alarm waits for two periods more', change: { lagPeriods: 3 }, by: { toldSeconds: 120 } },
  ];
  for (const { title, change, promised = later, by } of shifts) {
    it(`moves ${title}`, async () => {
      const [before, after] = [await built({}, later), await built(change, promised)];
      for (const figure of ['readsSeconds', 'writesSeconds', 'lostSeconds', 'toldSeconds'] as const) expect(after[figure] - before[figure], figure).to.equal(by[figure] ?? 0);
      expect(after.parts.reduce((sum, { seconds }) => sum + seconds, 0)).to.equal(after.writesSeconds);
      const printed = (recovery: typeof after): string => recoveryTargetsTable([{ environment: 'production', short: 'prod', regions: { primary: '', secondary: '' }, deployments: [], pods: [], recovery }]);
      expect(printed(after)).to.contain(`| **RTO, writing**: the sum | **${duration(after.writesSeconds)}** of ${duration(promised.timeMinutes * 60)} |`).and.not.to.equal(printed(before));
    });
  }

  const missed: readonly { readonly title: string; readonly change: Partial<RecoverySettings>; readonly promised?: Promised; readonly message: string }[] = [
    {
      title: 'the steps of the plan may take a minute too long',
      change: { stepTimeoutMinutes: 9 },
      message:
        'Recovery of pair production misses its targets: Writing takes up to 15 min 30 s, recoveryTargets.timeMinutes allows 15 min: 30 s (Region/Endpoint fails 3 times, 10 s apart) + 60 s (resolvers keep the old answer) + 5 min (somebody starts EdgeDns/RegionSwitch) + 9 min (the last step of EdgeDns/RegionSwitch gives up). Shorten one of them by its interval, time-out or commitment, or agree on a longer time.',
    },
    { title: 'the target is smaller than the sum', change: {}, promised: { ...targets, timeMinutes: 14 }, message: 'Writing takes up to 14 min 30 s, recoveryTargets.timeMinutes allows 14 min' },
    {
      title: 'connections stay open for an hour',
      change: { keepAliveSeconds: 3_600 },
      message: 'Writing takes up to 61 min 30 s, recoveryTargets.timeMinutes allows 15 min: 30 s (Region/Endpoint fails 3 times, 10 s apart) + 60 s (resolvers keep the old answer) + 60 min (the load balancer keeps connections open (client_keep_alive.seconds)).',
    },
    { title: 'the lag alarm lets more stand than may be lost', change: { lagMilliseconds: 61_000 }, promised: { ...targets, toldSeconds: 600 }, message: 'Up to 61 s of writes may be lost without anybody being told, recoveryTargets.pointSeconds allows 60 s: the replication-lag alarm goes off above 61 s. Lower its threshold, or agree on a larger loss.' },
    { title: 'the lag alarm takes too long to go off', change: { lagPeriods: 2 }, message: 'That replication has stopped is told after 150 s, recoveryTargets.toldSeconds allows 120 s: the replication-lag alarm waits 120 s above its threshold of 30 s.' },
    { title: 'nothing watches replication', change: { lagMilliseconds: 0 }, message: 'Nobody knows what would be lost: no alarm watches the replication lag of the other region. Add one.' },
    { title: 'the alarm alone takes the time of the decision', change: { calledPeriods: 5 }, message: 'Nobody can decide in recoveryTargets.decisionMinutes, 5 min: the alarm that calls them takes 5 min of it.' },
    { title: 'no alarm calls anybody', change: { calledPeriods: 0 }, message: 'Nobody is called when the region of Region/Endpoint is lost: no alarm watches the health check of its record.' },
    { title: 'no plan moves the database', change: { plan: false }, message: 'Nobody can say when the other region writes: no region-switch plan activates it.' },
    { title: 'the other region has no database', change: { secondDatabase: false, lagMilliseconds: 0 }, message: 'No other region can take over' },
    { title: 'the plan waits for an alarm that is not there', change: { automatic: true, calledPeriods: 0 }, message: 'Trigger of EdgeDns/RegionSwitch: no alarm of the system is called pair-primary-health-prod-main, so that nothing would start the plan. Name one that stands.' },
  ];
  for (const { title, change, promised, message } of missed) {
    it(`fails the build when ${title}, and writes nothing`, async () => {
      expect((await refused(change, promised)).message).to.contain(message);
      expect(existsSync(join(dist, 'pair'))).to.equal(false);
    });
  }

  it('fails no build of a system that has promised nothing, and says nothing of it', async () => {
    expect(await built({ stepTimeoutMinutes: 600, lagMilliseconds: 0 }, 'nothing')).to.equal(undefined);
  });

  it('is told by "meridian build" beside the target', async () => {
    await built();
    const manifest = readManifest(dist, 'pair', 'production');
    expect(renderBuild([summarize(manifest, join(dist, 'pair/production'))], { colors: false })).to.match(/\n {2}recovery {2}reads after 90 s · writes after 870 s of 900 s · may lose 30 s of 60 s\n/);
    expect(JSON.parse(readFileSync(join(dist, 'pair/production/manifest.json'), 'utf8')).recovery).to.deep.equal(manifest.recovery);
  });
});
