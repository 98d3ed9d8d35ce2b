import { paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import type { Target } from '../target';

/** The statuses with which an operation on a stack begins; rolling back is a part of the operation that failed. */
const beginnings = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'IMPORT_IN_PROGRESS']);

/** An operation on a stack in which something failed. */
export interface FailedOperation {
  /** Events before this moment belong to earlier operations. */
  readonly since: Date;
  /** How the stack came out of it, for example UPDATE_ROLLBACK_COMPLETE. */
  readonly status: string;
  /** Whether a later creation or update of the stack ended well. A deletion, with which StackSets clear a first creation away that failed, repairs nothing. */
  readonly isOver: boolean;
}

/**
 * The latest operation on a stack in which something failed, or undefined when none of those that CloudFormation remembers did. A deleted
 * stack answers by its id for 90 days.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export async function lastFailedOperation(target: Target, region: string, stackId: string): Promise<FailedOperation | undefined> {
  const client = target.in(region).cloudFormation;
  let status: string | undefined;
  let failed = false;
  let isOver = false;
  for await (const page of paginateDescribeStackEvents({ client }, { StackName: stackId })) {
    for (const event of page.StackEvents ?? []) {
      if (isOfStack(event, stackId)) status ??= event.ResourceStatus;
      failed ||= /FAILED|ROLLBACK/.test(event.ResourceStatus ?? '');
      if (!isOfStack(event, stackId) || !beginnings.has(event.ResourceStatus ?? '')) continue;
      if (failed) return { since: event.Timestamp ?? new Date(0), status: status ?? '', isOver };
      status = undefined;
      isOver ||= event.ResourceStatus !== 'DELETE_IN_PROGRESS';
    }
  }
  return undefined;
}

function isOfStack({ PhysicalResourceId, ResourceType }: StackEvent, stackId: string): boolean {
  return PhysicalResourceId === stackId && ResourceType === 'AWS::CloudFormation::Stack';
}
