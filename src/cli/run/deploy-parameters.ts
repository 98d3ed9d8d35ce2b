import { Build, fileParameters, readParametersFile, type DeployParameters } from '../../rollout';
import { parametersText, parseParameters } from '../../rollout/parameters-file';
import type { TemplateParameter } from '../../rollout/template';
import { shared } from '../choose';
import { readBranch } from '../git-branch';
import { readCommit } from '../git-commit';
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

/** Parameters that say what is rolled, by how they are found out: a build that has one of them needs no value of it in the file. */
const ofCheckout: Readonly<Record<string, (folder: string) => string | undefined>> = { GitBranch: (folder) => readBranch(folder), GitCommit: readCommit };

/**
 * The deploy-time values of a system that was built: what the file gives, and of `GitBranch` and `GitCommit` what git says, where a
 * deployment takes them and the file leaves them out.
 * @throws MeridianError (exit 2) for a file that can't be read or holds what no deployment takes
 */
export function deployParameters({ dist, parameters, project }: Pick<Workspace, 'dist' | 'parameters' | 'project'>, { system, environment, file, suffix }: ParameterChoice): DeployParameters {
  const known = fileParameters(Build.open(dist, system, environment));
  const read = file === undefined ? readParametersFile(parameters, system, environment, known) : parseParameters(parametersText(file), file, known);
  return { ...read, values: { ...checkedOut(project, known), ...read.values }, ...(suffix !== undefined && { suffix }) };
}

/**
 * The deploy-time values of what a system's account shares; undefined where nothing of it is rolled with the system: see `rolledWith`.
 * @throws MeridianError as `deployParameters` does, and when the system was not built
 */
export function sharedDeployParameters(workspace: Pick<Workspace, 'dist' | 'parameters' | 'project'>, { system, environment }: ParameterChoice): DeployParameters | undefined {
  if (system === shared.name || Build.open(workspace.dist, system, environment).manifest.standsAlone) return undefined;
  return deployParameters(workspace, { system: shared.name, environment: shared.environment });
}

/** The values of what is checked out, of those parameters that a system has. */
function checkedOut(folder: string, known: Readonly<Record<string, TemplateParameter>>): Readonly<Record<string, string>> {
  const found = Object.entries(ofCheckout).flatMap(([name, read]): [string, string][] => {
    const value = name in known ? read(folder) : undefined;
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}
