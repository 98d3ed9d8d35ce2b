import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MeridianError } from '../errors';
import { setUpCommand, toolsFolder } from './checkout';
import { pinnedPackages, pinnedVersion, type PinnedPackage } from './pins';

/** The environment of the Python tools, a link that set-up moves to the newest complete one. */
const environment = join(toolsFolder, 'python');

/**
 * The interpreter of the environment that holds cfn-lint, aws-sam-translator, ministack and kubernetes-validate in their pinned versions.
 * Starts no process.
 *
 * @param folder the environment to look in; set-up's own unless a test says otherwise
 * @param needed packages that have to be there in their pinned versions; all, unless the caller uses fewer
 * @returns the interpreter's path, for `spawn`
 * @throws MeridianError with exit code 2 when set-up has not run, or ran for other versions
 */
export function python(folder = environment, needed: readonly PinnedPackage[] = pinnedPackages): string {
  const interpreter = join(folder, 'bin', 'python');
  if (!existsSync(interpreter)) {
    throw new MeridianError(`Python tools: ${interpreter} is missing. Run: ${setUpCommand}`, 2);
  }
  for (const name of needed) requirePinned(name, folder);
  return interpreter;
}

/**
 * The version of a package in the environment of the Python tools, read from its metadata folder without starting Python.
 *
 * @param name the package's name as the index spells it
 * @param folder the environment to look in; set-up's own unless a test says otherwise
 * @returns nothing when the package or the environment is absent
 */
export function installedVersion(name: PinnedPackage, folder = environment): string | undefined {
  const lib = join(folder, 'lib');
  if (!existsSync(lib)) return undefined;
  const prefix = `${name.replaceAll('-', '_')}-`;
  return readdirSync(lib)
    .map((pythonVersion) => join(lib, pythonVersion, 'site-packages'))
    .filter((packages) => existsSync(packages))
    .flatMap((packages) => readdirSync(packages))
    .find((entry) => entry.startsWith(prefix) && entry.endsWith('.dist-info'))
    ?.slice(prefix.length, -'.dist-info'.length);
}

function requirePinned(name: PinnedPackage, folder: string): void {
  const wanted = pinnedVersion(name);
  const found = installedVersion(name, folder);
  if (found === wanted) return;
  const why = found === undefined ? 'it is not installed' : `version ${found} is installed, not ${wanted}`;
  throw new MeridianError(`${name} ${wanted}: ${why} in ${folder}. Run: ${setUpCommand}`, 2);
}
