import type { ManifestDeployment } from '../build/manifest';
import { sharedSystem, type Build } from './build';
import type { DeployParameters } from './parameters-file';
import type { NodeReference } from './progress';
import { stackSetName } from './stack-set-name';

/** One step of a rollout: one StackSet operation in one region. */
export interface RolloutNode extends NodeReference {
  /** `<system>/<environment>/<deployment>@<region>`, unique in a rollout. */
  readonly id: string;
  readonly stackSet: string;
  /** Ids of the nodes that must be done first. */
  readonly after: readonly string[];
  readonly build: Build;
  readonly definition: ManifestDeployment;
  readonly parameters: DeployParameters;
  /** Secret parameters whose values nobody gives: the StackSet keeps those that it has. @default none */
  readonly keeps?: readonly string[];
}

/** A build to be rolled with its parameters. */
export interface RolloutPart {
  readonly build: Build;
  readonly parameters: DeployParameters;
}

/** The regions in which each StackSet, by name, has an instance now. */
export type InstanceRegions = ReadonlyMap<string, ReadonlySet<string>>;

/** The suffix that a part is rolled with: what all systems of an account share has one copy. */
export function suffixOf({ build, parameters }: RolloutPart): string {
  return build.manifest.system === sharedSystem.system ? 'main' : parameters.suffix;
}

/** The StackSet of a part's deployment. */
export function stackSetOf(part: RolloutPart, deployment: Pick<ManifestDeployment, 'name'>): string {
  const { system, environment } = part.build.manifest;
  return stackSetName({ system, environment, suffix: suffixOf(part), deployment: deployment.name });
}

/** Whether the parameters file makes a deployment superfluous, for example `zone` when it gives the hosted zone. */
export function isSkipped(deployment: ManifestDeployment, parameters: DeployParameters): boolean {
  return deployment.unless !== undefined && parameters.values[deployment.unless] !== undefined;
}

/**
 * The order of a deployment's regions. Where instances stand, they are updated in update order before others are added in
 * creation order: a StackSet gives new instances the template that it has, which the updates bring up to date. Where accounts join, the
 * creation order counts, because a region may need another one of its account; that holds for the accounts that were there too.
 */
export function regionOrder({ create, update }: ManifestDeployment['regions'], existing: ReadonlySet<string>, joined: ReadonlySet<string> = new Set()): string[] {
  return [...update.filter((region) => existing.has(region) && !joined.has(region)), ...create.filter((region) => joined.has(region)), ...create.filter((region) => !existing.has(region))];
}

/**
 * The nodes of a rollout as a dependency list, in an order that respects it. A deployment waits for those that its definition names, by
 * default for all before it and what the account shares, because it may rely on agreed names that no wire shows. Its regions follow one
 * another: a StackSet takes one operation at a time.
 * @param joined regions of StackSets in which an account has an instance and another one is to get its first. @default none
 */
export function planNodes(parts: readonly RolloutPart[], existing: InstanceRegions, joined: InstanceRegions = new Map()): RolloutNode[] {
  const nodes: RolloutNode[] = [];
  let shared: readonly string[] = [];
  for (const part of parts) {
    const { system, environment, deployments } = part.build.manifest;
    /** What stands for a deployment being done: its last region, or what a skipped one would have waited for. */
    const ends = new Map<string, readonly string[]>();
    for (const definition of deployments) {
      const named = definition.after?.map((name) => ends.get(name) ?? (name === sharedSystem.system ? shared : []));
      let after = nearest(nodes, (named ?? [shared, ...ends.values()]).flat());
      const stackSet = stackSetOf(part, definition);
      for (const region of isSkipped(definition, part.parameters) ? [] : regionOrder(definition.regions, existing.get(stackSet) ?? new Set(), joined.get(stackSet))) {
        const id = `${system}/${environment}/${definition.name}@${region}`;
        nodes.push({ id, system, environment, deployment: definition.name, region, stackSet, after, build: part.build, definition, parameters: part.parameters });
        after = [id];
      }
      ends.set(definition.name, after);
    }
    shared = nearest(nodes, [...ends.values()].flat());
  }
  return nodes;
}

/** Of some ids those that no other of them waits for, directly or through others: the rest is done once they are. */
function nearest(nodes: readonly RolloutNode[], ids: readonly string[]): string[] {
  const unique = [...new Set(ids)];
  const earlier = new Set(unique.flatMap((id) => [...ancestors(nodes, id)]));
  return unique.filter((id) => !earlier.has(id));
}

function ancestors(nodes: readonly RolloutNode[], id: string, found = new Set<string>()): Set<string> {
  for (const before of nodes.find((node) => node.id === id)?.after ?? []) {
    if (found.has(before)) continue;
    found.add(before);
    ancestors(nodes, before, found);
  }
  return found;
}

/** Some nodes of a rollout, each waiting for those of them that it waits for directly or through nodes that are left out. */
export function among(nodes: readonly RolloutNode[], keep: (node: RolloutNode) => boolean): RolloutNode[] {
  const kept = new Set(nodes.filter(keep).map(({ id }) => id));
  return nodes.filter(keep).map((node) => ({ ...node, after: nearest(nodes, [...ancestors(nodes, node.id)].filter((id) => kept.has(id))) }));
}

/** Nodes in the reverse of their order: each waits for those that waited for it. */
export function reversed(nodes: readonly RolloutNode[]): RolloutNode[] {
  return nodes.map((node) => ({ ...node, after: nodes.filter(({ after }) => after.includes(node.id)).map(({ id }) => id) })).reverse();
}

/** The nodes of a destruction: the reverse of first creation, deployments and regions alike. */
export function planDestruction(part: RolloutPart, existing: InstanceRegions): RolloutNode[] {
  return planNodes([part], new Map())
    .filter((node) => existing.get(node.stackSet)?.has(node.region))
    .reverse()
    .map((node, index, nodes) => ({ ...node, after: index > 0 ? [nodes[index - 1]!.id] : [] }));
}

/** A node as events and results name it. */
export function referenceTo({ system, environment, deployment, region }: RolloutNode): NodeReference {
  return { system, environment, deployment, region };
}
