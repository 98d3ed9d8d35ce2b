import { join } from 'node:path';
import { environmentFolder, readManifest, type Manifest, type ManifestDeployment } from '../build/manifest';
import { parseTemplate, readBuilt, type EmittedTemplate } from './template';

/** The system that all systems of an account share, and its only environment. */
export const sharedSystem = { system: 'account', environment: 'shared' } as const;

/** The name under which every deployment keeps its root template in the manifest. */
export const rootName = 'root';

/** One system in one environment as it was built, with everything that a rollout reads from disk. */
export class Build {
  private readonly templates = new Map<string, EmittedTemplate>();

  private constructor(readonly dist: string, readonly manifest: Manifest) {}

  /**
   * Opens what `build:templates` wrote.
   * @throws MeridianError when it was not built
   */
  static open(dist: string, system: string, environment: string): Build {
    return new Build(dist, readManifest(dist, system, environment));
  }

  /** A StackSet can't be operated while its home region is down, so it lives in the region that is not needed first. */
  get homeRegion(): string {
    return this.manifest.regions.secondary;
  }

  get name(): string {
    return `${this.manifest.system} ${this.manifest.environment}`;
  }

  /** The file of a template of a deployment. */
  templateFile(deployment: ManifestDeployment, template: string): string {
    const file = deployment.templates[template]?.file ?? join(deployment.name, `${template}.json`);
    return join(environmentFolder(this.dist, this.manifest.system, this.manifest.environment), file);
  }

  /** The file of a function bundle. */
  functionFile(sha256: string): string {
    return join(this.dist, 'functions', `${sha256}.zip`);
  }

  /** The root template of a deployment. */
  root(deployment: ManifestDeployment): EmittedTemplate {
    return this.template(deployment, rootName);
  }

  /** A template of a deployment, parsed once. */
  template(deployment: ManifestDeployment, name: string): EmittedTemplate {
    const file = this.templateFile(deployment, name);
    const known = this.templates.get(file);
    if (known) return known;
    const template = parseTemplate(readBuilt(file).toString('utf8'), file);
    this.templates.set(file, template);
    return template;
  }
}

/** All regions that a build's deployments and StackSets use, sorted. */
export function regionsOf(builds: readonly Build[]): string[] {
  return [...new Set(builds.flatMap((build) => [build.homeRegion, ...build.manifest.deployments.flatMap((deployment) => deployment.regions.create)]))].sort();
}
