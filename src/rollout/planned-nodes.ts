import type { NodeResult } from './node-result';
import { isSkipped, planNodes, type RolloutNode, type RolloutPart } from './nodes';
import { preflight } from './preflight/preflight';
import type { Listener } from './progress';
import { instanceRegions, joinedRegions, survey, waitUntilFree, type Patience } from './survey';
import type { Target } from './target';

/**
 * The nodes of a world in which no operation of somebody else's is under way: it is looked at again after each that ended.
 * @throws MeridianError (exit 1) for everything that would stop the rollout
 */
export async function plannedNodes(target: Target, parts: readonly RolloutPart[], patience: Patience, listener: Listener): Promise<readonly RolloutNode[]> {
  const states = await survey(target, parts);
  const nodes = planNodes(parts, instanceRegions(states), joinedRegions(target, parts, states));
  await preflight(target, parts, nodes, states);
  for (const node of firstOfStackSets(nodes)) {
    if (states.has(node.stackSet) && (await waitUntilFree(target, node, patience, listener))) return plannedNodes(target, parts, patience, listener);
  }
  return nodes;
}

/** The first node of each StackSet. */
export function firstOfStackSets(nodes: readonly RolloutNode[]): RolloutNode[] {
  return [...new Map([...nodes].reverse().map((node) => [node.stackSet, node])).values()];
}

/** Results of the deployments that the parameters make superfluous. */
export function skippedNodes(parts: readonly RolloutPart[]): NodeResult[] {
  return parts.flatMap(({ build, parameters }) =>
    build.manifest.deployments
      .filter((deployment) => isSkipped(deployment, parameters))
      .flatMap(({ name, regions, unless }) =>
        regions.create.map((region): NodeResult => ({
          node: { system: build.manifest.system, environment: build.manifest.environment, deployment: name, region },
          action: 'none',
          outcome: 'skipped',
          because: [`${unless} is given`],
          seconds: 0,
          resources: 0,
        })),
      ),
  );
}
