import { MeridianError, type ExitCode } from '../errors';
import type { AlarmInState } from './bake/alarms';
import type { GateStop } from './gates';
import { failureOf, type NodeResult } from './node-result';

/** Why a rollout ends before all its nodes are done. */
export interface Stop {
  readonly exitCode: ExitCode;
  /** In a few words, for the nodes that were not started. */
  readonly why: string;
  /** What happened, as sentences for a person. */
  readonly what: string;
  /** What became of the rest and what to do, when nothing goes back. */
  readonly next: string;
  /** Whether it holds back only what waits for the node; everything else goes on. @default false (nothing more is started) */
  readonly holdsBack?: boolean;
  /** The gate at which it stopped. */
  readonly gate?: GateStop;
  /** The alarms that it stopped at. */
  readonly alarms?: readonly AlarmInState[];
}

/** What to do after a stop that needs nothing else. */
export const goOn = 'Run the same command again to go on.';

/** What to say when a node did not get where it should. */
export function stopAfter(result: NodeResult): Stop | undefined {
  const { outcome, node, reason } = result;
  const where = placeOf(node);
  if (outcome === 'stopped') return { exitCode: 4, why: `${where} was stopped`, what: reason ?? `Operation of ${where} stopped by somebody.`, next: reason ? '' : goOn };
  if (outcome !== 'failed') return undefined;
  return {
    exitCode: 3,
    why: `${where} failed`,
    what: `Rollout failed in ${where}: ${withoutStop(failureOf(result))}.`,
    next: 'Nodes before it keep what they have, later ones were not started; correct the cause and run the same command again.',
  };
}

/** The one of several reasons that a rollout ends with: a failure counts more than a stop, and the earlier more than the later. */
export function foremost(stops: readonly Stop[]): Stop | undefined {
  return stops.find(({ exitCode }) => exitCode === 3) ?? stops[0];
}

/** A node in words: `kasha platform in us-east-1`. */
export function placeOf({ system, deployment, region }: NodeResult['node']): string {
  return `${system} ${deployment} in ${region}`;
}

/** What happened and what comes of it as one text: on a new line after a list. */
export function sentences(what: string, next: string): string {
  if (next === '') return what;
  return `${what}${what.includes('\n') ? '\n' : ' '}${next}`;
}

/** A sentence that goes on. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** Whether an error says by itself what went wrong: one of ours, or an answer, or none, of an AWS service. Anything else is a defect. */
export function isExplained(error: unknown): error is Error {
  return error instanceof MeridianError || (error instanceof Error && '$metadata' in error);
}
