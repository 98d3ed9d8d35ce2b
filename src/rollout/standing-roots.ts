import { paginateListStackInstances, StackSetNotFoundException } from '@aws-sdk/client-cloudformation';
import { stackSetOf, type RolloutPart } from './nodes';
import type { Target } from './target';

/** A root stack that stands: an instance of a StackSet. */
export interface StandingRoot {
  readonly stackSet: string;
  readonly account: string;
  readonly region: string;
  readonly stackId: string;
}

/** The root stacks of a StackSet in all accounts and regions; none when there is no such StackSet. */
export async function standingRoots(target: Target, home: string, stackSet: string): Promise<StandingRoot[]> {
  const roots: StandingRoot[] = [];
  try {
    for await (const { Summaries = [] } of paginateListStackInstances({ client: target.in(home).cloudFormation }, { StackSetName: stackSet })) {
      for (const { Account = target.account, Region = '', StackId } of Summaries) if (StackId) roots.push({ stackSet, account: Account, region: Region, stackId: StackId });
    }
  } catch (error) {
    if (!(error instanceof StackSetNotFoundException)) throw error;
  }
  return roots;
}

/** The root stacks of all deployments of a part. */
export async function rootsOf(target: Target, part: RolloutPart): Promise<StandingRoot[]> {
  const { manifest, homeRegion } = part.build;
  return (await Promise.all(manifest.deployments.map((deployment) => standingRoots(target, homeRegion, stackSetOf(part, deployment))))).flat();
}
