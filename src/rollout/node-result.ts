import type { NodeChange } from './change';
import type { OperationEnd } from './follow';
import { referenceTo, type RolloutNode } from './nodes';
import type { Listener, NodeAction, NodeOutcome, NodeReference } from './progress';
import { rootCause, type RootCause } from './root-cause';

/** What happened to a node. */
export interface NodeResult {
  readonly node: NodeReference;
  readonly action: NodeAction;
  readonly outcome: NodeOutcome;
  /** Why it was changed, for example `template`, `wire FoundationVpcId`; why it was not started. */
  readonly because: readonly string[];
  readonly seconds: number;
  /** Resources that were created, changed or deleted, nested stacks among them. */
  readonly resources: number;
  readonly operationId?: string;
  readonly stackId?: string;
  /** StackSets' reason when it failed. */
  readonly reason?: string;
  readonly rootCause?: RootCause;
}

/** How the work on a node went. */
export interface NodeWork {
  readonly node: RolloutNode;
  readonly change: NodeChange;
  /** `performance.now()` when it began. */
  readonly started: number;
  readonly operationId: string;
  /** Undefined when there was nothing to do. */
  readonly end?: OperationEnd;
  readonly stackId?: string;
}

const outcomes = { SUCCEEDED: 'done', FAILED: 'failed', STOPPED: 'stopped' } as const;

/** The result of a node, told to the listener too. */
export function finishNode({ node, change, started, operationId, end, stackId }: NodeWork, listener: Listener): NodeResult {
  const cause = end?.status === 'FAILED' ? rootCause(end.events, node.definition) : undefined;
  const told = {
    node: referenceTo(node),
    outcome: end ? outcomes[end.status] : ('unchanged' as const),
    seconds: (performance.now() - started) / 1_000,
    resources: end?.resources ?? 0,
    ...(end?.reason && { reason: end.reason }),
    ...(cause && { rootCause: cause }),
  };
  listener({ type: 'node-done', ...told });
  return { ...told, action: change.action, because: change.reasons, ...(end && { operationId }), ...(stackId && { stackId }) };
}

/** What failed, in one line: the root cause with its place in the tree of stacks, or else StackSets' reason. */
export function failureOf({ rootCause: cause, reason }: Pick<NodeResult, 'rootCause' | 'reason'>): string {
  if (!cause) return reason ?? 'no reason given';
  return `${[...cause.path, cause.logicalId].join(' ▸ ')} (${cause.resourceType}): ${cause.reason}`;
}
