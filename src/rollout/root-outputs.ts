import { mainAccount } from './accounts/accounts';
import { stackSetOf, type RolloutPart } from './nodes';
import { describeStack } from './outputs';
import { standingRoots } from './standing-roots';
import type { Target } from './target';

/** What a root stack that stands says of itself. */
export interface StandingOutputs {
  readonly account: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * The root outputs of a deployment in one region, in the account that stands for all. Changes nothing.
 * @returns undefined when it does not stand there
 */
export async function rootOutputs(target: Target, part: RolloutPart, deployment: string, region: string): Promise<StandingOutputs | undefined> {
  const account = mainAccount(target, part);
  const roots = await standingRoots(target, part.build.homeRegion, stackSetOf(part, { name: deployment }));
  const root = roots.find((each) => each.account === account && each.region === region);
  const stack = root && (await describeStack(target.of(account), region, root.stackId));
  return stack && { account, outputs: Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])) };
}
