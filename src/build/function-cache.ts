import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { z } from 'zod';

/** What is known of the last build of one function. */
const cacheEntry = z.object({
  /** Hash of everything but the inputs that decides the bytes: options, versions. */
  recipe: z.string(),
  /** SHA-256 of every file that went into the bundle, by its path relative to the checkout. */
  inputs: z.record(z.string(), z.string()),
  /** SHA-256 of the zip beside this entry. */
  sha256: z.string(),
});

type CacheEntry = z.infer<typeof cacheEntry>;

/** The SHA-256 of bytes or text, in lower-case hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The zip of the function's last build, when its recipe and every one of its inputs are what they were then.
 *
 * @returns undefined when the function must be bundled, also because what was remembered is damaged
 */
export function cachedZip(root: string, name: string, recipe: string): Buffer | undefined {
  const entry = readIfPresent(entryFile(root, name));
  const zip = readIfPresent(zipFile(root, name));
  if (!entry || !zip) return undefined;
  const known = parseEntry(entry.toString());
  if (!known) return undefined;
  // Checked too, because two builds at the same time can each leave one of the two files.
  if (known.recipe !== recipe || known.sha256 !== sha256(zip)) return undefined;
  const unchanged = ([path, hash]: [string, string]) => {
    const content = readIfPresent(join(root, path));
    return content !== undefined && sha256(content) === hash;
  };
  return Object.entries(known.inputs).every(unchanged) ? zip : undefined;
}

/** Remembers a build, in place of the function's previous one. */
export function cacheZip(root: string, name: string, recipe: string, inputs: readonly string[], zip: Buffer): void {
  const hashes = Object.fromEntries(inputs.map((path) => [path, sha256(readFileSync(join(root, path)))]));
  const entry: CacheEntry = { recipe, inputs: hashes, sha256: sha256(zip) };
  mkdirSync(dirname(zipFile(root, name)), { recursive: true });
  writeFileAtomic(zipFile(root, name), zip);
  writeFileAtomic(entryFile(root, name), JSON.stringify(entry));
}

function parseEntry(text: string): CacheEntry | undefined {
  try {
    return cacheEntry.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function entryFile(root: string, name: string): string {
  return join(root, 'node_modules/.cache/meridian/functions', `${name}.json`);
}

function zipFile(root: string, name: string): string {
  return join(root, 'node_modules/.cache/meridian/functions', `${name}.zip`);
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
