import { detachedStatus, startDetached, startLocalAws, stopDetached } from '../../local-aws';
import { MeridianError } from '../../errors';
import type { Context } from '../context';
import { stepDone } from '../step';

/** The local AWS that a command works on. */
export interface LocalSession {
  readonly endpoint: string;
  /** `found` ran before and goes on; `kept` was started to go on; `own` ends with the command. */
  readonly lifetime: 'found' | 'kept' | 'own';
  /** Stops what this command started, unless it is to be kept. Stopping twice is fine. */
  close(): Promise<void>;
  /** Stops what this command started, kept or not. */
  abandon(): Promise<void>;
}

/**
 * The local AWS that runs in the background, else one that is started now.
 * @param keep whether one that is started goes on after the command
 * @throws MeridianError when it can't be started; (exit 4) when it was interrupted
 */
export async function openLocalAws({ workspace, terminal, interruption }: Context, keep: boolean): Promise<LocalSession> {
  const { state, localAws } = workspace;
  const started = performance.now();
  const said = (what: string): void => stepDone(terminal, 'Local AWS', what, (performance.now() - started) / 1_000);
  const present = await detachedStatus(state);
  if (present.status === 'running') {
    said(`${present.endpoint}, which runs already`);
    return { endpoint: present.endpoint, lifetime: 'found', close: nothing, abandon: nothing };
  }
  terminal.hint('  Local AWS …');
  if (keep) {
    const endpoint = await interruption.gracefully('Stopping: the local AWS is ended.', (signal) => startToKeep(state, localAws, signal));
    said(`${endpoint} (no account is used)`);
    return { endpoint, lifetime: 'kept', close: nothing, abandon: async () => void (await stopDetached(state)) };
  }
  const { endpoint, stop } = await startLocalAws(localAws);
  said(`${endpoint} (no account is used)`);
  return { endpoint, lifetime: 'own', close: stop, abandon: stop };
}

/**
 * Starts a local AWS that goes on; one whose start was interrupted does not.
 * @throws MeridianError (exit 4) when it was interrupted
 */
export async function startToKeep(state: string, options: Parameters<typeof startDetached>[1], signal: AbortSignal): Promise<string> {
  const { endpoint } = await startDetached(state, options);
  if (!signal.aborted) return endpoint;
  await stopDetached(state);
  throw new MeridianError('Local AWS stopped: its start was interrupted. Run the same command again.', 4);
}

/**
 * The address of the local AWS that runs in the background.
 * @throws MeridianError (exit 2) when none does
 */
export async function runningLocalAws({ workspace }: Context): Promise<string> {
  const present = await detachedStatus(workspace.state);
  if (present.status === 'running') return present.endpoint;
  throw new MeridianError('Local AWS: none is running, so nothing stands on it. Start one with "meridian local start", or give --target aws --account <id>.', 2);
}

const nothing = (): Promise<void> => Promise.resolve();
