import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build/build';
import { readManifest, type Manifest } from '../../src/build/manifest';
import type { System } from '../../src/cfn';
import { loadSystem, type ResolvedDeployment, type ResolvedResource } from '../../src/resolve';
import { unread } from '../requirements/recording';
import { recorded } from '../requirements/view';

/** The account of all instances. */
const account = '111111111111';

/** A resource of the whole system, with where it stands before its id: `platform us-east-1 Data/Cluster`. */
export interface PlacedResource {
  readonly place: string;
  readonly region: string;
  readonly type: string;
  readonly resource: ResolvedResource;
}

/** A system in one environment: what a rollout reads, and every instance with the wires between them joined. */
export class Whole {
  private placed: readonly PlacedResource[] | undefined;

  constructor(readonly manifest: Manifest, readonly deployed: readonly ResolvedDeployment[]) {}

  /** The instance of a deployment in a region, which it must have. */
  instance(deployment: string, region: string): ResolvedDeployment['instance'] {
    const found = this.deployed.find((each) => each.deployment === deployment && each.region === region);
    if (!found) throw new Error(`${this.manifest.system} has no deployment ${deployment} in ${region}.`);
    return found.instance;
  }

  /** Every resource of every instance, or those of some types. */
  resources(...types: readonly string[]): readonly PlacedResource[] {
    this.placed ??= unread(() =>
      this.deployed.flatMap(({ deployment, region, instance }) => [...instance.resources()].map((resource) => ({ place: `${deployment} ${region} ${resource.id}`, region, type: resource.type, resource }))),
    );
    return types.length ? this.placed.filter(({ type }) => types.includes(type)) : this.placed;
  }
}

/** A system to build whole. */
interface WholeSystemSettings<EnvironmentName extends string> {
  readonly system: System;
  readonly environments: readonly EnvironmentName[];
  /** Values of its deploy-time parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Builds a system in all its environments before the tests of a suite; gives how to read one of them within a test. */
export function wholeSystem<EnvironmentName extends string>({ system, environments, parameters }: WholeSystemSettings<EnvironmentName>): (environment: EnvironmentName) => Whole {
  const built = new Map<EnvironmentName, Whole>();
  let dist = '';

  before(async function () {
    this.timeout(60_000);
    dist = mkdtempSync(join(tmpdir(), `meridian-${system.name}-`));
    await build({ dist, systems: [system] });
    for (const environment of environments) {
      const manifest = recorded(`${environment}/manifest`, readManifest(dist, system.name, environment));
      const deployed = loadSystem(dist, system.name, environment, { parameters, accountId: account });
      built.set(environment, new Whole(manifest, deployed.map((each) => ({ ...each, instance: recorded(`${environment}/${each.deployment} ${each.region}`, each.instance) }))));
    }
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  return (environment) => {
    const whole = built.get(environment);
    if (!whole) throw new Error(`${system.name} was not built in ${environment}: ask for it in a test's body.`);
    return whole;
  };
}
