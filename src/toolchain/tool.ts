import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** An external program that checks templates or manifests. */
export interface Tool {
  readonly name: 'cfn-lint' | 'cfn-guard' | 'kubernetes-validate';
  /** The executable: an absolute path, for `spawn`. */
  readonly command: string;
  /** Such as `1.58.0`: results are cached under it. */
  readonly version: string;
}

/**
 * All executable files of one name in the folders of PATH, in the order in which a shell would find them.
 *
 * @param name such as `cfn-lint`
 * @param path folders as in the PATH variable; that of this process unless given
 */
export function executablesOnPath(name: string, path = process.env['PATH'] ?? ''): string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .filter(isExecutable);
}

/** Whether a path is a file that this user may execute. */
export function isExecutable(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
}
