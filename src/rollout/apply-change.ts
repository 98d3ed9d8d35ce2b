import { hashesOf, keepVersion } from './journal/version';
import type { Journal } from './journal/journal';
import type { JournalCall } from './journal/record';
import type { NodeAction, Listener } from './progress';
import { follow, type OperationEnd } from './follow';
import { resourceTotal } from './node-progress';
import { referenceTo, type RolloutNode } from './nodes';
import { createInstance, deleteInstance, refreshInstance, updateStackSet, type OperationRequest } from './operation';
import { createStackSet, definitionChanges, deleteStackSet, type StackSetDefinition, type StackSetState } from './stack-set';
import type { Target } from './target';

/** A node that is to be changed: what its StackSet should be, and how it stands. */
export interface Application {
  readonly target: Target;
  readonly listener: Listener;
  readonly node: RolloutNode;
  readonly definition: StackSetDefinition;
  readonly state: StackSetState | undefined;
  readonly journal: Journal;
  /** The operation that does the work in the node's region. */
  readonly request: OperationRequest;
}

/**
 * Does what a change asks for, and watches it.
 * @returns how the operation ended, or undefined when there was nothing to do
 * @throws StackSetBusy when somebody else's operation was faster; nothing was changed then
 */
export async function applyChange(application: Application, action: NodeAction): Promise<OperationEnd | undefined> {
  const { target, definition, state, request } = application;
  const defined = state !== undefined && definitionChanges(target, definition, state).length === 0;
  switch (action) {
    case 'create':
      if (!defined) await define(application);
      return run(application, action, 'CreateStackInstances', () => createInstance(target, request));
    case 'update':
      return defined
        ? run(application, action, 'UpdateStackInstances', () => refreshInstance(target, request))
        : run(application, action, 'UpdateStackSet', () => updateStackSet(target, request, definition));
    case 'recreate':
      return recreate(application, defined);
    default:
      application.listener(startOf(application, 'none'));
      return undefined;
  }
}

/** A new instance gets the StackSet as it is. One without instances is made anew; where others stand, they were updated before. */
async function define(application: Application): Promise<void> {
  const { target, node, definition, state, request } = application;
  const home = node.build.homeRegion;
  if (state) await redefine(application, 'DeleteStackSet', () => deleteStackSet(target, home, node.stackSet));
  await redefine(application, 'CreateStackSet', () => createStackSet(target, home, definition, request.operationId));
}

async function redefine(application: Application, name: JournalCall['call'], make: () => Promise<void>): Promise<void> {
  const { journal } = application;
  journal.outcome(await journal.call(journalCall(application, 'create', name), make), 'SUCCEEDED');
}

/**
 * Replaces an instance whose stack never stood. A StackSet takes its new definition even when the operation fails, as it must on a stack
 * that can't be updated.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
 */
async function recreate(application: Application, defined: boolean): Promise<OperationEnd> {
  const { target, definition } = application;
  if (!defined) {
    const redefinition = stepOf(application, 'update');
    await run(redefinition, 'update', 'UpdateStackSet', () => updateStackSet(target, redefinition.request, definition));
  }
  const removal = stepOf(application, 'delete');
  const removed = await run(removal, 'delete', 'DeleteStackInstances', () => deleteInstance(target, removal.request));
  return removed.status === 'SUCCEEDED' ? run(application, 'recreate', 'CreateStackInstances', () => createInstance(target, application.request)) : removed;
}

/** A step with an operation of its own. */
function stepOf(application: Application, action: JournalCall['action']): Application {
  const { request, definition, journal } = application;
  return { ...application, request: { ...request, operationId: journal.operationId({ ...request, action, ...hashesOf(definition) }) } };
}

async function run(application: Application, action: JournalCall['action'], name: JournalCall['call'], start: () => Promise<void>): Promise<OperationEnd> {
  const { target, node, request, listener, journal } = application;
  const call = await journal.call(journalCall(application, action, name), start);
  listener({ ...startOf(application, action), operationId: request.operationId });
  const end = await follow(target, node, request, listener);
  journal.outcome(call, end.status, end.reason);
  return end;
}

/** What the journal says of a call, with the version that it replaces. */
function journalCall({ node, state, definition, request, journal }: Application, action: JournalCall['action'], call: JournalCall['call']): JournalCall {
  const previous = state && keepVersion(journal.folder, state, definition);
  return { node: node.id, action, call, ...request, ...hashesOf(definition), ...(previous && { previous }) };
}

function startOf({ node }: Application, action: NodeAction) {
  return { type: 'node-start', node: referenceTo(node), action, total: resourceTotal(node) } as const;
}
