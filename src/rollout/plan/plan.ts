import { planNodes } from '../nodes';
import { packageAll, rolloutParts, type PartsOptions } from '../parts';
import { preflight } from '../preflight';
import { instanceRegions, survey } from '../survey';
import type { Target } from '../target';
import type { RolloutPlan } from './document';
import { planRollout } from './plan-rollout';

/** What to plan, and against which account. */
export interface PlanOptions extends PartsOptions {
  readonly target: Target;
}

/**
 * Says what a rollout would do, down to the property, and changes nothing. What stands is read from the stacks, what was built from `dist`.
 * @throws MeridianError for what a rollout would refuse: not built (2), refused by preflight (1)
 */
export async function plan(options: PlanOptions): Promise<RolloutPlan> {
  const { target } = options;
  const parts = rolloutParts(options);
  const states = await survey(target, parts);
  const nodes = planNodes(parts, instanceRegions(states));
  await preflight(target, parts, nodes, states);
  return planRollout({ target, parts, nodes, packages: packageAll(parts), states });
}
