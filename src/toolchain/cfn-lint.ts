import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { toolsFolder } from './checkout';
import { pinnedVersion } from './pins';
import { python } from './python';
import { executablesOnPath, type Tool } from './tool';
import { VersionCache } from './version-cache';

/** Where to look for cfn-lint. Everything has the value of this machine unless a test says otherwise. */
export interface CfnLintPlaces {
  /** Folders as in the PATH variable. */
  readonly path?: string;
  /** The environment that set-up made. */
  readonly environment?: string;
  /** The file that remembers which version each cfn-lint on PATH is: asking one costs a second. */
  readonly versions?: string;
}

/** Asking a cfn-lint for its version takes one second; one that hangs is not ours to wait for. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * The cfn-lint to call: the first on PATH that is exactly the pinned version (what `pipx install cfn-lint==…` gives),
 * else the one that set-up installed. Other versions on PATH are ignored, because findings differ between versions.
 *
 * @throws MeridianError with exit code 2 when neither is there
 */
export function cfnLint({ path, environment = join(toolsFolder, 'python'), versions = join(toolsFolder, 'versions.json') }: CfnLintPlaces = {}): Tool {
  const version = pinnedVersion('cfn-lint');
  const cache = new VersionCache(versions);
  const command = executablesOnPath('cfn-lint', path)
    .filter(isPythonScript)
    .find((candidate) => cache.version(realpathSync(candidate), askVersion) === version);
  if (command !== undefined) return { name: 'cfn-lint', command, version };
  python(environment, ['cfn-lint']);
  return { name: 'cfn-lint', command: join(environment, 'bin', 'cfn-lint'), version };
}

/**
 * Whether a file is an entry point that pip, pipx or uv wrote. The launchers of version managers (pyenv, asdf) are not:
 * what stands behind one can change while the file does not, so no answer of theirs can be kept.
 */
function isPythonScript(file: string): boolean {
  const start = Buffer.alloc(256);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, start.length, 0);
  } finally {
    closeSync(handle);
  }
  return /^#!(?:.*python|\/bin\/sh\n'''exec' .*python)/.test(start.toString('utf8'));
}

/** What `cfn-lint --version` says; nothing when it doesn't run. */
function askVersion(file: string): string | undefined {
  const { stdout, status } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: ANSWER_WITHIN_MS });
  return status === 0 ? /^cfn-lint (\S+)/.exec(stdout)?.[1] : undefined;
}
