import { checkGate } from './gates';
import type { NodeResult } from './node-result';
import { referenceTo, type RolloutNode, type RolloutPart } from './nodes';
import type { RolloutContext } from './roll-node';
import { isExplained, withoutStop, type Stop } from './stop';

/**
 * Checks the gate of a deployment once its last region is done. A closed gate holds back what waits for the deployment, and nothing else.
 * @returns undefined when there is no gate after the node, or it is open
 */
export async function passGate(
  { target, listener }: Pick<RolloutContext, 'target' | 'listener'>,
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
  const held = { exitCode: 4, why: `the ${gate} gate of ${node.deployment} is closed`, holdsBack: true } as const;
  const tell = (passed: boolean, message: string) => listener({ type: 'gate', node: referenceTo(node), gate, passed, message });
  try {
    const closed = await checkGate(target, gate, part, stacks);
    tell(!closed, closed?.message ?? 'open');
    return closed && { ...held, gate: closed, what: closed.message, next: '' };
  } catch (error) {
    if (!isExplained(error)) throw error;
    tell(false, error.message);
    return { ...held, what: `Gate ${gate} of ${node.system} ${node.deployment} not checked: ${withoutStop(error.message)}.`, next: 'Correct that and run the same command again.' };
  }
}
