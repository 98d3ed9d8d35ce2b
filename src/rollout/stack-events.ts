import { paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { nestedStackType } from './template';
import type { Target } from './target';

/** One event of a stack in the tree of nested stacks. */
export interface TreeEvent {
  readonly id: string;
  /** Logical ids of the nested stacks from the root down; empty in the root. */
  readonly path: readonly string[];
  readonly stackId: string;
  /** Whether the event is about the stack itself and not about one of its resources. */
  readonly ofStack: boolean;
  readonly logicalId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly reason: string;
  readonly at: Date;
}

/** Statuses after which a stack has nothing more to tell in this operation. */
const ended = /^(?!.*CLEANUP).*_(COMPLETE|FAILED)$/;

interface WatchedStack {
  readonly stackId: string;
  readonly path: readonly string[];
  ended: boolean;
}

/**
 * Reads the events of a root stack and of all stacks nested in it, once each, whatever the service repeats or reorders. Stacks are
 * asked by id, because a deleted stack answers to nothing else.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export class StackEvents {
  private readonly seen = new Set<string>();
  private readonly stacks: WatchedStack[];

  /** @param since earlier events belong to an earlier operation */
  constructor(private readonly target: Target, private readonly region: string, rootStackId: string, private readonly since: Date) {
    this.stacks = [{ stackId: rootStackId, path: [], ended: false }];
  }

  /** Whether the root's last event says that it ended. */
  get ended(): boolean {
    return this.stacks[0]?.ended ?? false;
  }

  /** The events that were not read before, oldest first in each stack. */
  async read(): Promise<TreeEvent[]> {
    const events: TreeEvent[] = [];
    // The list grows while it is walked: a stack's events name the stacks nested in it.
    for (const stack of this.stacks) {
      if (stack.ended) continue;
      const fresh = await this.readStack(stack);
      for (const event of fresh) this.note(stack, event);
      events.push(...fresh.map((event) => toTreeEvent(stack, event)));
    }
    return events;
  }

  private async readStack({ stackId }: WatchedStack): Promise<StackEvent[]> {
    const client = this.target.in(this.region).cloudFormation;
    const fresh: StackEvent[] = [];
    for await (const page of paginateDescribeStackEvents({ client }, { StackName: stackId })) {
      const events = page.StackEvents ?? [];
      const current = events.filter(({ Timestamp }) => (Timestamp ?? this.since) >= this.since);
      const unseen = current.filter(({ EventId = '' }) => !this.seen.has(EventId));
      for (const { EventId = '' } of unseen) this.seen.add(EventId);
      fresh.push(...unseen);
      if (current.length < events.length || unseen.length < current.length) break;
    }
    return fresh.reverse();
  }

  private note(stack: WatchedStack, event: StackEvent): void {
    const { PhysicalResourceId, LogicalResourceId: logicalId = '', ResourceType, ResourceStatus: status = '' } = event;
    if (PhysicalResourceId === stack.stackId) stack.ended = ended.test(status);
    const stackId = ResourceType === nestedStackType && PhysicalResourceId !== stack.stackId ? nestedStackId(event) : undefined;
    if (!stackId) return;
    const known = this.stacks.find((nested) => nested.stackId === stackId);
    if (!known) this.stacks.push({ stackId, path: [...stack.path, logicalId], ended: false });
    else if (status.endsWith('_IN_PROGRESS')) known.ended = false;
  }
}

/** The nested stack that an event is about: its physical id, or, when it failed before the parent knew it, what the reason names. */
function nestedStackId({ PhysicalResourceId, ResourceStatusReason = '' }: StackEvent): string | undefined {
  if (PhysicalResourceId?.startsWith('arn:')) return PhysicalResourceId;
  return /Embedded stack (arn:\S+) was not/.exec(ResourceStatusReason)?.[1];
}

function toTreeEvent({ stackId, path }: WatchedStack, event: StackEvent): TreeEvent {
  return {
    id: event.EventId ?? '',
    path,
    stackId,
    ofStack: event.PhysicalResourceId === stackId,
    logicalId: event.LogicalResourceId ?? '',
    resourceType: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason ?? '',
    at: event.Timestamp ?? new Date(0),
  };
}
