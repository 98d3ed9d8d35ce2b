import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { type EmulatorOptions, spawnEmulator, whenReady } from './emulator-process';

const PATIENCE_MS = 5_000;

/** A local AWS that runs as long as this process, or until it is stopped. */
export interface LocalAws {
  /** Address for the SDK, for example `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  readonly pid: number;
  /** Stops it and waits for its end; killed after 5 s. Stopping twice is fine. */
  stop(): Promise<void>;
}

/**
 * Starts the local AWS for this process. It never outlives it: it ends when its standard input closes, which happens
 * however this process ends, by exit, signal or crash. It does not keep this process running.
 *
 * @throws MeridianError (exit code 2) when it can't be started within the time limit
 */
export async function startLocalAws(options: EmulatorOptions = {}): Promise<LocalAws> {
  const child = spawnEmulator(options, { stdin: 'pipe', stderr: 'pipe' });
  const { endpoint, pid } = await whenReady(child, options.timeLimitMs);
  letGo(child);
  return { endpoint, pid, stop: () => stop(child) };
}

function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    (stream as Socket | null)?.unref();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    child.ref();
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
