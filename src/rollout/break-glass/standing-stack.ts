import { GetTemplateCommand, paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation';
import type { Target } from '../target';

/** The name of a stack that break-glass makes where none stands, for a person and a later rollout to know it by. */
export function plainStackName(stackSet: string): string {
  return `StackSet-${stackSet}-break-glass`;
}

/** A root stack of a deployment, with the template that it was last given. */
export interface StandingStack {
  readonly stack: Stack;
  readonly stackId: string;
  readonly body: string;
}

/**
 * The root stacks of a region by name, read there and nowhere else.
 * @param prefix of their names
 */
export async function rootStacks(target: Target, region: string, prefix: string): Promise<Stack[]> {
  const found: Stack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: target.in(region).cloudFormation }, {})) {
    found.push(...Stacks.filter(({ StackName = '', ParentId, StackStatus }) => StackName.startsWith(prefix) && !ParentId && StackStatus !== 'DELETE_COMPLETE'));
  }
  return found.sort((a, b) => ((a.StackName ?? '') < (b.StackName ?? '') ? -1 : 1));
}

/** Instances of a StackSet are called `StackSet-<name>-<36 characters>`. */
const instanceSuffix = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Of some stacks those of a StackSet: of its instance, or made by break-glass in the place of one. */
export function stacksOf(stackSet: string, stacks: readonly Stack[]): Stack[] {
  const prefix = `StackSet-${stackSet}-`;
  return stacks.filter(({ StackName = '' }) => StackName === plainStackName(stackSet) || (StackName.startsWith(prefix) && instanceSuffix.test(StackName.slice(prefix.length))));
}

/** A stack with its template. */
export async function withTemplate(target: Target, region: string, stack: Stack): Promise<StandingStack> {
  const { TemplateBody = '' } = await target.in(region).cloudFormation.send(new GetTemplateCommand({ StackName: stack.StackId, TemplateStage: 'Original' }));
  return { stack, stackId: stack.StackId ?? '', body: TemplateBody };
}
