import { Build, sharedSystem } from './build';
import { stackSetOf, type RolloutPart } from './nodes';
import { packageDeployment, type DeploymentPackage } from './package';
import type { DeployParameters } from './parameters-file';

/** What is rolled together. */
export interface PartsOptions {
  /** The folder of builds. */
  readonly dist: string;
  readonly system: string;
  readonly environment: string;
  readonly parameters: DeployParameters;
  /** Parameters of what all systems of an account share; it is rolled first. @default none (its defaults) */
  readonly sharedParameters?: DeployParameters;
}

/**
 * The builds of a rollout with their parameters: what the account shares, then the system. A system that stands alone is rolled by itself.
 * @throws MeridianError (exit 2) when one was not built
 */
export function rolloutParts({ dist, system, environment, parameters, sharedParameters }: PartsOptions): RolloutPart[] {
  const part = { build: Build.open(dist, system, environment), parameters };
  if (system === sharedSystem.system || part.build.manifest.standsAlone) return [part];
  const shared = Build.open(dist, sharedSystem.system, sharedSystem.environment);
  return [{ build: shared, parameters: sharedParameters ?? { file: `parameters/${sharedSystem.system}/${sharedSystem.environment}.yaml`, suffix: 'main', values: {} } }, part];
}

/** The packages of all deployments, by StackSet. Throws as `packageDeployment` does. */
export function packageAll(parts: readonly RolloutPart[]): Map<string, DeploymentPackage> {
  return new Map(parts.flatMap((part) => part.build.manifest.deployments.map((deployment) => [stackSetOf(part, deployment), packageDeployment(part.build, deployment)] as const)));
}
