import { spawnSync } from 'node:child_process';
import type { System } from '../cfn';
import { MeridianError } from '../errors';

/**
 * The branch that is checked out; in a GitHub workflow, which checks out a commit, the one that it runs for: of a pull request the one
 * that it is to be merged into.
 * @param folder in the repository
 * @param environmentVariables @default those of this process
 * @returns undefined when there is none: no repository, no git, or only a commit is checked out
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function readBranch(folder: string, environmentVariables: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const { GITHUB_BASE_REF: target, GITHUB_REF_NAME: pushed, GITHUB_REF_TYPE: kind } = environmentVariables;
  if (target) return target;
  if (pushed && kind === 'branch') return pushed;
  const { status, stdout } = spawnSync('git', ['symbolic-ref', '--quiet', '--short', 'HEAD'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * The environment that a branch stands for: the one of its name.
 * @throws MeridianError (exit 2) for any other branch, and for none
 */
export function environmentOfBranch(branch: string | undefined, { name, environments }: Pick<System, 'name' | 'environments'>): string {
  if (branch !== undefined && environments.includes(branch)) return branch;
  const what = branch === undefined ? `no branch is checked out, and ${name} takes its environment from it` : `"${branch}" is no environment of ${name}`;
  throw new MeridianError(`Branch: ${what}. Check out one of ${environments.join(', ')}, or name the environment after the system.`, 2);
}
