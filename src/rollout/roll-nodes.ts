import { MeridianError, type ExitCode } from '../errors';
import { bakeNode, type BakeOptions } from './bake/bake-node';
import type { AlarmInState } from './bake/alarms';
import type { GateStop } from './gates';
import { referenceTo, type RolloutNode, type RolloutPart } from './nodes';
import type { NodeResult } from './node-result';
import { passGate } from './pass-gate';
import type { RollbackRun } from './rollback/roll-back';
import { rollNode, type RolloutContext } from './roll-node';
import { sideBySide } from './side-by-side';
import { foremost, goOn, isExplained, placeOf, sentences, stopAfter, type Stop } from './stop';
import { toleratedFailures } from './accounts/tolerated';

/** How far the nodes of a rollout got. */
export interface Run {
  readonly exitCode: ExitCode;
  readonly nodes: readonly NodeResult[];
  /** The gate at which it stopped. */
  readonly gate?: GateStop;
  /** The alarms that it stopped at. */
  readonly alarms?: readonly AlarmInState[];
  /** Why it stopped, as sentences for a person, with what to do. */
  readonly message?: string;
  /** The first part of the message, without what to do. */
  readonly what?: string;
  /** What went back after a failure. */
  readonly rollback?: RollbackRun;
}

/** What else a run of nodes is asked for. */
export interface RunOptions {
  /** When aborted, nothing more is started. */
  readonly signal?: AbortSignal;
  /** How long to watch for alarms between regions. @default not at all */
  readonly bake?: BakeOptions;
}

/**
 * Operations that run at the same time. Each is looked at with a few calls every two to ten seconds, so that four stay well within the
 * rates that CloudFormation allows an account.
 */
const operationsAtOnce = 4;

/**
 * Rolls nodes, each once those are through that it waits for, and side by side those that don't wait for one another. When one fails, an
 * alarm goes off or the signal is given, the ones that run are followed to their end, and none is started.
 */
export async function rollNodes(context: RolloutContext, parts: readonly RolloutPart[], nodes: readonly RolloutNode[], { signal, bake }: RunOptions = {}): Promise<Run> {
  const results = new Map<string, NodeResult>();
  /** Ids of the nodes that are done, their gate open and their bake over. */
  const through = new Set<string>();
  const stops: Stop[] = [];
  const halt = new AbortController();
  const over = AbortSignal.any([halt.signal, ...(signal ? [signal] : [])]);
  const isReady = ({ after }: RolloutNode): boolean => after.every((id) => through.has(id));

  await sideBySide(nodes, operationsAtOnce, (node) => !over.aborted && isReady(node), async (node) => {
    const result = await rollOrFail(context, node);
    results.set(node.id, result);
    const stop = stopAfter(result) ?? (await passGate(context, parts, nodes, node, results)) ?? (bake && (await bakeNode(context, { parts, nodes, node, signal: over }, bake)));
    if (!stop) through.add(node.id);
    else {
      stops.push(stop);
      if (!stop.holdsBack) halt.abort();
    }
  });

  const left = nodes.filter(({ id }) => !results.has(id));
  if (signal?.aborted && left.length > 0 && stops.length === 0) stops.push(stopBefore(left.filter(isReady)));
  const stop = foremost(stops) ?? toleratedFailures([...results.values()]);
  const all = nodes.map((node) => results.get(node.id) ?? notStarted(node, stop?.why));
  return {
    exitCode: stop?.exitCode ?? 0,
    nodes: all,
    ...(stop && { message: sentences(stop.what, stop.next), what: stop.what }),
    ...(stop?.gate && { gate: stop.gate }),
    ...(stop?.alarms && { alarms: stop.alarms }),
  };
}

/** What AWS or a missing value refuses at a node fails that node: earlier nodes have changed things, and the result says so. */
async function rollOrFail(context: RolloutContext, node: RolloutNode): Promise<NodeResult> {
  try {
    return await rollNode(context, node);
  } catch (error) {
    if (!isExplained(error)) throw error;
    const outcome = error instanceof MeridianError && error.exitCode === 4 ? 'stopped' : 'failed';
    const result = { node: referenceTo(node), outcome, seconds: 0, resources: 0, reason: error.message } as const;
    context.listener({ type: 'node-done', ...result });
    return { ...result, action: 'none', because: [] };
  }
}

function stopBefore(next: readonly RolloutNode[]): Stop {
  return { exitCode: 4, why: 'the rollout was stopped', what: `Stopped before ${next.map(placeOf).join(' and ')}.`, next: goOn };
}

function notStarted(node: RolloutNode, why: string | undefined): NodeResult {
  return { node: referenceTo(node), action: 'none', outcome: 'not-started', because: why ? [why] : [], seconds: 0, resources: 0 };
}
