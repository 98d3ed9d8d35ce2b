import { waveOf } from './accounts/accounts';
import { follow } from './follow';
import type { Journal } from './journal/journal';
import type { JournalCall } from './journal/record';
import { attach } from './journal/recovery';
import { keepVersion } from './journal/version';
import { resourceTotal } from './node-progress';
import { finishNode, type NodeResult } from './node-result';
import { referenceTo, stackSetOf, type RolloutNode, type RolloutPart } from './nodes';
import { deleteInstances, type OperationRequest } from './operation';
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

/** Deletes one deployment in one region, in all accounts where it stands, or watches to its end the deletion that a killed destruction left running there. */
export async function deleteNode({ target, journal, states, listener }: DeletionContext, node: RolloutNode): Promise<NodeResult> {
  const started = performance.now();
  const instances = states.get(node.stackSet)?.instances.in(node.region) ?? [];
  const accounts = instances.map(({ Account = '' }) => Account);
  const changes = new Map(accounts.map((account) => [account, { action: 'delete', reasons: [] } as const]));
  const stackIds = new Map(instances.flatMap(({ Account = '', StackId }): [string, string][] => (StackId ? [[Account, StackId]] : [])));
  const attached = await attach(target, journal, 'destroy', node, listener, stackIds);
  if (attached) return finishNode({ node, changes, started, operationId: attached.call.operationId, end: attached.end, stackIds }, listener);
  const request = { ...requestOn(journal, node, accounts), wave: { concurrency: waveOf(node).concurrency, tolerance: 0 } };
  const call = await journal.call(journalCall(journal, node, states, 'DeleteStackInstances', request), () => deleteInstances(target, request));
  listener({ type: 'node-start', node: referenceTo(node), action: 'delete', total: resourceTotal(node) * accounts.length, operationId: request.operationId, ...(accounts.length > 1 && { accounts }) });
  const end = await follow(target, node, request, listener, stackIds);
  journal.outcome(call, end.status, end.reason);
  return finishNode({ node, changes, started, operationId: request.operationId, end, stackIds }, listener);
}

/** Deletes the StackSets of a part, which have no instances any more, in the reverse of their creation. */
export async function deleteStackSets({ target, journal, states }: Omit<DeletionContext, 'listener'>, part: RolloutPart): Promise<void> {
  const { build } = part;
  const region = build.homeRegion;
  for (const deployment of [...build.manifest.deployments].reverse()) {
    const stackSet = stackSetOf(part, deployment);
    if (!states.has(stackSet)) continue;
    const id = `${build.manifest.system}/${build.manifest.environment}/${deployment.name}@${region}`;
    const call = journalCall(journal, { id }, states, 'DeleteStackSet', requestOn(journal, { stackSet, region, build }, []));
    journal.outcome(await journal.call(call, () => deleteStackSet(target, region, stackSet)), 'SUCCEEDED');
  }
}

function requestOn(journal: Journal, { stackSet, region, build }: Pick<RolloutNode, 'stackSet' | 'region' | 'build'>, accounts: readonly string[]): OperationRequest {
  return { stackSet, home: build.homeRegion, region, accounts, operationId: journal.operationId({ stackSet, region, accounts, action: 'delete' }) };
}

/** What the journal says of a deletion, with the version that goes. */
function journalCall(journal: Journal, { id }: Pick<RolloutNode, 'id'>, states: Survey, call: JournalCall['call'], { stackSet, home, region, accounts, operationId }: OperationRequest): JournalCall {
  const state = states.get(stackSet);
  const previous = state && keepVersion(journal.folder, state);
  return { node: id, action: 'delete', call, stackSet, home, region, accounts: [...accounts], operationId, ...(previous && { previous }) };
}
