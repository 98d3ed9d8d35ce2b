import type { ManifestDeployment } from '../../build/manifest';
import { describeStack } from '../outputs';
import { standingParameters, templateText } from '../plan/standing';
import { rootCause, type RootCause } from '../root-cause';
import type { TreeEvent } from '../stack-events';
import type { Target } from '../target';
import { parseTemplate } from '../template';
import { originsOf, type StackOnPath } from './origin';

/**
 * The root cause in some events, and where the values come from that it had. Stacks are asked by their ids, because the nested ones of a
 * creation that was rolled back are deleted.
 * @param deployment what was built, for the source lines; undefined for a stack that no build of ours knows
 */
export async function explain(target: Target, region: string, events: readonly TreeEvent[], deployment: ManifestDeployment | undefined): Promise<RootCause | undefined> {
  const cause = rootCause(events, deployment);
  return cause && withOrigins(target, region, events, cause);
}

/** A root cause with where its values come from. Throws what CloudFormation answers when it can't be asked. */
export async function withOrigins(target: Target, region: string, events: readonly TreeEvent[], cause: RootCause): Promise<RootCause> {
  return { ...cause, because: originsOf(await stacksOnPath(target, region, events, cause.path), cause.logicalId, cause.reason) };
}

async function stacksOnPath(target: Target, region: string, events: readonly TreeEvent[], path: readonly string[]): Promise<StackOnPath[]> {
  const paths = [...Array(path.length + 1).keys()].map((depth) => path.slice(0, depth));
  const stacks = await Promise.all(paths.map((each) => readStack(target, region, stackAt(events, each), each.at(-1))));
  return stacks.every((stack) => stack !== undefined) ? stacks : [];
}

function stackAt(events: readonly TreeEvent[], path: readonly string[]): string | undefined {
  return events.find((event) => event.path.length === path.length && event.path.every((name, index) => name === path[index]))?.stackId;
}

async function readStack(target: Target, region: string, stackId: string | undefined, logicalId: string | undefined): Promise<StackOnPath | undefined> {
  const stack = stackId === undefined ? undefined : await describeStack(target, region, stackId);
  if (stackId === undefined || !stack) return undefined;
  const template = parseTemplate(await templateText(target, region, stackId), `of stack ${stackId}`);
  // A stack that went back has its former parameters again, and not those with which its update failed.
  const values = stack.StackStatus?.startsWith('UPDATE_ROLLBACK') ? {} : standingParameters(stack).values;
  return { ...(logicalId !== undefined && { logicalId }), template, values };
}
