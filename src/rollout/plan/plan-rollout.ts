import { accountsOf, accountsOfNode, mainAccount, standsApart } from '../accounts/accounts';
import { inAccounts } from '../accounts/in-accounts';
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

/**
 * Plans the nodes of a rollout in each of their accounts, one after another, each with what the ones before it will publish there. Changes
 * nothing.
 */
export async function planRollout(input: PlanInput): Promise<RolloutPlan> {
  const { target, parts, nodes } = input;
  const accounts = [...new Set(parts.flatMap((part) => accountsOf(target, part)))];
  const plans = await inAccounts(accounts, (account) => planAccount(input, account));
  const part = parts.at(-1)!;
  const { system, environment } = part.build.manifest;
  return { version: 1, system, environment, suffix: suffixOf(part), target: { kind: target.kind, account: target.account }, nodes: nodes.flatMap((node) => plans.flatMap((planned) => planned.get(node) ?? [])) };
}

async function planAccount({ target, parts, nodes, packages, states }: PlanInput, account: string): Promise<Map<RolloutNode, NodePlan>> {
  const published = new Published();
  const planned = new Map<RolloutNode, NodePlan>();
  for (const node of inCreationOrder(parts, nodes)) {
    const accounts = accountsOfNode(target, node);
    const apart = standsApart(node, node.definition);
    // What a deployment with an account of its own takes and gives is the main account's.
    if (apart ? account !== mainAccount(target, node) : !accounts.includes(account)) continue;
    const plan = await planNode({ target: target.of(apart ? accounts[0]! : account), package: packages.get(node.stackSet)!, state: states.get(node.stackSet), published }, node);
    planned.set(node, apart ? { ...plan, account: accounts[0]! } : accounts.length === 1 ? plan : { ...plan, account });
  }
  return planned;
}

/** Values go from deployment to deployment in the order of first creation, whatever the order of an update's regions. */
function inCreationOrder(parts: readonly RolloutPart[], nodes: readonly RolloutNode[]): RolloutNode[] {
  return parts.flatMap((part) => part.build.manifest.deployments.flatMap((deployment) => nodes.filter(({ stackSet }) => stackSet === stackSetOf(part, deployment))));
}
