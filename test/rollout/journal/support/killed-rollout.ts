import { MeridianError } from '../../../../src/errors';
import { destroy, openTarget, rollback, rollout, type DeployParameters, type RolloutOptions } from '../../../../src/rollout';

/** What the process that is to be killed should do. */
export interface KillOrder {
  /** @default 'rollout' */
  readonly command?: 'rollout' | 'destroy' | 'rollback';
  /** What is not usual: another system, folder or policy. */
  readonly more?: Partial<Pick<RolloutOptions, 'system' | 'parameters' | 'sharedParameters' | 'dist' | 'state' | 'onFailure' | 'bake' | 'resume' | 'wait'>>;
  readonly endpoint: string;
  readonly dist: string;
  readonly state: string;
  readonly parameters: DeployParameters;
  /** The regions of the system. */
  readonly regions: readonly string[];
  /** Which of the calls that change something kills it, from 1; 0 for none. */
  readonly at: number;
  /** Whether it dies before it makes that call, or once AWS has taken it. */
  readonly when: 'before' | 'after';
}

type Send = (args: { readonly input: object }) => Promise<object>;

/** What every client of the SDK has, as much of it as is needed here. */
interface Client {
  readonly middlewareStack: { add(middleware: (next: Send, context: { readonly commandName?: string }) => Send, options: { readonly step: 'initialize'; readonly name: string }): void };
}

const reads = /^(Describe|Get|List|Head)/;

const commands = { rollout, destroy, rollback } as const;

async function runUntilKilled({ command = 'rollout', more, endpoint, dist, state, parameters, regions, at, when }: KillOrder): Promise<void> {
  const target = await openTarget({ kind: 'local', endpoint });
  let calls = 0;
  const dieOn = (moment: KillOrder['when'], call: number) => {
    if (moment === when && call === at) process.kill(process.pid, 'SIGKILL');
  };
  const arm = ({ middlewareStack }: Client) =>
    middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (reads.test(commandName)) return next(args);
          const call = ++calls;
          dieOn('before', call);
          const answer = await next(args);
          dieOn('after', call);
          return answer;
        },
      { step: 'initialize', name: 'death' },
    );
  for (const { cloudFormation, s3 } of regions.map((region) => target.in(region))) for (const client of [cloudFormation, s3]) arm(client);
  const { exitCode } = await commands[command]({ target, dist, state, system: 'shop', environment: 'test', parameters, ...more });
  process.exit(exitCode);
}

process.once('message', (order: KillOrder) => void runUntilKilled(order).catch((error: unknown) => process.exit(error instanceof MeridianError ? error.exitCode : 70)));
process.send?.('ready');
