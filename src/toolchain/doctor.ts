import { spawnSync } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { MeridianError } from '../errors';
import { cfnGuard } from './cfn-guard';
import { cfnLint, type CfnLintPlaces } from './cfn-lint';
import { checkout, setUpCommand } from './checkout';
import { pinnedVersion, type PinnedPackage } from './pins';
import { installedVersion, python } from './python';

/** One thing that Meridian needs of the machine. */
export interface Check {
  /** What is needed, in a word or two. */
  readonly name: string;
  readonly ok: boolean;
  /** What is there: a version with its path, an amount, or why it could not be told. */
  readonly found: string;
  /** What has to be there. */
  readonly wanted: string;
  /** What to do when it is not; nothing when it is. */
  readonly fix?: string;
}

/** The oldest Python of the tools: what ministack and cfn-lint ask for. */
const OLDEST_PYTHON = '3.10';

/** The oldest Node: it can require() the ES modules among the packages. */
const OLDEST_NODE = '20.19';

/** Free space for one working checkout: Node packages and Python tools take half of it. */
const NEEDED_BYTES = 1_000_000_000;

const GIGABYTE = 1_000_000_000;

/** Asking a tool for its version takes a second at most. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * Everything that building, checking and rolling out on the local AWS need of this machine, each with what is there and
 * what to do about it. Reads and asks only; nothing is installed or kept open. Needs no network and no account.
 *
 * @param places where cfn-lint and the Python tools are looked for; where Meridian itself does unless a test says otherwise
 */
export async function doctor(places: CfnLintPlaces = {}): Promise<Check[]> {
  return [
    nodeVersion(),
    pythonVersion(places.environment),
    tool('cfn-lint', pinnedVersion('cfn-lint'), () => cfnLint(places)),
    tool('cfn-guard', 'the one of @cdklabs/cdk-validator-cfnguard', runsCfnGuard),
    pythonPackage('aws-sam-translator', places.environment),
    pythonPackage('ministack', places.environment),
    pythonPackage('kubernetes-validate', places.environment),
    git(),
    await loopback(),
    await freeSpace(),
  ];
}

function check(name: string, ok: boolean, found: string, wanted: string, fix: string): Check {
  return ok ? { name, ok, found, wanted } : { name, ok, found, wanted, fix };
}

function nodeVersion(): Check {
  const found = process.versions.node;
  const fix = 'Install a newer Node.js, for example with nvm.';
  return check('node', isAtLeast(found, OLDEST_NODE), found, `${OLDEST_NODE} or newer`, fix);
}

function pythonVersion(environment?: string): Check {
  const wanted = `${OLDEST_PYTHON} or newer`;
  try {
    const interpreter = python(environment, []);
    const answer = spawnSync(interpreter, ['--version'], { encoding: 'utf8', timeout: ANSWER_WITHIN_MS });
    const version = /^Python (\S+)/.exec(answer.stdout)?.[1];
    if (version === undefined) return check('python', false, `${interpreter} does not run`, wanted, `Run: ${setUpCommand}`);
    return check('python', isAtLeast(version, OLDEST_PYTHON), `${version} (${interpreter})`, wanted, `Run: ${setUpCommand}`);
  } catch (error) {
    return absent('python', wanted, error);
  }
}

function tool(name: string, wanted: string, find: () => { command: string; version: string }): Check {
  try {
    const { command, version } = find();
    return { name, ok: true, found: `${version} (${command})`, wanted };
  } catch (error) {
    return absent(name, wanted, error);
  }
}

/** The binary is called once: one for another C library or processor is there, yet does not run. */
function runsCfnGuard(): { command: string; version: string } {
  const { command } = cfnGuard();
  const { stdout, error, status } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: ANSWER_WITHIN_MS });
  const version = /^cfn-guard (\S+)/.exec(stdout ?? '')?.[1];
  if (version !== undefined) return { command, version };
  const why = error?.message ?? `it exited with code ${status}`;
  throw new MeridianError(`cfn-guard: ${command} does not run (${why}). Run: npm ci`, 2, { cause: error });
}

function pythonPackage(name: PinnedPackage, environment?: string): Check {
  const wanted = pinnedVersion(name);
  const found = installedVersion(name, environment);
  return check(name, found === wanted, found ?? 'not installed', wanted, `Run: ${setUpCommand}`);
}

function git(): Check {
  const { stdout, status } = spawnSync('git', ['--version'], { encoding: 'utf8', timeout: ANSWER_WITHIN_MS });
  const version = status === 0 ? /\d+(?:\.\d+)+/.exec(stdout)?.[0] : undefined;
  return check('git', version !== undefined, version ?? 'not on PATH', 'any version', 'Install git, for example with "apt install git".');
}

/** Opens a port on 127.0.0.1 as the local AWS does, and closes it. */
async function loopback(): Promise<Check> {
  const wanted = 'a free port on 127.0.0.1';
  const fix = 'Allow this user to listen on 127.0.0.1: the local AWS serves there.';
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(check('loopback', false, error.message, wanted, fix)));
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      server.close(() => resolve(check('loopback', true, 'a port opens and closes', wanted, fix)));
    });
  });
}

async function freeSpace(): Promise<Check> {
  const { bavail, bsize } = await statfs(checkout);
  const free = bavail * bsize;
  const show = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(1)} GB free`;
  return check('disk', free >= NEEDED_BYTES, `${show(free)} in ${checkout}`, show(NEEDED_BYTES), `Free some space under ${checkout}.`);
}

/** A thing that is not there: the error that says so holds what to do as its last sentence. */
function absent(name: string, wanted: string, error: unknown): Check {
  if (!(error instanceof MeridianError)) throw error;
  const [, found = error.message, fix = ''] = /^(.*)\. ([A-Z].*)$/s.exec(error.message) ?? [];
  return { name, ok: false, found, wanted, fix };
}

function isAtLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
