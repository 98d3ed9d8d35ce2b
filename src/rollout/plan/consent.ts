import { MeridianError } from '../../errors';
import type { NodePlan, ResourceChange, RolloutPlan } from './document';

/** A resource whose replacement or removal loses data, or leaves an empty one in its place. */
export interface Loss {
  readonly node: NodePlan['node'];
  /** Only where the node has more than one. */
  readonly account?: string;
  readonly change: ResourceChange;
}

/** Everything that a plan replaces or removes and that stores data, whether it was allowed or not. */
export function lossesOf({ nodes }: RolloutPlan): Loss[] {
  const goes: readonly ResourceChange['action'][] = ['replace', 'may-replace', 'remove'];
  return nodes.flatMap(({ node, account, resources }) => resources.filter(({ action, storesData }) => storesData && goes.includes(action)).map((change) => ({ node, ...(account !== undefined && { account }), change })));
}

/**
 * The losses that nobody allowed.
 * @param allowed logical ids (`Orders`), with the nested stacks above them (`Store/Orders`) or the deployment too (`base/Store/Orders`)
 *                to tell apart what has the same id; each holds in every region
 */
export function forbiddenLosses(plan: RolloutPlan, allowed: readonly string[]): Loss[] {
  return lossesOf(plan).filter(({ node, change: { path, logicalId } }) => {
    const within = [...path, logicalId].join('/');
    return ![logicalId, within, `${node.deployment}/${within}`].some((id) => allowed.includes(id));
  });
}

const fates = { deleted: 'deleted', kept: 'kept outside the system by its policy', snapshot: 'deleted after a snapshot' } as const;
const verbs = { add: 'added', change: 'changed', replace: 'replaced', 'may-replace': 'perhaps replaced', remove: 'removed' } as const;

/** What a loss is, in a line: `base/Store/Orders (AWS::SQS::Queue) in us-east-1: replaced, the present one is deleted`. */
export function describeLoss({ node, account, change: { path, logicalId, type, action, old = 'deleted' } }: Loss): string {
  return `${[node.deployment, ...path, logicalId].join('/')} (${type}) in ${node.region}${account === undefined ? '' : `, account ${account}`}: ${verbs[action]}, the present one is ${fates[old]}`;
}

/** The options that would allow losses, each id once. */
export function allowOptions(losses: readonly Loss[]): string {
  return [...new Set(losses.map(({ change }) => `--allow-replace ${change.logicalId}`))].join(' ');
}

/**
 * Refuses a plan that loses data which nobody gave up.
 * @param what what the plan is of
 * @throws MeridianError (exit 1) naming every resource
 */
export function refuseLosses(plan: RolloutPlan, allowed: readonly string[], what: 'Rollout' | 'Rollback' = 'Rollout'): void {
  const losses = forbiddenLosses(plan, allowed);
  if (losses.length === 0) return;
  const list = losses.map((loss) => `  ${describeLoss(loss)}\n`).join('');
  throw new MeridianError(`${what} of ${plan.system} ${plan.environment} refused: it replaces or removes what stores data.\n${list}Nothing was changed. Save the data and give ${allowOptions(losses)} if that is meant.`, 1);
}
