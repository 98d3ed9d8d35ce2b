import { MeridianError } from '../../errors';
import { follow, type OperationEnd, type StackIds } from '../follow';
import { resourceTotal } from '../node-progress';
import { referenceTo, type RolloutNode } from '../nodes';
import { findOperation } from '../operation';
import type { Listener } from '../progress';
import { readStackSet } from '../stack-set';
import type { Target } from '../target';
import type { Journal, OpenCall } from './journal';
import type { OutcomeRecord, StartRecord } from './record';

/** An open call's operation that this process watched to its end. */
export interface Attached {
  readonly call: OpenCall;
  readonly end: OperationEnd;
}

type Fate = 'running' | 'unknown' | { readonly status: OutcomeRecord['status']; readonly reason?: string };

const ends = ['SUCCEEDED', 'FAILED', 'STOPPED'] as const;

/**
 * Asks AWS what became of each call that a killed command left open, and tells the listener. What has ended gets its outcome in the
 * journal; it is not repeated when it succeeded, and attempted anew, with a new operation id, when it did not.
 */
export async function recover(target: Target, journal: Journal, listener: Listener): Promise<void> {
  for (const call of journal.open) {
    const fate = await fateOf(target, call);
    if (typeof fate === 'string') journal.mark(call, fate);
    else journal.outcome(call.sequence, fate.status, fate.reason);
    listener({ type: 'note', message: `An earlier ${call.by.command} was cut off in ${describeCall(call)}. ${inWords(fate)}` });
  }
}

async function fateOf(target: Target, call: OpenCall): Promise<Fate> {
  if (call.call === 'CreateStackSet' || call.call === 'DeleteStackSet') {
    const stands = (await readStackSet(target, call.home, call.stackSet)) !== undefined;
    return stands === (call.call === 'CreateStackSet') ? { status: 'SUCCEEDED' } : 'unknown';
  }
  const operation = await findOperation(target, call);
  if (!operation) return 'unknown';
  const status = ends.find((each) => each === operation.Status);
  return status ? { status, ...(operation.StatusReason && { reason: operation.StatusReason }) } : 'running';
}

function inWords(fate: Fate): string {
  if (fate === 'running') return 'It still runs and is followed.';
  if (fate === 'unknown') return 'AWS does not know it: the call never arrived.';
  return fate.status === 'SUCCEEDED' ? 'It has succeeded since.' : `It has ended as ${fate.status} since${fate.reason ? ` (${fate.reason})` : ''}; what it left undone is tried again.`;
}

/**
 * Refuses what a person must decide.
 * @param what   for the error, for example `shop test`
 * @param build  what is to be rolled now
 * @param resume whether the person asked to go on with an earlier rollout
 * @throws MeridianError (exit 1) when there is nothing to resume; or, without `resume`, when an operation of a killed rollout still
 *         runs that rolls something else than what is to be rolled now
 */
export function requireDecision(journal: Journal, what: string, build: string, resume: boolean): void {
  const { last } = journal;
  if (resume && (last?.command !== 'rollout' || last.exitCode === 0)) {
    throw new MeridianError(`Rollout of ${what} not resumed: no earlier one was cut off or stopped here. Leave --resume out to roll what is built.`, 1);
  }
  const other = journal.running('rollout').find((call) => call.by.build !== build);
  if (other && !resume) {
    throw new MeridianError(
      `Rollout of ${what} refused: an earlier one was cut off in ${describeCall(other)}, which still runs and rolls other templates or parameters than those of now. ` +
        'Give --resume to let it end and then roll those of now, or roll with the earlier ones.',
      1,
    );
  }
}

/**
 * Watches our own operation on a node to its end, when a killed command left one running there.
 * @param stackIds the node's stacks by account when they are known, as they are before a deletion takes the instances away
 */
export async function attach(target: Target, journal: Journal, command: StartRecord['command'], node: RolloutNode, listener: Listener, stackIds?: StackIds): Promise<Attached | undefined> {
  const call = journal.running(command).find(({ stackSet, region }) => stackSet === node.stackSet && region === node.region);
  if (!call) return undefined;
  const { operationId, action, accounts = [target.account] } = call;
  listener({ type: 'node-start', node: referenceTo(node), action, total: resourceTotal(node) * accounts.length, operationId, ...(accounts.length > 1 && { accounts }) });
  const end = await follow(target, node, { ...call, accounts }, listener, stackIds);
  journal.outcome(call.sequence, end.status, end.reason);
  return { call, end };
}

/** The ids of a command's operations that still run. */
export function ownOperations(journal: Journal, command: StartRecord['command']): Set<string> {
  return new Set(journal.running(command).map(({ operationId }) => operationId));
}

function describeCall({ call, node, operationId }: OpenCall): string {
  return `${call} of ${node}, operation ${operationId}`;
}
