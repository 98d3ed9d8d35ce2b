import { accountResults, failedAccounts, type AccountResult } from './accounts/account-result';
import type { NodeChange } from './change';
import type { OperationEnd } from './follow';
import { referenceTo, type RolloutNode } from './nodes';
import type { Listener, NodeAction, NodeOutcome, NodeReference } from './progress';
import type { RootCause } from './root-cause';

/** What happened to a node. */
export interface NodeResult {
  readonly node: NodeReference;
  readonly action: NodeAction;
  /** `done` also where accounts failed, as many as may: see `accounts`. */
  readonly outcome: NodeOutcome;
  /** Why it was changed, for example `template`, `wire FoundationVpcId`; why it was not started. */
  readonly because: readonly string[];
  readonly seconds: number;
  /** Resources that were created, changed or deleted, nested stacks among them. */
  readonly resources: number;
  readonly operationId?: string;
  /** The stack of the first account that has one. */
  readonly stackId?: string;
  /** StackSets' reason when it failed. */
  readonly reason?: string;
  /** Of the first account that failed. */
  readonly rootCause?: RootCause;
  /** What happened in each account; undefined when it was not begun. */
  readonly accounts?: readonly AccountResult[];
}

/** How the work on a node went. */
export interface NodeWork {
  readonly node: RolloutNode;
  /** By account. */
  readonly changes: ReadonlyMap<string, NodeChange>;
  /** `performance.now()` when it began. */
  readonly started: number;
  readonly operationId: string;
  /** Undefined when there was nothing to do. */
  readonly end?: OperationEnd;
  /** By account. */
  readonly stackIds: ReadonlyMap<string, string>;
  /** Accounts that were left out because of an earlier node, with the reason. @default none */
  readonly leftOut?: ReadonlyMap<string, string>;
}

const outcomes = { SUCCEEDED: 'done', FAILED: 'failed', STOPPED: 'stopped' } as const;
/** What a node does when its accounts do different things: the one that changes most. */
const precedence: readonly NodeAction[] = ['recreate', 'update', 'create', 'delete', 'none'];

/** The change of a node as a whole: its weightiest action, and every reason once. */
export function changeOfAll(changes: ReadonlyMap<string, NodeChange>): NodeChange {
  const all = [...changes.values()];
  const action = precedence.find((each) => all.some((change) => change.action === each)) ?? 'none';
  return { action, reasons: [...new Set(all.flatMap(({ reasons }) => reasons))] };
}

/** The result of a node, told to the listener too. */
export function finishNode({ node, changes, started, operationId, end, stackIds, leftOut = new Map() }: NodeWork, listener: Listener): NodeResult {
  const change = changeOfAll(changes);
  const accounts = [
    ...accountResults(node.definition, changes, end, stackIds),
    ...[...leftOut].map(([account, reason]): AccountResult => ({ account, action: 'none', outcome: 'left-out', because: [], reason })),
  ];
  const [failed] = failedAccounts(accounts);
  const stackId = accounts.find((each) => each.stackId !== undefined)?.stackId;
  const reason = failed?.reason ?? end?.reason;
  const told = {
    node: referenceTo(node),
    outcome: end ? outcomes[end.status] : ('unchanged' as const),
    seconds: (performance.now() - started) / 1_000,
    resources: end?.resources ?? 0,
    ...(reason && { reason }),
    ...(failed?.rootCause && { rootCause: failed.rootCause }),
  };
  listener({ type: 'node-done', ...told, ...(accounts.length > 1 && { accounts }) });
  return { ...told, action: change.action, because: change.reasons, ...(end && { operationId }), ...(stackId && { stackId }), accounts };
}

/** What failed, in one line: the root cause with its place in the tree of stacks, or else StackSets' reason; with the account where there is a choice. */
export function failureOf({ rootCause: cause, reason, accounts = [] }: Pick<NodeResult, 'rootCause' | 'reason' | 'accounts'>): string {
  const what = cause ? `${[...cause.path, cause.logicalId].join(' ▸ ')} (${cause.resourceType}): ${cause.reason}` : (reason ?? 'no reason given');
  const [failed, ...others] = accounts.length > 1 ? failedAccounts(accounts) : [];
  if (!failed) return what;
  return `account ${failed.account}: ${what}${others.length > 0 ? ` (and ${others.map(({ account }) => account).join(', ')})` : ''}`;
}
