import { planNodes } from '../nodes';
import { packageAll, rolloutParts, type PartsOptions } from '../parts';
import { preflight } from '../preflight/preflight';
import { instanceRegions, joinedRegions, survey } from '../survey';
import type { Target } from '../target';
import type { RolloutPlan } from './document';
import { withForesight } from './foresight';
import { planRollout } from './plan-rollout';

/** What to plan, and against which account. */
export interface PlanOptions extends PartsOptions {
  readonly target: Target;
  /**
   * Whether CloudFormation is asked too, by change sets of every stack that is updated and of those nested in it. They bring the templates to
   * the artifact buckets, and are deleted again. @default false (the templates tell, and nothing is written)
   */
  readonly changeSets?: boolean;
}

/**
 * Says what a rollout would do, down to the property, and changes nothing. What stands is read from the stacks, what was built from `dist`.
 * @throws MeridianError for what a rollout would refuse: not built (2), refused by preflight (1); or when a change set can't be made (3)
 */
export async function plan(options: PlanOptions): Promise<RolloutPlan> {
  const { target, changeSets = false } = options;
  const parts = rolloutParts(options);
  const states = await survey(target, parts);
  const nodes = planNodes(parts, instanceRegions(states), joinedRegions(target, parts, states));
  await preflight(target, parts, nodes, states);
  const packages = packageAll(parts);
  const planned = await planRollout({ target, parts, nodes, packages, states });
  return changeSets ? withForesight(planned, { target, nodes, packages, states }) : planned;
}
