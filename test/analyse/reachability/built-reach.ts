import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempts, openPaths, portText, regionReach, type Attempt, type Hop, type RegionReach } from '../../../src/analyse/reachability';
import { build } from '../../../src/build/build';
import { readManifest } from '../../../src/build/manifest';
import type { System } from '../../../src/cfn';
import { loadTemplates, resolveSystem, type Template, type TemplateResource } from '../../../src/resolve';

/** The resources of a template, to be changed. */
export type Resources = Record<string, { Type: string; Properties: Record<string, any> }>;

/** Changes the resources of one emitted template, by its file such as `foundation/network.json`. */
export interface Change {
  readonly file: string;
  readonly to: (resources: Resources) => void;
}

/** A system that was built into a temporary folder, to be asked who reaches whom. */
export class BuiltReach {
  private readonly dist = mkdtempSync(join(tmpdir(), 'meridian-reach-'));

  private constructor(private readonly system: System, private readonly parameters: Readonly<Record<string, string>>) {}

  /** Builds all environments of a system. */
  static async of(system: System, parameters: Readonly<Record<string, string>>): Promise<BuiltReach> {
    const built = new BuiltReach(system, parameters);
    await build({ dist: built.dist, systems: [system] });
    return built;
  }

  /** What a region comes to, with a change to a template. */
  region(environment: string, region: string, change?: Change): RegionReach {
    const manifest = readManifest(this.dist, this.system.name, environment);
    const deployments = resolveSystem({
      manifest,
      parameters: this.parameters,
      templatesOf: (deployment) => {
        const templates = loadTemplates(this.dist, manifest, deployment);
        const template = change && templates[change.file];
        return template ? { ...templates, [change.file]: changed(template, change) } : templates;
      },
    });
    return regionReach(deployments, region);
  }

  remove(): void {
    rmSync(this.dist, { recursive: true, force: true });
  }
}

function changed(template: Template, { to }: Change): Template {
  const copy = structuredClone(template);
  to(copy.Resources as Resources & Record<string, TemplateResource>);
  return copy;
}

/** Every open path as a line: `backend → primary:3306`, with what is not plainly open about it in brackets. */
export function pathsOf({ network, places }: RegionReach): string[] {
  return openPaths(network, places).map(({ from, to, ports, state, only, listens }) => {
    const notes = [...(state === 'open' ? [] : [state]), ...(only === undefined ? [] : [only]), ...(listens.length === 0 ? ['nothing listens'] : [])];
    return `${from} → ${to}:${portText(ports)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  });
}

/** The ways between two places of a region, by name. */
export function waysBetween(reach: RegionReach, from: string, to: string, port?: number): readonly Attempt[] {
  const [source, target] = [from, to].map((name) => {
    const place = reach.places.find((each) => each.name === name);
    if (!place) throw new Error(`There is no place ${name} among ${reach.places.map((each) => each.name).join(', ')}.`);
    return place;
  });
  return attempts(reach, source!, target!, port);
}

/** The hop that blocks the direct connection on a port, with the way on which it does. Undefined when nothing blocks. */
export function blockOf(reach: RegionReach, from: string, to: string, port: number): (Pick<Hop, 'who' | 'says' | 'needed'> & { readonly between: string; readonly state: string }) | undefined {
  const [direct] = waysBetween(reach, from, to, port);
  const connection = direct?.connections[0];
  const outcome = connection?.outcomes.find(({ state }) => state === 'blocked');
  const hop = outcome?.hops.at(-1);
  return hop && outcome && connection ? { state: connection.state, between: outcome.between, who: hop.who, says: hop.says, ...(hop.needed === undefined ? {} : { needed: hop.needed }) } : undefined;
}
