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
 * creation order: a StackSet gives new instances the template that it has, which the updates bring up to date.
 */
export function regionOrder(regions: ManifestDeployment['regions'], existing: ReadonlySet<string>): string[] {
  return [...regions.update.filter((region) => existing.has(region)), ...regions.create.filter((region) => !existing.has(region))];
}

/**
 * The nodes of a rollout as a dependency list, in an order that respects it. The parts follow one another; in each, a
 * deployment waits for the one before it, because it may rely on agreed names that no wire shows, and a region for the
 * one before it.
 */
export function planNodes(parts: readonly RolloutPart[], existing: InstanceRegions): RolloutNode[] {
  const nodes: RolloutNode[] = [];
  for (const part of parts) {
    const { system, environment, deployments } = part.build.manifest;
    for (const definition of deployments) {
      if (isSkipped(definition, part.parameters)) continue;
      const stackSet = stackSetOf(part, definition);
      for (const region of regionOrder(definition.regions, existing.get(stackSet) ?? new Set())) {
        const last = nodes.at(-1);
        const id = `${system}/${environment}/${definition.name}@${region}`;
        nodes.push({ id, system, environment, deployment: definition.name, region, stackSet, after: last ? [last.id] : [], build: part.build, definition, parameters: part.parameters });
      }
    }
  }
  return nodes;
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
