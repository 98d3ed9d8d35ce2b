import { bootstrap } from './bootstrap';
import { Build, regionsOf, sharedSystem } from './build';
import { isSkipped, planNodes, referenceTo, stackSetOf, type RolloutNode, type RolloutPart } from './nodes';
import { outputsFile, writeOutputs, type RootOutputs } from './outputs';
import { packageDeployment, type DeploymentPackage } from './package';
import type { DeployParameters } from './parameters-file';
import { preflight } from './preflight';
import type { Listener } from './progress';
import type { NodeResult } from './node-result';
import { rollNodes, type Run } from './roll-nodes';
import { instanceRegions, survey, waitUntilFree } from './survey';
import type { Target } from './target';
import { upload } from './upload';

export type { NodeResult } from './node-result';

/** What to roll, and where. */
export interface RolloutOptions {
  readonly target: Target;
  /** The folder of builds. */
  readonly dist: string;
  /** The folder for what rollouts leave behind, apart from `dist`: outputs by account, system, environment and suffix. */
  readonly state: string;
  readonly system: string;
  readonly environment: string;
  readonly parameters: DeployParameters;
  /** Parameters of what all systems of an account share; it is rolled first. @default none (its defaults) */
  readonly sharedParameters?: DeployParameters;
  /** Seconds to wait for somebody else's operation on one of our StackSets. @default 0 (stop and name it) */
  readonly wait?: number;
  readonly onEvent?: Listener;
  /** When aborted, the rollout stops after the node that is under way, with exit code 4. */
  readonly signal?: AbortSignal;
}

/**
 * Where a rollout got: all nodes in their order, those that were skipped or not started too. Exit code 0 done; 3 a node failed; 4 stopped
 * at a gate, by a signal or by somebody, and the same command goes on.
 */
export interface RolloutResult extends Run {
  /** Root outputs of the system. */
  readonly outputs: RootOutputs;
  readonly outputsFile: string;
}

/**
 * Rolls a system: what its account shares, then its deployments in order, each in its regions in order, one StackSet operation at a
 * time. Stops at the first node that fails and leaves everything as it is.
 * @throws MeridianError for what is wrong before anything was changed: not built (2), refused by preflight (1), somebody else's
 *         rollout under way (1); or when the bootstrap fails (3)
 */
export async function rollout(options: RolloutOptions): Promise<RolloutResult> {
  const { target, dist, system, environment, state, wait = 0, onEvent: listener = () => undefined } = options;
  const parts = rolloutParts(dist, system, environment, options);
  const packages = packageAll(parts);
  const nodes = await plannedNodes(target, parts, wait, listener);
  await bootstrap({ target, regions: regionsOf(parts.map(({ build }) => build)), onEvent: listener });
  await uploadAll(target, nodes, packages, listener);
  listener({ type: 'plan', nodes: nodes.map(referenceTo) });

  const outputs: Record<string, RootOutputs> = Object.fromEntries(parts.map(({ build }) => [build.manifest.system, {}]));
  try {
    const run = await rollNodes({ target, listener, packages, outputs, wait }, parts, nodes, options.signal);
    return { ...run, nodes: [...skippedNodes(parts), ...run.nodes], outputs: outputs[system] ?? {}, outputsFile: outputsFile(state, target, parts.at(-1)!) };
  } finally {
    for (const part of parts) writeOutputs(outputsFile(state, target, part), outputs[part.build.manifest.system] ?? {});
  }
}

function rolloutParts(dist: string, system: string, environment: string, { parameters, sharedParameters }: RolloutOptions): RolloutPart[] {
  const part = { build: Build.open(dist, system, environment), parameters };
  if (system === sharedSystem.system) return [part];
  const shared = Build.open(dist, sharedSystem.system, sharedSystem.environment);
  return [{ build: shared, parameters: sharedParameters ?? { file: `parameters/${sharedSystem.system}/${sharedSystem.environment}.yaml`, suffix: 'main', values: {} } }, part];
}

/** The nodes of a world in which no operation of somebody else's is under way: it is looked at again after each that ended. */
async function plannedNodes(target: Target, parts: readonly RolloutPart[], wait: number, listener: Listener): Promise<readonly RolloutNode[]> {
  const states = await survey(target, parts);
  const nodes = planNodes(parts, instanceRegions(states));
  await preflight(target, parts, nodes, states);
  for (const node of firstOfStackSets(nodes)) {
    if (states.has(node.stackSet) && (await waitUntilFree(target, node, { wait, exitCode: 1 }, listener))) return plannedNodes(target, parts, wait, listener);
  }
  return nodes;
}

function packageAll(parts: readonly RolloutPart[]): Map<string, DeploymentPackage> {
  return new Map(parts.flatMap((part) => part.build.manifest.deployments.map((deployment) => [stackSetOf(part, deployment), packageDeployment(part.build, deployment)] as const)));
}

function firstOfStackSets(nodes: readonly RolloutNode[]): RolloutNode[] {
  return [...new Map([...nodes].reverse().map((node) => [node.stackSet, node])).values()];
}

async function uploadAll(target: Target, nodes: readonly RolloutNode[], packages: ReadonlyMap<string, DeploymentPackage>, listener: Listener): Promise<void> {
  const byRegion = new Map<string, DeploymentPackage['artifacts'][number][]>();
  const add = (region: string, artifacts: DeploymentPackage['artifacts']) => byRegion.set(region, [...(byRegion.get(region) ?? []), ...artifacts]);
  for (const { stackSet, region, build } of nodes) {
    const { artifacts, root, rootByUrl } = packages.get(stackSet)!;
    add(region, artifacts);
    if (rootByUrl) add(build.homeRegion, [root]);
  }
  const summaries = await Promise.all([...byRegion].map(([region, artifacts]) => upload(target, region, artifacts)));
  for (const summary of summaries) listener({ type: 'package', ...summary });
}

function skippedNodes(parts: readonly RolloutPart[]): NodeResult[] {
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
