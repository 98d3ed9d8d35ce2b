import { builtEnvironments, type BuiltEnvironment } from '../../check/read-templates';
import { MeridianError } from '../../errors';
import { shared } from '../choose';
import { unknownName } from '../unknown-name';
import type { Workspace } from '../workspace';

/**
 * The environments that were built, what an account shares first: those of the system and environment named, else all.
 * @throws MeridianError (exit 2) when nothing was built, or with the nearest name for one that was not
 */
export function chooseBuilt({ dist }: Workspace, system: string | undefined, environment: string | undefined): BuiltEnvironment[] {
  const built = builtEnvironments(dist).sort((a, b) => Number(b.system === shared.name) - Number(a.system === shared.name));
  if (built.length === 0) throw new MeridianError(`Nothing built: ${dist} holds no system. Run "meridian build" first.`, 2);
  const ofSystem = system === undefined ? built : built.filter((each) => each.system === system);
  if (ofSystem.length === 0) throw unknownName('System', system!, [...new Set(built.map((each) => each.system))]);
  const chosen = environment === undefined ? ofSystem : ofSystem.filter((each) => each.environment === environment);
  if (chosen.length === 0) throw unknownName('Environment', environment!, ofSystem.map((each) => each.environment));
  return chosen;
}
