import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock older than this belongs to a process that is gone, even if its id is in use again. */
const OLDEST_MS = 15 * 60 * 1000;

/**
 * Holds a lock file while something runs, so that `npm start` and `npm test` in two terminals set up once. The lock of a
 * process that died is taken over.
 *
 * @template T
 * @param {string} path
 * @param {(holder: string) => void} onWait called once when another process holds it, with its id
 * @param {AbortSignal} signal
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function withLock(path, onWait, signal, action) {
  let told = false;
  while (!tryLock(path)) {
    const holder = holderOf(path);
    if (holder === undefined) continue;
    if (!told) onWait(holder);
    told = true;
    await sleep(200, undefined, { signal });
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Linking a finished file makes the lock and its content appear in one step. */
function tryLock(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine);
  }
}

/** The living process that holds the lock; removes the lock of a dead one. */
function holderOf(path) {
  const age = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (age === undefined) return undefined;
  const holder = readIfThere(path);
  if (holder === undefined) return undefined;
  if (Date.now() - age < OLDEST_MS && isAlive(Number(holder))) return holder;
  rmSync(path, { force: true });
  return undefined;
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
