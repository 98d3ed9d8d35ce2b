import { detachedStatus, LOCAL_ACCOUNT, LocalAwsControl, stopDetached } from '../../local-aws';
import { MeridianError, type ExitCode } from '../../errors';
import type { Context } from '../context';
import { printJson } from '../terminal';
import { startToKeep } from './local-aws';

interface JsonOption {
  readonly json?: boolean;
}

/**
 * Starts a local AWS in the background.
 * @throws MeridianError (exit 1) when one runs on another port than the one asked for
 */
export async function startLocal({ workspace, terminal, interruption }: Context, { port, json }: JsonOption & { readonly port: number }): Promise<ExitCode> {
  const { state, localAws } = workspace;
  const before = await detachedStatus(state);
  if (before.status === 'running' && port !== 0 && port !== before.port) {
    throw new MeridianError(`Local AWS not started on port ${port}: one runs already on port ${before.port}. Stop that one first with "meridian local stop".`, 1);
  }
  terminal.hint('  Local AWS …');
  const endpoint = await interruption.gracefully('Stopping: the local AWS is ended.', (signal) => startToKeep(state, { ...localAws, port }, signal));
  if (json) printJson(terminal, { exitCode: 0, endpoint, account: LOCAL_ACCOUNT, started: before.status === 'stopped' });
  else terminal.print(`Local AWS ${before.status === 'running' ? 'runs already' : 'runs'} on ${endpoint}, until "meridian local stop".\n\n${howToUse(endpoint)}`);
  return 0;
}

/** How other programs talk to the local AWS. */
function howToUse(endpoint: string): string {
  return `For the AWS CLI and SDKs:\n  export AWS_ENDPOINT_URL=${endpoint} AWS_ACCESS_KEY_ID=${LOCAL_ACCOUNT} AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1\n`;
}

/** Stops the local AWS that runs in the background. */
export async function stopLocal({ workspace, terminal }: Context, { json }: JsonOption): Promise<ExitCode> {
  const stopped = await stopDetached(workspace.state);
  if (json) printJson(terminal, { exitCode: 0, stopped });
  else terminal.print(stopped ? 'Local AWS stopped. What was rolled to it is gone.\n' : 'No local AWS was running.\n');
  return 0;
}

/** Shows the local AWS that runs in the background, and how many stacks and resources stand on it in each region. */
export async function localStatus({ workspace, terminal }: Context, { json }: JsonOption): Promise<ExitCode> {
  const present = await detachedStatus(workspace.state);
  if (present.status === 'stopped') {
    if (json) printJson(terminal, { exitCode: 0, ...present });
    else terminal.print('No local AWS is running. Start one with "meridian local start".\n');
    return 0;
  }
  const { stacks } = await new LocalAwsControl(present.endpoint).coverage();
  const regions = [...new Set(stacks.map(({ region }) => region))].sort().map((region) => {
    const there = stacks.filter((stack) => stack.region === region);
    return { region, stacks: there.length, resources: there.reduce((sum, { emulated, recorded }) => sum + emulated + recorded, 0) };
  });
  if (json) {
    printJson(terminal, { exitCode: 0, ...present, account: LOCAL_ACCOUNT, regions });
    return 0;
  }
  const lines = regions.map(({ region, stacks: number, resources }) => `  ${region.padEnd(16)}${number} stacks, ${resources} resources`);
  terminal.print(`Local AWS runs on ${present.endpoint} (process ${present.pid}).\n${lines.length > 0 ? lines.join('\n') : '  Nothing stands on it.'}\n\n${howToUse(present.endpoint)}`);
  return 0;
}
