import { Build, fileParameters, readParametersFile, type DeployParameters } from '../../rollout';
import { parametersText, parseParameters } from '../../rollout/parameters-file';
import type { Workspace } from '../workspace';

/** Which parameters file to read, and what to put in its place. */
export interface ParameterChoice {
  readonly system: string;
  readonly environment: string;
  /** In the place of `parameters/<system>/<environment>.yaml`. */
  readonly file?: string;
  /** In the place of the file's own suffix. */
  readonly suffix?: string;
}

/**
 * The deploy-time values of a system that was built.
 * @throws MeridianError (exit 2) for a file that can't be read or holds what no deployment takes
 */
export function deployParameters({ dist, parameters }: Workspace, { system, environment, file, suffix }: ParameterChoice): DeployParameters {
  const known = fileParameters(Build.open(dist, system, environment));
  const read = file === undefined ? readParametersFile(parameters, system, environment, known) : parseParameters(parametersText(file), file, known);
  return suffix === undefined ? read : { ...read, suffix };
}
