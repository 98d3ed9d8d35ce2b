import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../../src/toolchain';
import { executablesOnPath } from '../../src/toolchain/tool';

/** Longest time, in milliseconds, that a test waits for set-up to install SAM: two to ten seconds are usual. */
const INSTALL_WITHIN_MS = 60_000;

const execute = promisify(execFile);

/** The version of AWS SAM CLI that the documentation names and set-up installs. */
export function pinnedSam(): string {
  const file = join(checkout, 'scripts', 'python', 'sam.in');
  const version = /^aws-sam-cli==(\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${file} does not pin aws-sam-cli.`);
  return version;
}

/**
 * The `sam` to test with: one on PATH of exactly the pinned version, else set-up's, installed when it is not there yet.
 * @throws Error with what set-up said when it can't be installed
 */
export async function sam(): Promise<string> {
  const wanted = `SAM CLI, version ${pinnedSam()}`;
  const onPath = executablesOnPath('sam').find((command) => spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout?.trim() === wanted);
  if (onPath !== undefined) return onPath;
  await execute(process.execPath, [join(checkout, 'scripts', 'setup.mjs'), '--sam'], { timeout: INSTALL_WITHIN_MS });
  return join(checkout, '.tools', 'sam', 'bin', 'sam');
}

/** Whether a machine without SAM, and without a way to get it, fails the test instead of leaving it out. */
export const samIsRequired = process.env['MERIDIAN_TEST_SAM'] === '1' || process.env['CI'] === 'true';
