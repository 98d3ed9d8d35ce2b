import { destroy, openTarget, rollout, type DeployParameters } from '../../../../src/rollout';

/** What the process that is to be killed should do. */
export interface KillOrder {
  /** @default 'rollout' */
  readonly command?: 'rollout' | 'destroy';
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

async function runUntilKilled({ command = 'rollout', endpoint, dist, state, parameters, regions, at, when }: KillOrder): Promise<void> {
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
  await (command === 'rollout' ? rollout : destroy)({ target, dist, state, system: 'shop', environment: 'test', parameters });
  process.exit();
}

process.once('message', (order: KillOrder) => void runUntilKilled(order));
process.send?.('ready');
