import { MeridianError } from '../../errors';
import { Build } from '../build';
import { planNodes, type RolloutNode } from '../nodes';
import { fileParameters, missingParameters } from '../parameters';
import { readParametersFile } from '../parameters-file';

/** A system in one of its environments. */
export interface SystemEnvironment {
  readonly system: string;
  readonly environment: string;
}

/**
 * Everything that SAM can deploy: each region of each deployment, with its parameters file, in the order in which an environment
 * is first created.
 * @param dist        the folder of builds
 * @param parameters  the folder of all parameters files
 * @throws MeridianError when one was not built, or its parameters file is wrong or lacks a value
 */
export function samNodes(dist: string, parameters: string, environments: readonly SystemEnvironment[]): RolloutNode[] {
  const parts = environments.map(({ system, environment }) => {
    const build = Build.open(dist, system, environment);
    const part = { build, parameters: readParametersFile(parameters, system, environment, fileParameters(build)) };
    const missing = missingParameters(part);
    if (missing.length === 0) return part;
    throw new MeridianError(`Parameters of ${build.name} missing: ${missing.join(', ')} have no default. Give them in ${part.parameters.file}.`, 2);
  });
  return planNodes(parts, new Map());
}

/** The name of a node among SAM's configuration environments, for example `kasha-production-foundation-us-east-1`. */
export function configEnv({ system, environment, deployment, region }: Pick<RolloutNode, 'system' | 'environment' | 'deployment' | 'region'>): string {
  return `${system}-${environment}-${deployment}-${region}`;
}
