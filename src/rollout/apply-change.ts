import { MeridianError } from '../errors';
import { waveOf } from './accounts/accounts';
import { follow, joined, type OperationEnd } from './follow';
import type { Journal } from './journal/journal';
import type { JournalCall } from './journal/record';
import { hashesOf, keepVersion } from './journal/version';
import { resourceTotal } from './node-progress';
import { referenceTo, type RolloutNode } from './nodes';
import { createInstances, deleteInstances, refreshInstances, updateStackSet, type OperationRequest } from './operation';
import type { Listener, NodeAction } from './progress';
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
  /** What is to be done, by account. */
  readonly actions: ReadonlyMap<string, NodeAction>;
}

/** How a change went. */
export interface Applied {
  readonly end: OperationEnd;
  /** Of its last operation. */
  readonly operationId: string;
}

/**
 * Does what a change asks for, and watches it: one operation over all accounts, where all need the same. Where some have no instance yet,
 * the others are brought up to date before, because new instances get the template that the StackSet has.
 * @returns how it ended, or undefined when there was nothing to do
 * @throws StackSetBusy when somebody else's operation was faster; nothing more was changed then
 */
export async function applyChange(application: Application): Promise<Applied | undefined> {
  const { listener, node, actions } = application;
  const accountsTo = (action: NodeAction): string[] => [...actions].filter(([, each]) => each === action).map(([account]) => account);
  const [updated, stillborn, missing] = [accountsTo('update'), accountsTo('recreate'), accountsTo('create')];
  if (updated.length + stillborn.length + missing.length === 0) {
    listener({ type: 'node-start', node: referenceTo(node), action: 'none', total: resourceTotal(node) });
    return undefined;
  }
  const steps = new Steps(application);
  if (updated.length > 0) await steps.update(updated);
  if (steps.goesOn && stillborn.length > 0) await steps.remove(stillborn);
  const fresh = [...steps.without(stillborn), ...missing];
  if (steps.goesOn && fresh.length > 0) await steps.create(fresh, missing.length > 0 ? 'create' : 'recreate');
  return steps.result;
}

/** The operations that bring a node's accounts to its definition, one after another. */
class Steps {
  /** Whether the StackSet is what it should be. */
  private isDefined: boolean;
  private applied: Applied | undefined;

  constructor(private readonly application: Application) {
    const { target, definition, state } = application;
    this.isDefined = state !== undefined && definitionChanges(target, definition, state).length === 0;
  }

  get result(): Applied | undefined {
    return this.applied;
  }

  get goesOn(): boolean {
    return this.applied === undefined || this.applied.end.status === 'SUCCEEDED';
  }

  /** Some accounts without those that have failed. */
  without(accounts: readonly string[]): string[] {
    const failed = new Set(this.failed);
    return accounts.filter((account) => !failed.has(account));
  }

  /** Updates instances, and the StackSet with them when it is not what it should be. */
  async update(accounts: readonly string[]): Promise<void> {
    const { target, definition } = this.application;
    if (this.isDefined) await this.run('update', 'UpdateStackInstances', accounts, (request) => refreshInstances(target, request));
    else await this.run('update', 'UpdateStackSet', accounts, (request) => updateStackSet(target, request, definition));
    this.isDefined = true;
  }

  /**
   * Deletes instances whose stack never stood. A StackSet takes its new definition even when the operation fails, as it must on a stack
   * that can't be updated.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html
   */
  async remove(accounts: readonly string[]): Promise<void> {
    const { target } = this.application;
    const before = this.applied;
    if (!this.isDefined) await this.update(accounts);
    this.applied = before;
    await this.run('delete', 'DeleteStackInstances', accounts, (request) => deleteInstances(target, request));
  }

  /** Adds instances. */
  async create(accounts: readonly string[], action: JournalCall['action']): Promise<void> {
    const { target } = this.application;
    const request = this.request(accounts, action);
    if (!this.isDefined) await this.define(request);
    await this.follow(request, action, 'CreateStackInstances', () => createInstances(target, request));
  }

  /** A StackSet without instances is made anew; where others stand, they were updated before. */
  private async define(request: OperationRequest): Promise<void> {
    const { target, node, definition, state, journal } = this.application;
    const home = node.build.homeRegion;
    if (state && state.instances.size > 0) {
      throw new MeridianError(`StackSet ${node.stackSet} not updated: all its instances are in accounts where an earlier deployment failed. Correct the cause there and run the same command again.`, 3);
    }
    const redefine = async (name: JournalCall['call'], make: () => Promise<void>): Promise<void> =>
      journal.outcome(await journal.call(this.journalCall(request, 'create', name), make), 'SUCCEEDED');
    if (state) await redefine('DeleteStackSet', () => deleteStackSet(target, home, node.stackSet));
    await redefine('CreateStackSet', () => createStackSet(target, home, definition, request.operationId));
    this.isDefined = true;
  }

  private async run(action: JournalCall['action'], name: JournalCall['call'], accounts: readonly string[], start: (request: OperationRequest) => Promise<void>): Promise<void> {
    const request = this.request(accounts, action);
    await this.follow(request, action, name, () => start(request));
  }

  private async follow(request: OperationRequest, action: JournalCall['action'], name: JournalCall['call'], start: () => Promise<void>): Promise<void> {
    const { target, node, listener, journal } = this.application;
    const { operationId, accounts } = request;
    const call = await journal.call(this.journalCall(request, action, name), start);
    listener({ type: 'node-start', node: referenceTo(node), action, total: resourceTotal(node) * accounts.length, operationId, ...(accounts.length > 1 && { accounts }) });
    const end = await follow(target, node, request, listener);
    journal.outcome(call, end.status, end.reason);
    this.applied = { end: joined(this.applied?.end, end), operationId };
  }

  /** Each operation has an id of its own; of the accounts that may fail, those that have failed already are used up. */
  private request(accounts: readonly string[], action: JournalCall['action']): OperationRequest {
    const { node, journal, definition } = this.application;
    const { concurrency, tolerance } = waveOf(node);
    const wave = { concurrency, tolerance: Math.max(0, tolerance - this.failed.length) };
    const place = { stackSet: node.stackSet, home: node.build.homeRegion, region: node.region, accounts };
    return { ...place, wave, operationId: journal.operationId({ ...place, action, ...hashesOf(definition) }) };
  }

  private get failed(): string[] {
    return (this.applied?.end.accounts ?? []).filter(({ status }) => status === 'FAILED').map(({ account }) => account);
  }

  /** What the journal says of a call, with the version that it replaces. */
  private journalCall({ stackSet, home, region, accounts, operationId }: OperationRequest, action: JournalCall['action'], call: JournalCall['call']): JournalCall {
    const { node, state, definition, journal } = this.application;
    const previous = state && keepVersion(journal.folder, state, definition);
    return { node: node.id, action, call, stackSet, home, region, accounts: [...accounts], operationId, ...hashesOf(definition), ...(previous && { previous }) };
  }
}
