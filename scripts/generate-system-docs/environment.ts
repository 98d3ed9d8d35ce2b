import type { Manifest } from '../../src/build/manifest';
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
}

/**
 * Resolves a built environment under a domain of nobody's, because records are told apart by their names.
 * @param dist folder of the build
 */
export function resolvedEnvironment(dist: string, { system, environment, shortEnvironment, regions, recovery }: Manifest): ResolvedEnvironment {
  return { environment, short: shortEnvironment, regions, recovery, deployments: loadSystem(dist, system, environment, { parameters: { DomainName: 'shop.example.com' } }) };
}
