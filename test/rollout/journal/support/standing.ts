import { ListStackInstancesCommand, ListStackSetOperationsCommand, ListStackSetsCommand, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import type { Target } from '../../../../src/rollout';
import { primary, secondary } from '../../support/shop';

/** Stacks of both regions, instances and operations, without the ids and times in which two equal rollouts differ. */
export async function whatStands(target: Target): Promise<unknown> {
  const stacks: string[] = [];
  for (const region of [primary, secondary]) {
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: target.in(region).cloudFormation }, {})) {
      stacks.push(...Stacks.map(({ StackName, StackStatus, Parameters, Outputs, Tags }) => withoutIds({ region, StackName, StackStatus, Parameters, Outputs, Tags })));
    }
  }
  const { cloudFormation } = target.in(secondary);
  const { Summaries: sets = [] } = await cloudFormation.send(new ListStackSetsCommand({ Status: 'ACTIVE' }));
  const stackSets = await Promise.all(
    sets.map(async ({ StackSetName = '' }) => {
      const { Summaries: instances = [] } = await cloudFormation.send(new ListStackInstancesCommand({ StackSetName }));
      const { Summaries: operations = [] } = await cloudFormation.send(new ListStackSetOperationsCommand({ StackSetName }));
      return { StackSetName, instances: instances.map(({ Region, Status }) => `${Region} ${Status}`).sort(), operations: operations.map(({ Action, Status }) => `${Action} ${Status}`) };
    }),
  );
  return { stacks: stacks.sort(), stackSets };
}

function withoutIds(stack: object): string {
  return JSON.stringify(stack)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/-[A-Z0-9]{8,}\b/g, '…');
}
