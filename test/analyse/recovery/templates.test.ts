import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemIndex } from '../../../src/analyse/system-index';
import { recoveryOf, timeParts, type Recovery } from '../../../src/analyse/recovery';
import { build } from '../../../src/build/build';
import { readManifest, type Manifest } from '../../../src/build/manifest';
import { loadTemplates, resolveSystem, type Template } from '../../../src/resolve';
import { twoRegions } from './two-regions';

type Properties = Record<string, any>;

describe('The recovery time of templates', () => {
  let dist: string;
  let manifest: Manifest;

  before(async () => {
    dist = mkdtempSync(join(tmpdir(), 'meridian-recovery-'));
    await build({ dist, systems: [twoRegions({}, 'nothing')] });
    manifest = readManifest(dist, 'pair', 'production');
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  /** The recovery once the properties of one resource are changed, or others are put beside it. */
  function changed(file: string, resource: string, to: (properties: Properties, resources: Record<string, object>) => void): Recovery | undefined {
    const deployments = resolveSystem({
      manifest,
      templatesOf: (deployment) => {
        const templates = structuredClone(loadTemplates(dist, manifest, deployment)) as Record<string, { Resources: Record<string, { Properties: Properties }> }>;
        const found = templates[file]?.Resources[resource];
        if (found) to(found.Properties, templates[file]?.Resources ?? {});
        return templates as unknown as Readonly<Record<string, Template>>;
      },
    });
    return recoveryOf(new SystemIndex(deployments), { decisionMinutes: 5, promotionMinutes: 20 });
  }

  const step = (TimeoutMinutes?: number) => ({ Name: 'ask', ExecutionBlockType: 'ManualApproval', ExecutionBlockConfiguration: { ExecutionApprovalConfig: { ApprovalRole: 'role', ...(TimeoutMinutes && { TimeoutMinutes }) } } });

  it('adds up steps that run one after the other, and takes the longest of those that run at once', () => {
    const recovery = changed('edge/edge-dns.json', 'RegionSwitch', ({ Workflows }) => {
      const [, scaling] = Workflows[0].Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps;
      scaling.ExecutionBlockConfiguration.EcsCapacityIncreaseConfig.TimeoutMinutes = 11;
      Workflows[0].Steps.unshift(step(3));
    });
    expect(recovery?.promotionSeconds).to.equal((3 + 11) * 60);
  });

  it('takes the slowest of several plans, which alarms start only if they start all of them', () => {
    const beside = (minutes: number) =>
      changed('edge/edge-dns.json', 'RegionSwitch', (properties, resources) => {
        const second = structuredClone(properties);
        second['Workflows'][0].Steps.unshift(step(minutes));
        resources['SecondSwitch'] = { Type: 'AWS::ARCRegionSwitch::Plan', Properties: second };
      });
    const slow = beside(4);
    expect(slow?.promotionSeconds).to.equal((8 + 4) * 60);
    expect(slow && timeParts(slow).map(({ what }) => what)).to.include('the last step of EdgeDns/SecondSwitch gives up');
  });

  it('does not count the workflow of the way back', () => {
    const recovery = changed('edge/edge-dns.json', 'RegionSwitch', ({ Workflows }) => Workflows[1].Steps.unshift(step(60)));
    expect(recovery?.promotionSeconds).to.equal(8 * 60);
  });

  it('is unknown while a step may take any time', () => {
    expect(() => changed('edge/edge-dns.json', 'RegionSwitch', ({ Workflows }) => Workflows[0].Steps.unshift(step()))).to.throw(
      'Step ask of EdgeDns/RegionSwitch: it has no TimeoutMinutes, so that nobody can say when the plan is done. Give the step a time-out.',
    );
  });

  it('is none when a lost region stays healthy for its calculated check, because the silent alarm suffices', () => {
    expect(changed('platform/region.json', 'Check', ({ HealthCheckConfig }) => { HealthCheckConfig.HealthThreshold = 1; })).to.equal(undefined);
  });

  it('is none when no record fails over', () => {
    expect(changed('platform/region.json', 'Record', (properties) => { delete properties['Failover']; })).to.equal(undefined);
  });

  it('is that of the slowest of several names, and none when one of them can’t fail over', () => {
    const secondName = (more: object) =>
      changed('platform/region.json', 'Record', ({ AliasTarget, ...record }, resources) => {
        resources['ApiRecord'] = { Type: 'AWS::Route53::RecordSet', Properties: { ...record, Name: 'api.example.com', TTL: '300', ...more } };
      });
    expect(secondName({})?.readsSeconds).to.equal(30 + 300);
    expect(secondName({ TTL: '5' })?.readsSeconds).to.equal(30 + 60);
    expect(secondName({ HealthCheckId: 'elsewhere' })).to.equal(undefined);
  });

  it('keeps a record’s own time to live, where it is no alias', () => {
    expect(changed('platform/region.json', 'Record', (properties) => { delete properties['AliasTarget']; properties['TTL'] = '300'; })?.readsSeconds).to.equal(30 + 300);
  });

  it('waits for connections that stay open where no database is moved, an hour where nothing closes them', () => {
    const recovery = changed('platform/region.json', 'Cluster', (properties) => { delete properties['GlobalClusterIdentifier']; })!;
    expect(recovery.writesSeconds).to.equal(90 + 180);
    expect(timeParts(recovery).reduce((sum, { seconds }) => sum + seconds, 0)).to.equal(recovery.writesSeconds);
    expect(changed('platform/region.json', 'Balancer', (properties) => { delete properties['LoadBalancerAttributes']; })?.keptOpenSeconds).to.equal(3_600);
  });

  it('loses what the strictest of the lag alarms lets stand, in whichever unit it counts', () => {
    const recovery = changed('platform/region.json', 'Lag', (properties) => Object.assign(properties, { MetricName: 'ReplicaLag', Threshold: 45 }));
    expect(recovery).to.include({ lostSeconds: 45, toldSeconds: 105 });
  });
});
