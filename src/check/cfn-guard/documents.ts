import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentHash } from '../cache';
import type { GuardInput } from './input';

/** How long what nobody judges any more is kept: long enough to run a printed command line again. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Writes documents into a folder that is named after what it holds, because cfn-guard reads files: its command line then means the same
 * as long as the folder is there, also while another check runs. Indented, so that a person can read them.
 * @param resolved folder of all such folders
 * @param title what the documents are about: the folder's name begins with it
 * @returns the folder
 */
export function writeDocuments(resolved: string, title: string, documents: ReadonlyMap<string, object>): string {
  const texts = [...documents].map(([name, document]) => [name, `${JSON.stringify(document, undefined, 1)}\n`] as const);
  const folder = join(resolved, `${title}-${contentHash(...texts.flat()).slice(0, 12)}`);
  if (existsSync(folder)) {
    const now = new Date();
    utimesSync(folder, now, now);
    return folder;
  }
  mkdirSync(resolved, { recursive: true });
  const growing = mkdtempSync(join(resolved, '.new-'));
  for (const [name, text] of texts) writeFileSync(join(growing, name), text);
  moveInPlace(growing, folder);
  return folder;
}

/** Another check may have written the same documents in the meantime. */
function moveInPlace(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
    rmSync(from, { recursive: true });
  }
}

/** Writes an input as a whole, `kasha/production/us-east-1.json`: nothing judges it, but who writes a rule reads what there is. */
export function writeWhole(resolved: string, { system, environment, region, body }: GuardInput): void {
  const file = join(resolved, system, environment, `${region}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(body, undefined, 1)}\n`);
}

/** Removes the folders of documents that no check used for a day. */
export function removeOldDocuments(resolved: string): void {
  if (!existsSync(resolved)) return;
  for (const name of readdirSync(resolved)) {
    const entry = join(resolved, name);
    const used = statSync(entry, { throwIfNoEntry: false })?.mtimeMs;
    if (used !== undefined && Date.now() - used > KEPT_MS) rmSync(entry, { recursive: true, force: true });
  }
}
