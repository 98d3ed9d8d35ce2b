import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_LOCK } from './node-packages.mjs';
import { interpreterOf, PYTHON_TOOLS, SAM, TOOLS } from './python.mjs';

/**
 * What one set-up installs as a whole. Paths are relative to the checkout.
 *
 * @typedef {{stamp: string, locks: string[], installed: string[]}} Part `stamp` is the file's name in `.tools`, `installed`
 *   names files that change when somebody else installs or upgrades
 */

/** What everybody needs. @type {Part} */
export const CHECKOUT = {
  stamp: 'ready.json',
  locks: ['package-lock.json', 'scripts/python/requirements.lock', 'scripts/python/uv.lock'],
  // Follows the links to the interpreter itself, so an upgrade of the machine's Python shows.
  installed: [INSTALLED_LOCK, interpreterOf(PYTHON_TOOLS)],
};

/** What `sam deploy` needs. @type {Part} */
export const SAM_CLI = {
  stamp: 'sam-ready.json',
  locks: ['scripts/python/sam.lock', 'scripts/python/uv.lock'],
  installed: [interpreterOf(SAM)],
};

/**
 * Whether the last set-up of a part finished and nothing it depends on has changed since. Starts no process: reading the
 * inputs takes a few milliseconds.
 *
 * @param {string} root the checkout
 * @param {Part} part
 * @returns {boolean}
 */
export function isReady(root, part) {
  try {
    return readFileSync(stampFile(root, part), 'utf8') === stamp(root, part);
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Records that set-up of a part finished, by writing beside and renaming.
 *
 * @param {string} root the checkout
 * @param {Part} part
 */
export function markReady(root, part) {
  const fresh = `${stampFile(root, part)}.${process.pid}`;
  writeFileSync(fresh, stamp(root, part));
  renameSync(fresh, stampFile(root, part));
}

function stampFile(root, part) {
  return join(root, TOOLS, part.stamp);
}

/** Everything that decides what set-up installs, and the identity of what is installed. */
function stamp(root, { locks, installed }) {
  const scripts = readdirSync(join(root, 'scripts', 'setup')).sort().map((name) => `scripts/setup/${name}`);
  const inputs = createHash('sha256');
  for (const source of [...locks, 'scripts/setup.mjs', ...scripts]) inputs.update(source).update(readFileSync(join(root, source)));
  return `${JSON.stringify(
    {
      root,
      platform: `${process.platform}-${process.arch}`,
      node: process.versions.node.split('.')[0],
      namedPython: process.env.MERIDIAN_PYTHON ?? null,
      inputs: inputs.digest('hex'),
      installed: Object.fromEntries(installed.map((path) => [path, identity(join(root, path))])),
    },
    null,
    2,
  )}\n`;
}

function identity(path) {
  const { mtimeMs, size } = statSync(path);
  return `${mtimeMs} ${size}`;
}
