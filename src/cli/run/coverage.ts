import type { LocalAwsControl, StackCoverage } from '../../local-aws';

/** How many resources of a deployment in one region stand on the local AWS, by what is behind them. */
export interface NodeCoverage {
  /** A service behaves behind them. */
  readonly emulated: number;
  /** Only their properties were validated and recorded. */
  readonly recorded: number;
}

/** What stands on the local AWS, by the id of each root stack; nested stacks count to their root. */
export async function coverageByRoot(control: LocalAwsControl): Promise<ReadonlyMap<string, NodeCoverage>> {
  const { stacks } = await control.coverage();
  const byId = new Map(stacks.map((stack) => [stack.stackId, stack]));
  const roots = new Map<string, NodeCoverage>();
  for (const stack of stacks) {
    const root = rootOf(stack, byId);
    const sum = roots.get(root) ?? { emulated: 0, recorded: 0 };
    roots.set(root, { emulated: sum.emulated + stack.emulated, recorded: sum.recorded + stack.recorded });
  }
  return roots;
}

function rootOf(stack: StackCoverage, byId: ReadonlyMap<string, StackCoverage>): string {
  const parent = stack.parentId === null ? undefined : byId.get(stack.parentId);
  return parent ? rootOf(parent, byId) : stack.stackId;
}
