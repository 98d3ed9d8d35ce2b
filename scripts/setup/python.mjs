import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findInterpreter } from './interpreter.mjs';
import { onPath, run, SetupError } from './run.mjs';

/** Where set-up puts everything that isn't a Node package, relative to the checkout. */
export const TOOLS = '.tools';

/**
 * A Python environment of the checkout.
 *
 * @typedef {{folder: string, lock: string, precompiled: boolean}} Environment `folder` is its name in `.tools`, `lock` that of
 *   its lock file in `scripts/python`; `precompiled` compiles all of its modules at once, which pays when most are used
 */

/** cfn-lint, aws-sam-translator and ministack. @type {Environment} */
export const PYTHON_TOOLS = { folder: 'python', lock: 'requirements', precompiled: true };

/** AWS SAM CLI, apart because its botocore is another than ministack's. It uses few of its modules. @type {Environment} */
export const SAM = { folder: 'sam', lock: 'sam', precompiled: false };

/**
 * The interpreter of an environment, relative to the checkout.
 *
 * @param {Environment} environment
 * @returns {string}
 */
export function interpreterOf({ folder }) {
  return join(TOOLS, folder, 'bin', 'python');
}

/**
 * Makes `.tools/<folder>` an environment with exactly the packages of its lock file, unless it is one already.
 * A virtual environment holds its own path, so each is built under a name of its own, `.tools/<folder>-<hash>`, and
 * `.tools/<folder>` is a link that moves there in one step when the environment is complete.
 *
 * @param {Environment} environment
 * @param {string} root the checkout
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} how it was installed; nothing when there was nothing to do
 * @throws {SetupError} without a usable Python, or when every way to install failed
 */
export async function installEnvironment(environment, root, signal) {
  const { folder, lock, precompiled } = environment;
  const tools = join(root, TOOLS);
  const interpreter = await findInterpreter(signal);
  const locked = lockFile(root, lock);
  const name = `${folder}-${fingerprint(root, interpreter, locked)}`;
  const link = join(tools, folder);
  if (linkedTo(link) === name && existsSync(join(root, interpreterOf(environment)))) return undefined;

  const how = await build({ root, interpreter, locked, precompiled, environment: join(tools, name), signal });
  point(link, name);
  const others = new RegExp(`^${folder}-[0-9a-f]{12}$`);
  for (const entry of readdirSync(tools)) {
    if (others.test(entry) && entry !== name) rmSync(join(tools, entry), { recursive: true });
  }
  return `${how}, Python ${interpreter.version}`;
}

/** Changes when the locked packages, the interpreter's file or the place of the checkout do. */
function fingerprint(root, interpreter, locked) {
  const { mtimeMs, size } = statSync(interpreter.path);
  return createHash('sha256')
    .update(JSON.stringify([root, interpreter, mtimeMs, size]))
    .update(readFileSync(locked))
    .digest('hex')
    .slice(0, 12);
}

function lockFile(root, name) {
  return join(root, 'scripts', 'python', `${name}.lock`);
}

/**
 * Tries the ways to install, the fastest first: uv from PATH, uv fetched by pip, pip. One that fails gives way to the
 * next, because uv doesn't read pip's settings, such as a company's own index.
 */
async function build(job) {
  const ways = [
    ['uv from PATH', withUvFromPath],
    ['uv', withUvFromPip],
    ['pip', withPip],
  ];
  const failures = [];
  for (const [how, install] of ways) {
    rmSync(job.environment, { recursive: true, force: true });
    try {
      if (await install(job)) return how;
    } catch (error) {
      if (!(error instanceof SetupError) || job.signal.aborted) throw error;
      failures.push(error);
    }
  }
  rmSync(job.environment, { recursive: true, force: true });
  const last = failures.at(-1);
  if (last !== undefined) throw last;
  throw new SetupError(
    `Python tools: uv is not on PATH, and ${job.interpreter.path} has neither pip nor the venv module. ` +
      'Install one of them, for example with "apt install python3-venv".',
  );
}

async function withUvFromPath(job) {
  const uv = onPath('uv');
  if (uv === undefined) return false;
  await syncWithUv(uv, job);
  return true;
}

async function withUvFromPip(job) {
  if (!(await hasModules(job, 'pip'))) return false;
  const folder = join(job.root, TOOLS, 'uv');
  const uv = join(folder, 'bin', 'uv');
  if (!existsSync(uv)) {
    const fresh = `${folder}.${process.pid}`;
    const args = ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--no-deps', '--target', fresh, '-r', lockFile(job.root, 'uv')];
    try {
      await run(job.interpreter.path, args, { env: pipEnvironment, signal: job.signal });
      rmSync(folder, { recursive: true, force: true });
      renameSync(fresh, folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  await syncWithUv(uv, job);
  return true;
}

async function withPip(job) {
  if (!(await hasModules(job, 'venv', 'ensurepip'))) return false;
  await run(job.interpreter.path, ['-m', 'venv', job.environment], { signal: job.signal });
  await run(
    join(job.environment, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--require-hashes', '--no-deps', '-r', job.locked],
    { env: pipEnvironment, signal: job.signal },
  );
  return true;
}

async function syncWithUv(uv, { interpreter, locked, precompiled, environment, signal }) {
  const env = { UV_PYTHON_DOWNLOADS: 'never', UV_NO_PROGRESS: '1' };
  await run(uv, ['venv', '--quiet', '--no-project', '--python', interpreter.path, environment], { env, signal });
  await run(
    uv,
    ['pip', 'sync', '--quiet', '--require-hashes', ...(precompiled ? ['--compile-bytecode'] : []), '--python', join(environment, 'bin', 'python'), locked],
    { env, signal },
  );
}

/** `PIP_USER` in somebody's settings would refuse `--target` and virtual environments; more retries only delay the error. */
const pipEnvironment = {
  PIP_USER: '0',
  PIP_RETRIES: '2',
  PIP_NO_INPUT: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_ROOT_USER_ACTION: 'ignore',
};

async function hasModules({ interpreter, signal }, ...modules) {
  const code = 'import sys, importlib.util as u; print(all(u.find_spec(m) for m in sys.argv[1:]))';
  return (await run(interpreter.path, ['-c', code, ...modules], { signal })).trim() === 'True';
}

function linkedTo(link) {
  return lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(link) : undefined;
}

/** Makes a link point to a neighbour by renaming a new link over it. */
function point(link, name) {
  const fresh = `${link}.${process.pid}`;
  symlinkSync(name, fresh);
  if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory()) rmSync(link, { recursive: true });
  renameSync(fresh, link);
}
