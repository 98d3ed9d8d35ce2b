import { spawnSync } from 'node:child_process';

/**
 * The commit that is checked out, by its whole hash; with `-dirty` behind it when files that git knows were changed since.
 * @param folder in the repository
 * @returns undefined when there is none: no repository, no git, or nothing committed yet
 * @see https://git-scm.com/docs/git-describe
 */
export function readCommit(folder: string): string | undefined {
  // No tag describes it: the hash does.
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
