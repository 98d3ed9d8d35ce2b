import { survey } from '../survey';
import { refuseLosses } from './consent';
import type { RolloutPlan } from './document';
import { refuseMoved } from './moved';
import { planRollout, type PlanInput } from './plan-rollout';

/** What a rollout was allowed to do. */
export interface Review {
  /** @default whatever is needed */
  readonly plan?: RolloutPlan;
  /** @default none */
  readonly allowReplace?: readonly string[];
}

/**
 * Looks at what a rollout is about to do, before it does anything.
 * @throws MeridianError (exit 1) when the world has moved since the plan was made, or data would be lost that nobody gave up
 */
export async function reviewRollout(input: Omit<PlanInput, 'states'>, { plan, allowReplace = [] }: Review): Promise<void> {
  const states = await survey(input.target, input.parts);
  const nothingStands = [...states.values()].every(({ instances }) => instances.size === 0);
  if (nothingStands && !plan) return;
  const now = await planRollout({ ...input, states });
  if (plan) refuseMoved(plan, now);
  refuseLosses(now, allowReplace);
}
