import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListStackSetOperationsCommand, ListStackSetsCommand } from '@aws-sdk/client-cloudformation';
import { build } from '../../src/build/build';
import { LocalAwsControl, startLocalAws } from '../../src/local-aws';
import { Build, fileParameters, openTarget, readParametersFile, rollout, type Target } from '../../src/rollout';
import { checkout } from '../../src/toolchain/checkout';
import { account } from '../../templates/account';
import { kasha } from '../../templates/systems/kasha';

/** What a rollout took while provisioning took simulated time. */
export interface PacedRollout {
  /** Seconds from the first call to the result. */
  readonly wall: number;
  /** Seconds in which at least one StackSet operation ran, by AWS's own times. */
  readonly busy: number;
  /** Share of the wall time in which nothing ran: the rollout's own. */
  readonly overhead: number;
  /** Calls a second that only look, of all services and regions. */
  readonly looks: number;
}

/** Share of the usual provisioning times at which Kasha's production takes somewhat more than a minute. */
const scale = 0.01;
/** The share of the wall time that the rollout itself may take. */
export const overheadGoal = 0.05;

/**
 * Rolls Kasha's production to both regions of a local AWS that takes its time.
 * @throws Error when the rollout does not reach its end
 */
export async function pacedRollout(): Promise<PacedRollout> {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-paced-'));
  const aws = await startLocalAws();
  const target = await openTarget({ kind: 'local', endpoint: aws.endpoint });
  try {
    const dist = join(folder, 'dist');
    await build({ dist, systems: [account, kasha], environments: ['shared', 'production'] });
    const parametersOf = (system: string, environment: string) => readParametersFile(join(checkout, 'parameters'), system, environment, fileParameters(Build.open(dist, system, environment)));
    const control = new LocalAwsControl(aws.endpoint);
    await control.setPace({ scale });
    await control.resetCalls();
    const started = performance.now();
    const { exitCode, message } = await rollout({ target, dist, state: folder, system: 'kasha', environment: 'production', parameters: parametersOf('kasha', 'production'), sharedParameters: parametersOf('account', 'shared') });
    if (exitCode !== 0) throw new Error(message);
    const wall = (performance.now() - started) / 1_000;
    const busy = await secondsOfOperations(target, kasha.build('production').regions.secondary);
    const looks = (await control.calls()).filter(({ mutating }) => !mutating).reduce((sum, { count }) => sum + count, 0) / wall;
    return { wall, busy, overhead: 1 - busy / wall, looks };
  } finally {
    target.close();
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds covered by the operations of all StackSets, those that overlap counted once. */
async function secondsOfOperations(target: Target, home: string): Promise<number> {
  const { cloudFormation } = target.in(home);
  const { Summaries: stackSets = [] } = await cloudFormation.send(new ListStackSetsCommand({ Status: 'ACTIVE' }));
  const lists = await Promise.all(stackSets.map(({ StackSetName }) => cloudFormation.send(new ListStackSetOperationsCommand({ StackSetName }))));
  const spans = lists
    .flatMap(({ Summaries = [] }) => Summaries.map(({ CreationTimestamp, EndTimestamp }): [number, number] => [CreationTimestamp?.getTime() ?? 0, EndTimestamp?.getTime() ?? 0]))
    .sort(([a], [b]) => a - b);
  let covered = 0;
  let until = 0;
  for (const [from, to] of spans) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return covered / 1_000;
}
