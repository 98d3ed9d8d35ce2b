import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { availabilityTable, lostMinutesTable, recoveryTable } from '../../../scripts/generate-system-docs/availability';
import { assumptions, availabilityOf, readSlaFigures, type Assumptions, type Availability, type SlaFigure } from '../../../src/analyse/availability';
import { build } from '../../../src/build/build';
import { readManifest, type Manifest } from '../../../src/build/manifest';
import { loadTemplates, resolveSystem } from '../../../src/resolve';
import { checkout } from '../../../src/toolchain';
import { kasha } from '../../../templates/systems/kasha';

type Properties = Record<string, any>;
/** Changes the properties of one resource in a copy of its template. */
interface Change {
  readonly file: string;
  readonly resource: string;
  readonly to: (properties: Properties) => void;
}

const figures = readSlaFigures(join(checkout, 'prices/sla.json'));
const noChange: Change = { file: '', resource: '', to: () => undefined };

describe('Availability of Kasha', () => {
  let dist: string;
  let manifests: ReadonlyMap<string, Manifest>;

  before(async function () {
    this.timeout(60_000);
    dist = mkdtempSync(join(tmpdir(), 'meridian-availability-'));
    await build({ dist, systems: [kasha] });
    manifests = new Map(kasha.environments.map((environment) => [environment, readManifest(dist, 'kasha', environment)]));
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  function compute(environment: string, { change = noChange, sla = figures, assumed = assumptions }: { change?: Change; sla?: readonly SlaFigure[]; assumed?: Assumptions } = {}): Availability {
    const manifest = manifests.get(environment)!;
    const deployments = resolveSystem({
      manifest,
      parameters: { DomainName: 'shop.example.com' },
      templatesOf: (deployment) => {
        const templates = structuredClone(loadTemplates(dist, manifest, deployment)) as Record<string, { Resources: Record<string, { Properties: Properties }> }>;
        const properties = templates[change.file]?.Resources[change.resource]?.Properties;
        if (properties) change.to(properties);
        return templates as unknown as ReturnType<typeof loadTemplates>;
      },
    });
    return availabilityOf(deployments, sla, assumed)!;
  }

  const printed = (availability: Availability): string => availabilityTable(new Map([['production', availability]]), 99.99);
  /** The minutes of a column of the one row that is printed: composed SLA, edge, reading, writing. */
  const minutesIn = (availability: Availability, column: 0 | 1 | 2 | 3): number => Number([...printed(availability).matchAll(/([\d.]+) min \|/g)][column]?.[1]);

  it('finds what every request goes through, from the distribution to the database', () => {
    const { edge, regions } = compute('production');
    expect(edge.map(({ service, resources }) => [service, ...resources])).to.deep.equal([['CloudFront', 'Edge/Distribution'], ['WAF', 'Edge/WebAcl'], ['Route 53', 'Zone/HostedZone']]);
    expect(regions.map(({ region }) => region)).to.deep.equal(['us-east-1', 'ap-southeast-1']);
    expect(regions[0]?.figures.map(({ service, configuration, resources }) => [service, configuration, ...resources])).to.deep.equal([
      ['Elastic Load Balancing', 'two zones or more', 'Compute/LoadBalancer'],
      ['ECS', 'two zones or more', 'Compute/Frontend', 'Compute/Backend'],
      ['Fargate', 'two zones or more', 'Compute/Frontend', 'Compute/Backend'],
      ['Elastic Load Balancing', 'two zones or more', 'Compute/BackendLoadBalancer'],
      ['WAF', 'web ACL', 'Compute/BackendRateLimit'],
      ['RDS', 'Multi-AZ', 'Data/Primary'],
    ]);
    expect(regions[1]?.figures.at(-1)?.resources).to.deep.equal(['Data/StandbyReplica']);
  });

  it('follows no file in a bucket behind the distribution: it comes from the cache', () => {
    const bucket = { Id: 'files', DomainName: 'files.s3.us-east-1.amazonaws.com', S3OriginConfig: {} };
    const change: Change = { file: 'edge/edge.json', resource: 'Distribution', to: ({ DistributionConfig }) => void DistributionConfig.Origins.push(bucket) };
    expect(printed(compute('production', { change }))).to.equal(printed(compute('production')));
  });

  const databases = [
    { environment: 'production', database: 'Multi-AZ', recovers: true },
    { environment: 'production-as-specified', database: 'Multi-AZ', recovers: false },
    { environment: 'staging', database: 'Single-AZ', recovers: true },
    { environment: 'develop', database: 'Single-AZ', recovers: true },
  ];
  for (const { environment, database, recovers } of databases) {
    it(`of ${environment} rests on a ${database} database and ${recovers ? 'a second region' : 'one region only'}`, () => {
      const { regions, recovery, writes } = compute(environment);
      expect(regions[0]?.figures.find(({ service }) => service === 'RDS')?.configuration).to.equal(database);
      expect(recovery !== undefined).to.equal(recovers);
      expect(writes.minutes.takingOver > 0).to.equal(recovers);
    });
  }

  it('recovers reads after three checks and a minute of DNS, writes after a decision and a promotion, and may lose what no alarm tells', () => {
    const recovery = compute('production').recovery!;
    expect(recovery.readsSeconds).to.equal(10 * 3 + 60);
    expect(recovery.writesSeconds).to.equal(10 * 3 + 60 + (15 + 20) * 60);
    expect(recovery.lostSeconds).to.equal(30);
    expect(recoveryTable(new Map([['production', compute('production')]]))).to.contain('| `production` | 10 s × 3 | 60 s | 90 s | 36 min 30 s | 30 s |');
  });

  it('takes the promotion for as long as the steps of the region-switch plan may take', () => {
    const slower: Change = {
      file: 'edge/edge-dns.json',
      resource: 'RegionSwitch',
      to: ({ Workflows }) => { Workflows[0].Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps[1].ExecutionBlockConfiguration.EcsCapacityIncreaseConfig.TimeoutMinutes = 27; },
    };
    const [before, after] = [compute('production'), compute('production', { change: slower })];
    expect(after.recovery!.writesSeconds - before.recovery!.writesSeconds).to.equal(7 * 60);
    expect(after.recovery!.plan).to.equal('EdgeDns/RegionSwitch');
  });

  it('says that 99.99 % is not reached behind CloudFront', () => {
    expect(printed(compute('production'))).to.contain('99.99 % leaves 4.32 min in thirty days. It is not reached, by no number of regions: every request goes through CloudFront, whose own commitment of 99.9 % leaves 43.20 min.');
  });

  it('prints, when one SLA figure changes, as many minutes less as it comes to', () => {
    const better = figures.map((each) => (each.service === 'RDS' && each.configuration === 'Multi-AZ' ? { ...each, percent: 99.99 } : each));
    const before = compute('production');
    const saved = before.composedSla * (0.9999 / 0.9995 - 1) * 43_200;
    expect(minutesIn(before, 0) - minutesIn(compute('production', { sla: better }), 0)).to.be.closeTo(saved, 0.011);
    expect(saved).to.be.greaterThan(17);
  });

  it('prints, when the health check’s interval changes, as many minutes more as the losses of a month take longer', () => {
    const slower: Change = { file: 'platform/dns.json', resource: 'HealthCheck', to: ({ HealthCheckConfig }) => { HealthCheckConfig.RequestInterval = 30; } };
    const twelve = { ...assumptions, regionLossesPerYear: 12 };
    const [before, after] = [compute('production', { assumed: twelve }), compute('production', { assumed: twelve, change: slower })];
    for (const column of [2, 3] as const) expect(minutesIn(after, column) - minutesIn(before, column)).to.be.closeTo((3 * 20) / 60, 0.011);
    expect(after.recovery?.readsSeconds).to.equal(150);
  });

  it('prints, when a region is lost twice a year instead of once, as many minutes more as one recovery has in a twelfth', () => {
    const twice = { ...assumptions, regionLossesPerYear: 2 };
    const [before, after] = [compute('production'), compute('production', { assumed: twice })];
    expect(minutesIn(after, 3) - minutesIn(before, 3)).to.be.closeTo(36.5 / 12, 0.011);
    expect(lostMinutesTable(new Map([['production', after]]))).to.contain(`| ${(36.5 / 6).toFixed(2)} min |`);
  });

  it('prints, when a service has one task instead of two, what its lower commitments come to', () => {
    const single: Change = { file: 'platform/compute.json', resource: 'Backend', to: (properties) => { properties['DesiredCount'] = 1; } };
    const [before, after] = [compute('production'), compute('production', { change: single })];
    const expected = before.composedSla * 0.995 ** 2;
    expect(after.composedSla).to.be.closeTo(expected, 1e-12);
    expect(minutesIn(after, 0)).to.be.closeTo((1 - expected) * 43_200, 0.006);
  });

  it('falls when the standby in the other zone is taken away', () => {
    const single: Change = { file: 'platform/data.json', resource: 'Primary', to: (properties) => { properties['MultiAZ'] = false; } };
    const [before, after] = [compute('production'), compute('production', { change: single })];
    expect(after.composedSla).to.be.closeTo((before.composedSla * 0.995) / 0.9995, 1e-12);
    expect(after.writes.minutes.restarts).to.be.closeTo((4 / 12) * 10, 1e-12);
  });

  it('is refused when the origin’s name is not known', () => {
    const manifest = manifests.get('production')!;
    const deployments = resolveSystem({ manifest, templatesOf: (deployment) => loadTemplates(dist, manifest, deployment) });
    expect(() => availabilityOf(deployments, figures, assumptions)).to.throw('Origin of Edge/Distribution: its name is not known. Resolve the system with a value for the domain.');
  });
});
