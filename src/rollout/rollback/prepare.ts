import { MeridianError } from '../../errors';
import type { RollbackGoal } from '../journal/record';
import { among, planNodes, reversed, stackSetOf, type RolloutNode, type RolloutPart } from '../nodes';
import type { DeploymentPackage } from '../package';
import type { PlanInput } from '../plan/plan-rollout';
import type { Survey } from '../survey';
import { instanceRegions, survey } from '../survey';
import type { Target } from '../target';
import { parseTemplate } from '../template';
import { requireArtifacts } from './artifacts';
import { keptTemplate } from './goal';
import { restorePart, type RestoredPart, type StackSetVersion } from './restore';

/** An earlier version that is ready to be gone back to. */
export interface Return {
  readonly goal: RollbackGoal;
  /** What was built for it. */
  readonly parts: readonly RolloutPart[];
  /** By StackSet. */
  readonly packages: ReadonlyMap<string, DeploymentPackage>;
  /** All nodes that stand and stood then, in the order of a rollout. */
  readonly nodes: readonly RolloutNode[];
  /** Those of them whose StackSets have changed since, in the reverse of that order. */
  readonly back: readonly RolloutNode[];
  /** Nodes that stand and did not stand then. */
  readonly left: readonly RolloutNode[];
  /** What a plan of it is made from. */
  readonly input: PlanInput;
  /** Deletes its files. */
  remove(): void;
}

/** What to go back to, and where. */
export interface ReturnOptions {
  readonly target: Target;
  /** Folder of the journal. */
  readonly folder: string;
  /** As they are built now. */
  readonly parts: readonly RolloutPart[];
  readonly goal: RollbackGoal;
  /** For errors, for example `Rollback of kasha production`. */
  readonly what: string;
}

/**
 * Restores an earlier version and makes sure that everything it needs is there. Changes nothing in the account.
 * @throws MeridianError (exit 1) when artifacts or secret values are missing, (exit 2) when what the journal kept is damaged
 */
export async function prepareReturn({ target, folder, parts, goal, what }: ReturnOptions): Promise<Return> {
  const states = await survey(target, parts);
  const versions = versionsOf(folder, goal, states);
  const restored = await Promise.all(parts.map((part) => restorePart(target, part, versions)));
  const remove = (): void => restored.forEach((each) => each.remove());
  try {
    const existing = instanceRegions(states);
    const stands = ({ stackSet, region }: RolloutNode): boolean => existing.get(stackSet)?.has(region) ?? false;
    const standing = among(planNodes(restored.map(({ part }) => part), existing), stands).map((node) => withVersion(node, versions.get(node.stackSet)!, states, what));
    const leave = new Set(goal.leave);
    const nodes = among(standing, ({ id }) => !leave.has(id));
    const back = reversed(among(nodes, ({ stackSet }) => goal.versions[stackSet] !== undefined));
    await requireArtifacts(target, what, placesOf(back, restored, states));
    const packages = new Map(restored.flatMap((each) => [...each.packages]));
    const built = { parts: restored.map(({ part }) => part), packages };
    return { goal, ...built, nodes, back, left: standing.filter(({ id }) => leave.has(id)), input: { target, nodes, states, ...built }, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The version to be at for each StackSet that stands: the goal's, or for what has not changed since the one that it has. */
function versionsOf(folder: string, { versions }: RollbackGoal, states: Survey): Map<string, StackSetVersion> {
  return new Map(
    [...states].map(([stackSet, { stackSet: { TemplateBody = '', Parameters = [] } }]): [string, StackSetVersion] => {
      const kept = versions[stackSet];
      if (kept) return [stackSet, { text: keptTemplate(folder, kept), parameters: kept.parameters }];
      return [stackSet, { text: TemplateBody, parameters: Object.fromEntries(Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue])) }];
    }),
  );
}

/**
 * A node with the parameters of its version. Secrets are not in the journal: the StackSet keeps those that it has.
 * @throws MeridianError (exit 1) for a secret that it no longer has
 */
function withVersion(node: RolloutNode, { parameters }: StackSetVersion, states: Survey, what: string): RolloutNode {
  const declared = Object.entries(node.build.root(node.definition).Parameters ?? {});
  const keeps = declared.filter(([name, { NoEcho }]) => parameters[name] === undefined || NoEcho === true || NoEcho === 'true').map(([name]) => name);
  const present = parseTemplate(states.get(node.stackSet)?.stackSet.TemplateBody ?? '', `of StackSet ${node.stackSet}`).Parameters ?? {};
  const gone = keeps.filter((name) => !(name in present));
  if (gone.length > 0) {
    throw new MeridianError(
      `${what} refused: ${node.deployment} needs ${gone.join(', ')}, which the journal does not keep because it is secret, and its StackSet no longer has. ` +
        'Check out the commit that was rolled then, and run "meridian rollout" with the value.',
      1,
    );
  }
  return { ...node, parameters: { ...node.parameters, values: parameters }, keeps };
}

function placesOf(back: readonly RolloutNode[], restored: readonly RestoredPart[], states: Survey) {
  const keys = new Map(restored.flatMap(({ artifacts }) => [...artifacts]));
  return back.flatMap(({ stackSet, region }) =>
    [...(states.get(stackSet)?.instances ?? [])].filter((instance) => instance.Region === region).map(({ Account = '' }) => ({ account: Account, region, keys: keys.get(stackSet) ?? [] })),
  );
}

/** The parts of a rollout that a rollback concerns: those of which it has an earlier version. */
export function concernedParts(parts: readonly RolloutPart[], { versions }: RollbackGoal): RolloutPart[] {
  return parts.filter((part) => part.build.manifest.deployments.some((deployment) => versions[stackSetOf(part, deployment)] !== undefined));
}
