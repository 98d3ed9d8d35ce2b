import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import path from 'node:path';
import { z } from 'zod';
import { MeridianError } from '../errors';

const ROOT = path.resolve(__dirname, '../..');
const KEPT_LOG_CHARACTERS = 8_000;

/** How the local AWS is started. */
export interface EmulatorOptions {
  /** TCP port on 127.0.0.1. Default 0: a free one, so that several can run side by side. */
  readonly port?: number;
  /** Python interpreter with the emulator's packages. Default: the one that set-up installs in `.tools/python`. */
  readonly python?: string;
  /** Variables added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder that keeps its state from one start to the next. Default: none, everything lives in memory. */
  readonly stateDir?: string;
  /** Milliseconds until it has to accept calls. Default 30,000: a first start compiles Python modules. */
  readonly timeLimitMs?: number;
}

const readySchema = z.object({ ready: z.literal(true), endpoint: z.string(), pid: z.number().int() });

/** What the emulator says when it accepts calls. */
export type ReadyLine = z.infer<typeof readySchema>;

/**
 * Starts `python -m emulator` in a process group of its own, so that Ctrl-C reaches only the one who started it.
 *
 * @param stdio `stdin` is a pipe when the emulator is to end with this process; `stderr` may be an open file
 */
export function spawnEmulator(options: EmulatorOptions, stdio: { stdin: 'pipe' | 'ignore'; stderr: 'pipe' | number }): ChildProcess {
  const python = options.python ?? path.join(ROOT, '.tools/python/bin/python');
  const state = options.stateDir ? ['--state-dir', options.stateDir] : [];
  const attached = { MERIDIAN_LOCAL_ATTACHED: stdio.stdin === 'pipe' ? '1' : '0' };
  return spawn(python, ['-m', 'emulator', '--port', String(options.port ?? 0), ...state], {
    cwd: ROOT,
    detached: true,
    stdio: [stdio.stdin, 'pipe', stdio.stderr],
    env: { ...process.env, PYTHONPATH: ROOT, ...options.env, ...attached },
  });
}

/**
 * Waits until the emulator accepts calls.
 *
 * @throws MeridianError (exit code 2) when it can't be started, ends early or takes too long; it is killed then
 */
export async function whenReady(child: ChildProcess, timeLimitMs = 30_000): Promise<ReadyLine> {
  let log = '';
  child.stderr?.on('data', (data: Buffer) => (log = (log + data.toString()).slice(-KEPT_LOG_CHARACTERS)));
  return new Promise<ReadyLine>((resolve, reject) => {
    const fail = (problem: MeridianError): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(problem);
    };
    const timer = setTimeout(() => fail(new MeridianError(`Local AWS: not ready after ${timeLimitMs / 1000} s. Start it again; its log ends:\n${log}`, 2)), timeLimitMs);
    child.once('error', (cause) => fail(new MeridianError(`Local AWS: ${cause.message}. Run "node scripts/setup.mjs" to install Python's packages.`, 2, { cause })));
    child.once('close', () => fail(earlyEnd(log)));
    createInterface({ input: child.stdout as Readable }).once('line', (line) => {
      clearTimeout(timer);
      child.removeAllListeners('error').removeAllListeners('close');
      const ready = parseReadyLine(line);
      if (ready) {
        resolve(ready);
      } else {
        fail(new MeridianError(`Local AWS: it began with "${line}" instead of its address. Install its packages again with "node scripts/setup.mjs".`, 2));
      }
    });
  });
}

function parseReadyLine(line: string): ReadyLine | undefined {
  try {
    return readySchema.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function earlyEnd(log: string): MeridianError {
  const ownWords = log.trim().split('\n').at(-1) ?? '';
  const explained = /^Cannot .*\.$/.test(ownWords);
  return new MeridianError(explained ? ownWords : `Local AWS: it ended before it was ready. Its log ends:\n${log}`, 2);
}
