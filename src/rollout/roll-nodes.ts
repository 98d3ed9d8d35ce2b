import { MeridianError, type ExitCode } from '../errors';
import { checkGate, type GateStop } from './gates';
import { referenceTo, type RolloutNode, type RolloutPart } from './nodes';
import { failureOf, type NodeResult } from './node-result';
import { rollNode, type RolloutContext } from './roll-node';

/** How far the nodes of a rollout got. */
export interface Run {
  readonly exitCode: ExitCode;
  readonly nodes: readonly NodeResult[];
  /** The gate at which it stopped. */
  readonly gate?: GateStop;
  /** Why it stopped, as a sentence for a person. */
  readonly message?: string;
}

/** Why no further node is started. */
interface Stop extends Omit<Run, 'nodes'> {
  /** In a few words, for the nodes that were not started. */
  readonly why: string;
}

/** Rolls nodes one after another, as their dependencies say, until one of them, a gate or the signal stops it. */
export async function rollNodes(
  context: RolloutContext,
  parts: readonly RolloutPart[],
  nodes: readonly RolloutNode[],
  signal: AbortSignal | undefined,
): Promise<Run> {
  const results = new Map<string, NodeResult>();
  let stop: Stop | undefined;
  for (const node of nodes) {
    const ready = node.after.every((id) => ['done', 'unchanged'].includes(results.get(id)?.outcome ?? ''));
    if (!ready || stop) {
      results.set(node.id, notStarted(node, stop?.why));
      continue;
    }
    if (signal?.aborted) {
      stop = { exitCode: 4, why: 'the rollout was stopped', message: `Stopped before ${describe(node)}. Run the same command again to go on.` };
      results.set(node.id, notStarted(node, stop.why));
      continue;
    }
    const result = await rollOrFail(context, node);
    results.set(node.id, result);
    stop = stopAfter(result) ?? (await stopAtGate(context, parts, nodes, node, results));
  }
  return { exitCode: stop?.exitCode ?? 0, nodes: [...results.values()], ...(stop?.gate && { gate: stop.gate }), ...(stop?.message && { message: stop.message }) };
}

/** What AWS or a missing value refuses at a node fails that node: earlier nodes have changed things, and the result says so. */
async function rollOrFail(context: RolloutContext, node: RolloutNode): Promise<NodeResult> {
  try {
    return await rollNode(context, node);
  } catch (error) {
    if (!(error instanceof Error) || !isExplained(error)) throw error;
    const outcome = error instanceof MeridianError && error.exitCode === 4 ? 'stopped' : 'failed';
    const result = { node: referenceTo(node), outcome, seconds: 0, resources: 0, reason: error.message } as const;
    context.listener({ type: 'node-done', ...result });
    return { ...result, action: 'none', because: [] };
  }
}

/** Whether an error says by itself what went wrong: one of ours, or an answer, or none, of an AWS service. Anything else is a defect. */
function isExplained(error: Error): boolean {
  return error instanceof MeridianError || '$metadata' in error;
}

function stopAfter(result: NodeResult): Stop | undefined {
  const { outcome, node, reason } = result;
  const where = describe(node);
  if (outcome === 'stopped') return { exitCode: 4, why: `${where} was stopped`, message: reason ?? `Operation of ${where} stopped by somebody. Run the same command again to go on.` };
  if (outcome !== 'failed') return undefined;
  return {
    exitCode: 3,
    why: `${where} failed`,
    message: `Rollout failed in ${where}: ${failureOf(result).replace(/\.$/, '')}. Nodes before it keep what they have, later ones were not started; correct the cause and run the same command again.`,
  };
}

async function stopAtGate(
  { target, listener }: RolloutContext,
  parts: readonly RolloutPart[],
  nodes: readonly RolloutNode[],
  node: RolloutNode,
  results: ReadonlyMap<string, NodeResult>,
): Promise<Stop | undefined> {
  const gate = node.definition.gate;
  const ofDeployment = nodes.filter(({ stackSet }) => stackSet === node.stackSet);
  if (!gate || ofDeployment.at(-1) !== node) return undefined;
  const part = parts.find(({ build }) => build === node.build)!;
  const stacks = new Map(ofDeployment.map(({ region, id }) => [region, results.get(id)?.stackId ?? '']));
  const why = `the ${gate} gate of ${node.deployment} is closed`;
  const tell = (passed: boolean, message: string) => listener({ type: 'gate', node: referenceTo(node), gate, passed, message });
  try {
    const closed = await checkGate(target, gate, part, stacks);
    tell(!closed, closed?.message ?? 'open');
    return closed && { exitCode: 4, why, gate: closed, message: closed.message };
  } catch (error) {
    if (!(error instanceof Error) || !isExplained(error)) throw error;
    tell(false, error.message);
    return { exitCode: 4, why, message: `Gate ${gate} of ${node.system} ${node.deployment} not checked: ${error.message.replace(/\.$/, '')}. Correct that and run the same command again.` };
  }
}

function notStarted(node: RolloutNode, why: string | undefined): NodeResult {
  return { node: referenceTo(node), action: 'none', outcome: 'not-started', because: why ? [why] : [], seconds: 0, resources: 0 };
}

function describe({ system, deployment, region }: NodeResult['node']): string {
  return `${system} ${deployment} in ${region}`;
}
