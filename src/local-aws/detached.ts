import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { MeridianError } from '../errors';
import { LocalAwsControl } from './control';
import { type EmulatorOptions, spawnEmulator, whenReady } from './emulator-process';

const HEALTH_TIME_LIMIT_MS = 3_000;
const STOP_TIME_LIMIT_MS = 10_000;

const stateSchema = z
  .object({ pid: z.number().int().positive(), port: z.number().int().min(1).max(65_535), endpoint: z.string() })
  .refine(({ port, endpoint }) => endpoint === `http://127.0.0.1:${port}`);

/** What `.meridian/local.json` holds: the local AWS that runs on its own. */
export type DetachedState = z.infer<typeof stateSchema>;

/** `stopped`, or `running` where the state says. A process that is gone counts as stopped. */
export type DetachedStatus = { readonly status: 'stopped' } | ({ readonly status: 'running' } & DetachedState);

/**
 * Starts a local AWS that goes on after this process, and writes its state file; its log is `local.log` beside it. One that
 * runs already is left as it is.
 *
 * @param directory folder of the state file, usually `.meridian` in the checkout
 * @returns where it runs, and whether it was started now
 * @throws MeridianError (exit code 2) when it can't be started within the time limit
 */
export async function startDetached(directory: string, options: EmulatorOptions = {}): Promise<DetachedState & { readonly started: boolean }> {
  const present = await detachedStatus(directory);
  if (present.status === 'running') {
    return { pid: present.pid, port: present.port, endpoint: present.endpoint, started: false };
  }
  fs.mkdirSync(directory, { recursive: true });
  const logFile = path.join(directory, 'local.log');
  const log = fs.openSync(logFile, 'w');
  const child = spawnEmulator(options, { stdin: 'ignore', stderr: log });
  fs.closeSync(log);
  const { endpoint, pid } = await whenReady(child, options.timeLimitMs).catch((problem: MeridianError) => {
    throw new MeridianError(`${problem.message}${fs.readFileSync(logFile, 'utf8')}`.trimEnd(), problem.exitCode, { cause: problem });
  });
  child.stdout?.destroy();
  child.unref();
  const state: DetachedState = { pid, port: Number(new URL(endpoint).port), endpoint };
  fs.writeFileSync(stateFile(directory), `${JSON.stringify(state, undefined, 2)}\n`);
  return { ...state, started: true };
}

/**
 * Whether a detached local AWS runs. The state file of one that is gone is removed.
 *
 * @throws MeridianError (exit code 2) when the state file is unreadable, or its process lives but does not answer
 */
export async function detachedStatus(directory: string): Promise<DetachedStatus> {
  const state = readState(directory);
  if (!state || !(await answers(state, directory))) {
    fs.rmSync(stateFile(directory), { force: true });
    return { status: 'stopped' };
  }
  return { status: 'running', ...state };
}

/**
 * Stops the detached local AWS and waits for its end.
 *
 * @returns whether one was running
 * @throws MeridianError (exit code 2) when it lives but does not answer, or does not end
 */
export async function stopDetached(directory: string): Promise<boolean> {
  const present = await detachedStatus(directory);
  if (present.status === 'stopped') {
    return false;
  }
  process.kill(present.pid, 'SIGTERM');
  const end = Date.now() + STOP_TIME_LIMIT_MS;
  while (lives(present.pid)) {
    if (Date.now() > end) {
      throw new MeridianError(`Local AWS (process ${present.pid}): it did not end within ${STOP_TIME_LIMIT_MS / 1000} s. End the process yourself.`, 2);
    }
    await sleep(20);
  }
  fs.rmSync(stateFile(directory), { force: true });
  return true;
}

function stateFile(directory: string): string {
  return path.join(directory, 'local.json');
}

function readState(directory: string): DetachedState | undefined {
  const file = stateFile(directory);
  if (!fs.existsSync(file)) {
    return undefined;
  }
  try {
    return stateSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new MeridianError(`State of the local AWS ${file}: it is not what Meridian wrote. Delete the file.`, 2, { cause });
  }
}

/** Whether the process in the state file is the one that answers at its endpoint; a reused process id is not taken for it. */
async function answers(state: DetachedState, directory: string): Promise<boolean> {
  if (!lives(state.pid)) {
    return false;
  }
  const health = await new LocalAwsControl(state.endpoint).health(HEALTH_TIME_LIMIT_MS).catch((cause: unknown) => {
    throw new MeridianError(`Local AWS (process ${state.pid}): it does not answer at ${state.endpoint}. End that process if it is the local AWS, then delete ${stateFile(directory)}.`, 2, { cause });
  });
  return health.pid === state.pid;
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
