import { stackSetOf, suffixOf, type RolloutNode, type RolloutPart } from '../nodes';
import type { DeploymentPackage } from '../package';
import type { Survey } from '../survey';
import type { Target } from '../target';
import type { NodePlan, RolloutPlan } from './document';
import { planNode } from './plan-node';
import { Published } from './published';

/** What a plan is made from. */
export interface PlanInput {
  readonly target: Target;
  /** What the account shares and the system; the last is the one that was asked for. */
  readonly parts: readonly RolloutPart[];
  /** In the order in which they are rolled. */
  readonly nodes: readonly RolloutNode[];
  /** By StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  readonly states: Survey;
}

/** Plans the nodes of a rollout one after another, each with what the ones before it will publish. Changes nothing. */
export async function planRollout({ target, parts, nodes, packages, states }: PlanInput): Promise<RolloutPlan> {
  const published = new Published();
  const planned = new Map<RolloutNode, NodePlan>();
  for (const node of inCreationOrder(parts, nodes)) {
    planned.set(node, await planNode({ target, package: packages.get(node.stackSet)!, state: states.get(node.stackSet), published }, node));
  }
  const part = parts.at(-1)!;
  const { system, environment } = part.build.manifest;
  return { version: 1, system, environment, suffix: suffixOf(part), target: { kind: target.kind, account: target.account }, nodes: nodes.map((node) => planned.get(node)!) };
}

/** Values go from deployment to deployment in the order of first creation, whatever the order of an update's regions. */
function inCreationOrder(parts: readonly RolloutPart[], nodes: readonly RolloutNode[]): RolloutNode[] {
  return parts.flatMap((part) => part.build.manifest.deployments.flatMap((deployment) => nodes.filter(({ stackSet }) => stackSet === stackSetOf(part, deployment))));
}
