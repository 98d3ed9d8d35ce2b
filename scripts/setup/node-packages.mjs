import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run, onPath, SetupError } from './run.mjs';

/** npm's own record of a finished install, written last, relative to the checkout. */
export const INSTALLED_LOCK = join('node_modules', '.package-lock.json');

const OPTIONS = [
  // Development packages are part of the tool: ts-node runs it, whatever NODE_ENV says.
  '--include=dev',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  // Waits of 1, 3 and 9 s: npm's own, 10 and 60 s, hide for a minute that the network is down.
  '--fetch-retries=3',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-factor=3',
];

/**
 * Makes node_modules what package-lock.json says, by `npm ci`, unless it is already.
 *
 * @param {string} root the checkout
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} how it was installed; nothing when there was nothing to do
 */
export async function installNodePackages(root, signal) {
  if (agrees(root)) return undefined;
  const [npm, ...args] = npmCommand();
  await run(npm, [...args, 'ci', ...OPTIONS], { cwd: root, signal });
  return 'npm ci';
}

/**
 * Whether the installed packages are those of package-lock.json. Those for other platforms may be absent.
 *
 * @param {string} root
 * @returns {boolean}
 */
function agrees(root) {
  const installed = packagesOf(join(root, INSTALLED_LOCK));
  if (installed === undefined) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  if (wanted === undefined) throw new SetupError('Node packages: package-lock.json is missing or not JSON. Restore it from git.');
  delete wanted[''];
  const same = (path) => installed[path]?.version === wanted[path]?.version && installed[path]?.integrity === wanted[path]?.integrity;
  return (
    Object.entries(wanted).every(([path, entry]) => same(path) || (!(path in installed) && mayBeAbsent(entry))) &&
    Object.keys(installed).every(same)
  );
}

/** npm leaves out what another system, processor or C library needs; which C library is here, it alone decides. */
function mayBeAbsent({ optional, os, cpu, libc }) {
  const isForHere = (os === undefined || os.includes(process.platform)) && (cpu === undefined || cpu.includes(process.arch));
  return optional === true && (!isForHere || libc !== undefined);
}

/** The `packages` of a lock file by their path in the checkout; nothing when there is no such file. */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The npm that runs this script, else the one on PATH: with several Node versions installed they differ. */
function npmCommand() {
  const runner = process.env.npm_execpath;
  if (runner !== undefined && basename(runner) === 'npm-cli.js') return [process.execPath, runner];
  const npm = onPath('npm');
  if (npm === undefined) throw new SetupError('Node packages: npm is not on PATH. Install Node.js with npm.');
  return [npm];
}
