import { CloudFormationClient, DescribeStacksCommand, type StackStatus } from '@aws-sdk/client-cloudformation';

/** The states in which CloudFormation removes all that a stack holds, rather than parts of a stack that stays. */
const GOING: readonly (StackStatus | undefined)[] = ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'];

const cloudFormation = new CloudFormationClient({ maxAttempts: 10 });

/**
 * Whether the whole stack is being removed: it is deleted, alone or with its parent, or its first creation is rolled
 * back. False while it is updated or an update is rolled back.
 *
 * @param stackId the stack's ARN, since a deleted stack is found by that alone
 */
export async function isStackGoing(stackId: string, signal: AbortSignal): Promise<boolean> {
  const command = new DescribeStacksCommand({ StackName: stackId });
  const { Stacks: [stack] = [] } = await cloudFormation.send(command, { abortSignal: signal });
  return GOING.includes(stack?.StackStatus);
}
