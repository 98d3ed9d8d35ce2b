import { Argument, type Command } from 'commander';
import { MeridianError } from '../errors';
import { chooseSystems } from './choose';
import { environmentOfBranch, readBranch } from './git-branch';
import type { Workspace } from './workspace';

/** The argument that names an environment. */
class EnvironmentArgument extends Argument {
  /** @param needed whether the command is about exactly one */
  constructor(readonly needed: boolean, description: string) {
    super('[environment]', description);
  }
}

/** The environment of a command that is about exactly one. */
export function neededEnvironment(): Argument {
  return new EnvironmentArgument(true, 'its environment; by default the branch that is checked out, for a system whose environments are branches');
}

/** The environment of a command that can be about all of them. */
export function optionalEnvironment(): Argument {
  return new EnvironmentArgument(false, 'only this environment of it; all by default, or the branch that is checked out for a system whose environments are branches');
}

/**
 * Fills in the environment that a command was not told, from the branch that is checked out, for a system whose environments are
 * branches.
 * @param command one that was parsed and is about to act
 * @throws MeridianError (exit 2) when the command needs an environment and the system has none by branch, or the branch is none of them
 */
export function fillInEnvironment(command: Command, { project, loadSystems }: Pick<Workspace, 'project' | 'loadSystems'>): void {
  const index = command.registeredArguments.findIndex((argument) => argument instanceof EnvironmentArgument);
  const argument = command.registeredArguments[index];
  const [name, told] = [command.processedArgs[0] as string | undefined, command.processedArgs[index] as string | undefined];
  if (!(argument instanceof EnvironmentArgument) || name === undefined || told !== undefined) return;
  const [system] = chooseSystems(loadSystems(), name, undefined);
  if (system?.branches) command.processedArgs[index] = environmentOfBranch(readBranch(project), system);
  else if (argument.needed) throw new MeridianError(`Argument <environment>: it is missing. Give one of ${system?.environments.join(', ')}.`, 2);
}
