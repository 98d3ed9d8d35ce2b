import { follow } from './follow';
import type { Journal } from './journal/journal';
import type { JournalCall } from './journal/record';
import { attach } from './journal/recovery';
import { keepVersion } from './journal/version';
import { resourceTotal } from './node-progress';
import { finishNode, type NodeResult } from './node-result';
import { referenceTo, stackSetOf, type RolloutNode, type RolloutPart } from './nodes';
import { deleteInstance, type OperationRequest } from './operation';
import type { Listener } from './progress';
import { deleteStackSet } from './stack-set';
import type { Survey } from './survey';
import type { Target } from './target';

/** What a deletion needs beside the node. */
export interface DeletionContext {
  readonly target: Target;
  readonly journal: Journal;
  /** The StackSets as they stood when the destruction began. */
  readonly states: Survey;
  readonly listener: Listener;
}

/** Deletes one deployment in one region, or watches to its end the deletion that a killed destruction left running there. */
export async function deleteNode({ target, journal, states, listener }: DeletionContext, node: RolloutNode): Promise<NodeResult> {
  const started = performance.now();
  const change = { action: 'delete', reasons: [] } as const;
  const stackId = states.get(node.stackSet)?.instances.get(node.region)?.StackId;
  const attached = await attach(target, journal, 'destroy', node, listener, stackId);
  if (attached) return finishNode({ node, change, started, operationId: attached.call.operationId, end: attached.end, stackId }, listener);
  const request = requestOn(journal, node);
  const call = await journal.call(journalCall(journal, node, states, 'DeleteStackInstances', request), () => deleteInstance(target, request));
  listener({ type: 'node-start', node: referenceTo(node), action: 'delete', total: resourceTotal(node), operationId: request.operationId });
  const end = await follow(target, node, request, listener, stackId);
  journal.outcome(call, end.status, end.reason);
  return finishNode({ node, change, started, operationId: request.operationId, end, stackId }, listener);
}

/** Deletes the StackSets of a part, which have no instances any more, in the reverse of their creation. */
export async function deleteStackSets({ target, journal, states }: Omit<DeletionContext, 'listener'>, part: RolloutPart): Promise<void> {
  const { build } = part;
  const region = build.homeRegion;
  for (const deployment of [...build.manifest.deployments].reverse()) {
    const stackSet = stackSetOf(part, deployment);
    if (!states.has(stackSet)) continue;
    const id = `${build.manifest.system}/${build.manifest.environment}/${deployment.name}@${region}`;
    const call = journalCall(journal, { id }, states, 'DeleteStackSet', requestOn(journal, { stackSet, region, build }));
    journal.outcome(await journal.call(call, () => deleteStackSet(target, region, stackSet)), 'SUCCEEDED');
  }
}

function requestOn(journal: Journal, { stackSet, region, build }: Pick<RolloutNode, 'stackSet' | 'region' | 'build'>): OperationRequest {
  return { stackSet, home: build.homeRegion, region, operationId: journal.operationId({ stackSet, region, action: 'delete' }) };
}

/** What the journal says of a deletion, with the version that goes. */
function journalCall(journal: Journal, { id }: Pick<RolloutNode, 'id'>, states: Survey, call: JournalCall['call'], request: OperationRequest): JournalCall {
  const state = states.get(request.stackSet);
  const previous = state && keepVersion(journal.folder, state);
  return { node: id, action: 'delete', call, ...request, ...(previous && { previous }) };
}
