import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeridianError } from '../../errors';

/** Milliseconds between two looks at a lock that somebody holds. */
const pause = 250;
/** Locks of this process: after a reboot or in a container, a dead process may have had the same id. */
const held = new Set<string>();

/** The right to write one journal: a file with the process id of its holder. */
export class JournalLock {
  private constructor(private readonly file: string) {}

  /** Takes the lock, also that of a process which is dead. Returns undefined when a living one holds it. */
  static tryTake(folder: string): JournalLock | undefined {
    mkdirSync(folder, { recursive: true });
    const file = lockFile(folder);
    const holder = readHolder(file);
    if (holder !== undefined && isAlive(holder, file)) return undefined;
    if (holder !== undefined && !removeStale(file, holder)) return undefined;
    if (!claim(file)) return undefined;
    held.add(file);
    return new JournalLock(file);
  }

  /**
   * Takes the lock once it is free.
   * @param what what is locked, for the error, for example `Rollout of kasha production`
   * @param wait seconds to wait for it
   * @throws MeridianError (exit 1) naming the process that holds it for longer
   */
  static async take(folder: string, what: string, wait: number): Promise<JournalLock> {
    const until = performance.now() + wait * 1_000;
    for (;;) {
      const lock = JournalLock.tryTake(folder);
      if (lock) return lock;
      if (performance.now() >= until) {
        const file = lockFile(folder);
        throw new MeridianError(
          `${what} not started: process ${readHolder(file) ?? 'unknown'} on this machine rolls or destroys the same. Wait until it ends, or give --wait with the seconds to wait for it; if that process is not Meridian, delete ${file}.`,
          1,
        );
      }
      await sleep(pause);
    }
  }

  /** Gives the lock back. */
  release(): void {
    held.delete(this.file);
    rmSync(this.file, { force: true });
  }
}

function lockFile(folder: string): string {
  return join(folder, 'journal.lock');
}

function readHolder(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(pid: number, file: string): boolean {
  if (Number.isNaN(pid)) return false;
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Moves a dead process's lock away. Returns false, with everything as it was, when another process was faster. */
function removeStale(file: string, holder: number): boolean {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
  const isStale = Object.is(readHolder(aside), holder);
  if (!isStale) link(aside, file);
  rmSync(aside);
  return isStale;
}

/** Puts a lock in its place with its content, or not at all. */
function claim(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${process.pid}\n`);
  const claimed = link(draft, file);
  rmSync(draft);
  return claimed;
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
