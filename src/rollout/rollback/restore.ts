import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { environmentFolder, type Manifest, type ManifestDeployment, type ManifestTemplate } from '../../build/manifest';
import { Build, rootName } from '../build';
import { stackSetOf, type RolloutPart } from '../nodes';
import { inlineBytes, sha256, type DeploymentPackage } from '../package';
import type { Target } from '../target';
import { nestedStackType, parseTemplate, type EmittedTemplate } from '../template';
import { artifactKeys, readArtifact } from './artifacts';

/** A version of a StackSet: its root template as it was packaged, and its parameters without secrets. */
export interface StackSetVersion {
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An earlier version of a part, as if it had just been built. */
export interface RestoredPart {
  readonly part: RolloutPart;
  /** By StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  /** Keys of the artifacts that its stacks read, by StackSet. */
  readonly artifacts: ReadonlyMap<string, readonly string[]>;
  /** Deletes its files. */
  remove(): void;
}

/**
 * Brings back what was built for an earlier version: roots from the versions, nested templates from the artifact buckets. Gates are left
 * out, because what stood once has passed them; so is where resources were authored, for that code may be another today.
 * @param part     as it is built now: its regions, order and wires
 * @param versions by StackSet; a deployment without one is left out
 * @throws MeridianError (exit 2) for a damaged template; what S3 says when a nested one is nowhere
 */
export async function restorePart(target: Target, part: RolloutPart, versions: ReadonlyMap<string, StackSetVersion>): Promise<RestoredPart> {
  const dist = mkdtempSync(join(tmpdir(), 'meridian-restored-'));
  const { manifest } = part.build;
  const packages = new Map<string, DeploymentPackage>();
  const artifacts = new Map<string, readonly string[]>();
  const deployments: ManifestDeployment[] = [];
  for (const deployment of manifest.deployments) {
    const stackSet = stackSetOf(part, deployment);
    const version = versions.get(stackSet);
    if (!version) continue;
    const tree = new TemplateTree(target, deployment, version.text);
    await tree.read();
    for (const [file, text] of tree.files) write(join(environmentFolder(dist, manifest.system, manifest.environment), file), text);
    deployments.push(restoredDeployment(deployment, tree));
    artifacts.set(stackSet, tree.keys);
    packages.set(stackSet, packageOf(version.text));
  }
  const restored: Manifest = { ...manifest, deployments };
  write(join(environmentFolder(dist, manifest.system, manifest.environment), 'manifest.json'), JSON.stringify(restored));
  const build = Build.open(dist, manifest.system, manifest.environment);
  return { part: { build, parameters: { ...part.parameters, values: {} } }, packages, artifacts, remove: () => rmSync(dist, { recursive: true, force: true }) };
}

/** A root template with those nested in it, as a build would have written them. */
class TemplateTree {
  /** Text by path from the environment's folder. */
  readonly files = new Map<string, string>();
  readonly templates: Record<string, ManifestTemplate> = {};
  private readonly known = new Set<string>();

  constructor(private readonly target: Target, private readonly deployment: ManifestDeployment, private readonly text: string) {}

  get keys(): string[] {
    return [...this.known];
  }

  get root(): EmittedTemplate {
    return parseTemplate(this.text, `of an earlier ${this.deployment.name}`);
  }

  async read(): Promise<void> {
    await this.add(rootName, this.text);
  }

  private async add(name: string, packaged: string): Promise<void> {
    for (const key of artifactKeys(packaged)) this.known.add(key);
    const template = parseTemplate(packaged, `${name} of an earlier ${this.deployment.name}`);
    const resources = { ...template.Resources };
    const nests: Record<string, string> = {};
    for (const [logicalId, resource] of Object.entries(template.Resources)) {
      const [key] = resource.Type === nestedStackType ? artifactKeys(JSON.stringify(resource.Properties?.['TemplateURL'])) : [];
      if (key === undefined) continue;
      const child = name === rootName ? logicalId : `${name}.${logicalId}`;
      nests[logicalId] = child;
      resources[logicalId] = { ...resource, Properties: { ...resource.Properties, TemplateURL: `./${child}.json` } };
      await this.add(child, await this.nested(key));
    }
    const file = `${this.deployment.name}/${name}.json`;
    const text = JSON.stringify({ ...template, Resources: resources });
    this.files.set(file, text);
    this.templates[name] = { file, sha256: sha256(Buffer.from(text)), usage: { resources: Object.keys(resources).length }, nests, sources: {} };
  }

  /** A nested template from the first region that has it. */
  private async nested(key: string): Promise<string> {
    const failures: unknown[] = [];
    for (const region of this.deployment.regions.create) {
      try {
        return await readArtifact(this.target, region, key);
      } catch (error) {
        failures.push(error);
      }
    }
    throw failures[0];
  }
}

function restoredDeployment({ name, regions, after, parameters, publishes }: ManifestDeployment, { templates, root }: TemplateTree): ManifestDeployment {
  const declared = Object.keys(root.Parameters ?? {});
  return {
    name,
    regions,
    ...(after && { after }),
    parameters: Object.fromEntries(declared.map((parameter) => [parameter, parameters[parameter] ?? { from: 'file' }])),
    publishes,
    templates,
    functions: {},
  };
}

function packageOf(text: string): DeploymentPackage {
  const bytes = Buffer.from(text);
  return { root: { key: `${sha256(bytes)}.json`, bytes, contentType: 'application/json' }, rootByUrl: bytes.length > inlineBytes, artifacts: [] };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
