import { randomUUID } from 'node:crypto';
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
      return run(application, action, () => createInstance(target, request));
    case 'update':
      return run(application, action, () => (defined ? refreshInstance(target, request) : updateStackSet(target, request, definition)));
    case 'recreate':
      return recreate(application, defined);
    default:
      application.listener(startOf(application, 'none'));
      return undefined;
  }
}

/** A new instance gets the StackSet as it is. One without instances is made anew; where others stand, they were updated before. */
async function define({ target, node, definition, state, request }: Application): Promise<void> {
  if (state) await deleteStackSet(target, node.build.homeRegion, node.stackSet);
  await createStackSet(target, node.build.homeRegion, definition, request.operationId);
}

/**
 * Replaces an instance whose stack never stood. A StackSet takes its new definition even when the operation fails, as it must on a stack
 * that can't be updated.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
 */
async function recreate(application: Application, defined: boolean): Promise<OperationEnd> {
  const { target, definition } = application;
  if (!defined) {
    const redefinition = withOperation(application, randomUUID());
    await run(redefinition, 'update', () => updateStackSet(target, redefinition.request, definition));
  }
  const removal = withOperation(application, randomUUID());
  const removed = await run(removal, 'delete', () => deleteInstance(target, removal.request));
  return removed.status === 'SUCCEEDED' ? run(application, 'recreate', () => createInstance(target, application.request)) : removed;
}

function withOperation(application: Application, operationId: string): Application {
  return { ...application, request: { ...application.request, operationId } };
}

async function run(application: Application, action: NodeAction, start: () => Promise<void>): Promise<OperationEnd> {
  const { target, node, request, listener } = application;
  await start();
  listener({ ...startOf(application, action), operationId: request.operationId });
  return follow(target, node, request, listener);
}

function startOf({ node }: Application, action: NodeAction) {
  return { type: 'node-start', node: referenceTo(node), action, total: resourceTotal(node) } as const;
}
