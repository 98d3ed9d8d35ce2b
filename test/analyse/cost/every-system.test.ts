import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { estimateCost, readPods, treatmentsOf, usageOf, type Pod } from '../../../src/analyse/cost';
import { build } from '../../../src/build/build';
import { environmentFolder, type Manifest } from '../../../src/build/manifest';
import resourceTypes from '../../../src/cfn/resource-types.json';
import { loadSystem, type ResolvedDeployment } from '../../../src/resolve';
import { systems } from '../../../templates/systems';
import { list } from './deployment';

/** Milliseconds that an estimate of a built environment may take: a pull request waits for eleven of them and more. */
const allowed = 250;

/** Budgets that their owner set lower than what was asked for costs. Take one away once it holds. */
const exceeded = ['fintech-global production: Amazon ElastiCache'];

describe('The estimate of every type that a template can be written with', () => {
  // What is written with SAM's types is estimated by what they are expanded into.
  const types = (resourceTypes as readonly string[]).filter((type) => !type.startsWith('AWS::Serverless::'));

  it('has a price, costs nothing by itself, or is left out for a reason, each in one way', () => {
    expect(types.filter((type) => treatmentsOf(type).length !== 1)).to.deep.equal([]);
  });
});

describe('The estimate of every system', function () {
  this.timeout(60_000);
  const dist = mkdtempSync(join(tmpdir(), 'meridian-estimates-'));
  const built: { readonly manifest: Manifest; readonly deployments: readonly ResolvedDeployment[]; readonly pods: readonly Pod[] }[] = [];

  before(async () => {
    for (const manifest of await build({ dist, systems })) {
      const { system, environment } = manifest;
      const deployments = loadSystem(dist, system, environment, { parameters: { DomainName: 'shop.example.com' } });
      built.push({ manifest, deployments, pods: readPods(environmentFolder(dist, system, environment), manifest) });
    }
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  const nameOf = ({ system, environment }: Manifest): string => `${system} ${environment}`;
  const estimateOf = ({ manifest, deployments, pods }: (typeof built)[number], prices = list) => estimateCost(deployments, manifest.regions.primary, prices, usageOf(manifest.environment), pods);

  it('knows every type of resource in one way: it has a price, costs nothing by itself, or is left out for a reason', () => {
    for (const { manifest, deployments } of built) {
      const types = new Set(deployments.flatMap(({ instance }) => [...instance.resources()].map(({ type }) => type)));
      const treated = Object.fromEntries([...types].map((type) => [type, treatmentsOf(type).length]));
      expect(Object.entries(treated).filter(([, count]) => count !== 1), `${nameOf(manifest)}: types with no or several treatments`).to.deep.equal([]);
    }
  });

  it('has a price in its region for everything that it counts', () => {
    for (const each of built) expect(estimateOf(each).notPriced.filter(({ reason }) => reason === undefined || reason.startsWith('how much')), nameOf(each.manifest)).to.deep.equal([]);
  });

  it('moves by what is used of a thing, in every region of it, when a list asks a dollar more', () => {
    for (const each of built) {
      const { lines, usd } = estimateOf(each);
      for (const id of new Set(lines.map(({ price }) => price))) {
        const price = list.prices.get(id)!;
        const dearer = { ...list, prices: new Map([...list.prices, [id, { ...price, usd: Object.fromEntries(Object.entries(price.usd).map(([region, amount]) => [region, amount + 1])) }]]) };
        const used = lines.filter((line) => line.price === id).reduce((sum, { quantity }) => sum + quantity, 0);
        expect(estimateOf(each, dearer).usd - usd, `${nameOf(each.manifest)} ${id}`).to.be.closeTo(used, 1e-6 * Math.max(1, used));
      }
    }
  });

  it('stays within the budgets that an environment gives itself, but for those that are known to be too low', () => {
    const over = built.flatMap((each) => estimateOf(each).budgets.flatMap(({ usd, limitUsd, services = ['all'] }) => (usd > limitUsd ? [`${nameOf(each.manifest)}: ${services.join()}`] : [])));
    expect(over).to.deep.equal(exceeded);
  });

  it('counts pods of every deployment whose namespace a profile on Fargate takes', () => {
    for (const each of built) {
      const profiles = each.deployments.flatMap(({ instance }) => [...instance.resources()].filter(({ type }) => type === 'AWS::EKS::FargateProfile'));
      if (profiles.length > 0) expect(each.pods.length, `${nameOf(each.manifest)} has profiles, and manifests with pods`).to.be.greaterThan(0);
      const ids = new Set(profiles.map(({ id }) => id));
      expect(estimateOf(each).lines.some(({ resource }) => ids.has(resource)), nameOf(each.manifest)).to.equal(profiles.length > 0);
    }
  });

  it(`takes less than ${allowed} ms for an environment`, () => {
    for (const each of built) {
      const start = performance.now();
      estimateOf(each);
      expect(performance.now() - start, nameOf(each.manifest)).to.be.lessThan(allowed);
    }
  });
});
