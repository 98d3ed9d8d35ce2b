import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

/** Results of one tool, by the content that was checked. */
export interface ResultCache<T> {
  /** The stored result, or undefined when this content was never checked, or its entry can't be read any more. */
  get(key: string): T | undefined;
  set(key: string, result: T): void;
}

/** SHA-256 of several texts, kept apart so that moving a byte from one to the next changes it. */
export function contentHash(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

/**
 * Opens the cache of one tool: a folder a fingerprint, a file a key.
 * @param directory the folder of all caches, by default `node_modules/.cache/meridian/check`
 * @param tool its name; entries of other fingerprints of it are removed, so the cache doesn't grow with every version
 * @param fingerprint version, or hash, of everything but the template that a result depends on and its key leaves out
 */
export function openCache<T>(directory: string, tool: string, fingerprint: string): ResultCache<T> {
  const parent = join(directory, tool);
  const folder = join(parent, fingerprint);
  mkdirSync(folder, { recursive: true });
  for (const other of readdirSync(parent)) {
    if (join(parent, other) !== folder) rmSync(join(parent, other), { recursive: true, force: true });
  }
  const entries = new Set(readdirSync(folder));
  return {
    get(key) {
      if (!entries.has(`${key}.json`)) return undefined;
      return parseEntry<T>(readFileSync(join(folder, `${key}.json`), 'utf8'));
    },
    set(key, result) {
      mkdirSync(folder, { recursive: true });
      writeFileAtomic.sync(join(folder, `${key}.json`), JSON.stringify(result));
      entries.add(`${key}.json`);
    },
  };
}

/** A cache that remembers nothing: every template is checked again. */
export function noCache<T>(): ResultCache<T> {
  return { get: () => undefined, set: () => undefined };
}

function parseEntry<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
