import { readPods, type Pod } from '../../src/analyse/cost';
import { environmentFolder, type Manifest } from '../../src/build/manifest';
import { loadSystem, type ResolvedDeployment } from '../../src/resolve';

/** An environment of a system with its resources. */
export interface ResolvedEnvironment {
  readonly environment: string;
  /** As names have it: `prod`. */
  readonly short: string;
  readonly regions: Manifest['regions'];
  /** Of a system that has promised one. */
  readonly recovery?: Manifest['recovery'];
  readonly deployments: readonly ResolvedDeployment[];
  /** What its Kubernetes manifests ask for. */
  readonly pods: readonly Pod[];
}

/**
 * Resolves a built environment under a domain of nobody's, because records are told apart by their names.
 * @param dist folder of the build
 */
export function resolvedEnvironment(dist: string, manifest: Manifest): ResolvedEnvironment {
  const { system, environment, shortEnvironment, regions, recovery } = manifest;
  return { pods: readPods(environmentFolder(dist, system, environment), manifest), environment, short: shortEnvironment, regions, recovery, deployments: loadSystem(dist, system, environment, { parameters: { DomainName: 'shop.example.com' } }) };
}
