import type { NodeOutcome, NodeReference, RolloutEvent, ToldAction } from '../../rollout';
import { placeOf, shortCause } from '../render/place';

/** What is known of a nested stack of a node. */
export interface StackState {
  readonly done: number;
  readonly total: number;
  /** CREATE_IN_PROGRESS and so on. */
  readonly status: string;
  /** The resource whose event came last, while it is under way. */
  readonly current?: { readonly logicalId: string; readonly status: string };
}

/** What is known of a node while a rollout runs. */
export interface NodeState {
  readonly node: NodeReference;
  /** Stands before its name. */
  readonly prefix?: string;
  readonly action?: ToldAction;
  /** Milliseconds, by the clock of `performance.now()`. */
  readonly startedAt?: number;
  readonly total: number;
  /** Nested stacks by their path, or accounts where there are several, in the order in which they were first heard of. */
  readonly stacks: ReadonlyMap<string, StackState>;
  readonly note?: string;
  /** When the bake that it waits for is over: milliseconds, by the clock of `performance.now()`. */
  readonly bakesUntil?: number;
  readonly end?: { readonly outcome: NodeOutcome; readonly resources: number; readonly seconds: number; readonly reason?: string };
}

/** A node that nothing is known of yet. */
export const waitingNode = (node: NodeReference, prefix = ''): NodeState => ({ node, prefix, total: 0, stacks: new Map() });

/**
 * A node's state after an event of its own.
 * @param now milliseconds, by the clock of `performance.now()`
 */
export function afterEvent(state: NodeState, event: RolloutEvent, now: number): NodeState {
  switch (event.type) {
    case 'node-start':
      return { ...state, action: event.action, total: event.total, startedAt: now, note: undefined, bakesUntil: undefined };
    case 'stack':
      if (event.account !== undefined && event.path.length > 0) return state;
      return withStack(state, lineOf(event), ({ current }) => ({ done: event.done, total: event.total, status: event.status, ...(current && { current }) }));
    case 'resource':
      return withStack(state, lineOf(event), (stack) => {
        const { logicalId, status } = event;
        const through = status.endsWith('_COMPLETE') ? stack.done + 1 : stack.done;
        return { ...stack, done: Math.min(through, stack.total || through), current: status.endsWith('_COMPLETE') ? undefined : { logicalId, status } };
      });
    case 'waiting':
      return { ...state, note: `waits for operation ${event.operation.operationId}` };
    case 'note':
      return { ...state, note: event.message };
    case 'bake':
      return event.state === 'begins' || event.state === 'waits' ? { ...state, note: `waits: ${placeOf(event.node)} bakes`, bakesUntil: now + event.left * 1_000 } : { ...state, note: undefined, bakesUntil: undefined };
    case 'gate':
      return event.passed ? state : { ...state, note: event.message };
    case 'node-done':
      return { ...state, note: undefined, end: { outcome: event.outcome, resources: event.resources, seconds: event.seconds, reason: shortCause(event) } };
    default:
      return state;
  }
}

/** A node of several accounts has a line for each of them, another one for each nested stack. */
function lineOf({ account, path }: { readonly account?: string; readonly path: readonly string[] }): readonly string[] {
  return account === undefined ? path : [account];
}

function withStack(state: NodeState, path: readonly string[], change: (stack: StackState) => StackState): NodeState {
  const key = path.join(' ▸ ');
  const stack = state.stacks.get(key) ?? { done: 0, total: 0, status: '' };
  return { ...state, stacks: new Map(state.stacks).set(key, change(stack)) };
}
