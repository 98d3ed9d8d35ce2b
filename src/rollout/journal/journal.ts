import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ExitCode } from '../../errors';
import type { NodeAction } from '../progress';
import { JournalFile } from './journal-file';
import type { CallRecord, JournalCall, OutcomeRecord, RollbackGoal, StartRecord } from './record';
import { runsIn, type JournalRun } from './run';

/** A call whose outcome no line tells: the process that made it was killed, or lost sight of it. */
export interface OpenCall extends CallRecord {
  /** The command that made it, and what that rolled. */
  readonly by: Pick<StartRecord, 'command' | 'build'>;
}

/** How far the last command got: `undefined` for an exit code means that it was killed. */
export interface LastRun {
  readonly command: StartRecord['command'];
  /** Where a rollback goes. */
  readonly goal?: RollbackGoal;
  readonly exitCode?: number;
}

/** What AWS says of an open call: its operation still runs, or AWS has never heard of it. */
export type OpenState = 'running' | 'unknown';

/** A call as the next attempt at it would be. */
export type Attempt = Pick<JournalCall, 'stackSet' | 'region' | 'newTemplateHash' | 'parametersHash'> & { readonly action: NodeAction; readonly accounts?: readonly string[] };

/**
 * What a rollout or destruction is about to do and how that ended, on disk before each call that changes something, so that a killed
 * command goes on and repeats nothing. A stack's own state says what stands; the journal says which operation was ours.
 */
export class Journal {
  /** Folder of the journal and of the templates that it names. */
  readonly folder: string;
  private readonly file: JournalFile;
  /** Open calls by their sequence. */
  private readonly openCalls = new Map<number, OpenCall>();
  private readonly states = new Map<number, OpenState>();
  private lastRun: LastRun | undefined;
  private by: OpenCall['by'] = { command: 'rollout', build: '' };
  /** Nodes that rollouts changed since the last one that reached its end, and those of them that were not watched for alarms since. */
  private readonly changed = new Set<string>();
  private readonly unbaked = new Set<string>();

  /**
   * Reads a journal; its folder needs not exist yet.
   * @throws MeridianError (exit 2) when it is damaged
   */
  constructor(folder: string) {
    this.folder = folder;
    this.file = new JournalFile(join(folder, 'journal.jsonl'));
    for (const record of this.file.records) {
      if (record.event === 'start') this.begin(record);
      if (record.event === 'call') this.remember({ ...record, by: this.by });
      if (record.event === 'outcome') this.openCalls.delete(record.of);
      if (record.event === 'baked') this.unbaked.delete(record.node);
      if (record.event === 'end') this.finish(record.exitCode);
    }
  }

  /** Calls without an outcome since the last command that reached its end. */
  get open(): readonly OpenCall[] {
    return [...this.openCalls.values()];
  }

  get last(): LastRun | undefined {
    return this.lastRun;
  }

  /** The command that was started last. */
  get command(): StartRecord['command'] {
    return this.by.command;
  }

  /** Every command that was started, oldest first, with its calls. */
  get runs(): JournalRun[] {
    return runsIn(this.file.records);
  }

  /** Whether a rollout changed a node, be it this one or one before it that was cut off or stopped. */
  hasChanged(node: string): boolean {
    return this.changed.has(node);
  }

  /** Whether a rollout changed a node and has not watched for alarms since, be it this rollout or one before it that was cut off. */
  needsBake(node: string): boolean {
    return this.unbaked.has(node);
  }

  /** Remembers what AWS says of an open call. */
  mark(call: OpenCall, state: OpenState): void {
    this.states.set(call.sequence, state);
  }

  /** Open calls of a command whose operations still run. */
  running(command: StartRecord['command']): OpenCall[] {
    return this.open.filter(({ sequence, by }) => by.command === command && this.states.get(sequence) === 'running');
  }

  /** The id for an attempt: that of the same call when AWS has never heard of it, for it may still arrive; else a new one. */
  operationId(attempt: Attempt): string {
    const unheard = this.open.find((call) => this.states.get(call.sequence) === 'unknown' && attemptKeys.every((key) => call[key] === attempt[key]) && isOfAccounts(call, attempt));
    return unheard?.operationId ?? randomUUID();
  }

  /** A command begins. A rollback says where it goes. */
  start(command: StartRecord['command'], build: string, goal?: RollbackGoal): void {
    const record = { command, build, ...(goal && { goal }) };
    this.file.append({ event: 'start', ...record });
    this.begin(record);
  }

  /**
   * Makes a call, once the disk knows of it.
   * @returns the call's sequence, for its outcome
   * @throws what the call throws; it stays open unless AWS answered that it did not take it
   */
  async call(call: JournalCall, make: () => Promise<void>): Promise<number> {
    const record = this.file.append({ event: 'call', ...call });
    this.remember({ ...record, by: this.by });
    try {
      await make();
    } catch (error) {
      if (isRefusal(error)) this.outcome(record.sequence, 'REFUSED', error.message);
      throw error;
    }
    return record.sequence;
  }

  /** How a call's work ended. */
  outcome(of: number, status: OutcomeRecord['status'], reason?: string): void {
    this.file.append({ event: 'outcome', of, status, ...(reason && { reason }) });
    this.openCalls.delete(of);
  }

  /** A node's change was watched for as long as was asked, without an alarm. */
  baked(node: string): void {
    this.file.append({ event: 'baked', node });
    this.unbaked.delete(node);
  }

  /** The command ends by itself. */
  end(exitCode: ExitCode): void {
    this.file.append({ event: 'end', exitCode });
    this.finish(exitCode);
  }

  private begin({ command, build, goal }: Pick<StartRecord, 'command' | 'build' | 'goal'>): void {
    this.lastRun = { command, ...(goal && { goal }) };
    this.by = { command, build };
    if (command !== 'rollout') this.forgetChanges();
  }

  private remember(call: OpenCall): void {
    for (const earlier of this.open) if (earlier.operationId === call.operationId && earlier.call === call.call) this.openCalls.delete(earlier.sequence);
    this.openCalls.set(call.sequence, call);
    if (call.by.command !== 'rollout') return;
    this.changed.add(call.node);
    this.unbaked.add(call.node);
  }

  private finish(exitCode: number): void {
    if (this.lastRun) this.lastRun = { ...this.lastRun, exitCode };
    if (exitCode !== 0) return;
    this.openCalls.clear();
    this.forgetChanges();
  }

  private forgetChanges(): void {
    this.changed.clear();
    this.unbaked.clear();
  }
}

const attemptKeys = ['stackSet', 'region', 'action', 'newTemplateHash', 'parametersHash'] as const;

function isOfAccounts({ accounts }: OpenCall, attempt: Attempt): boolean {
  return accounts === undefined || accounts.join() === attempt.accounts?.join();
}

/** Whether an error says that AWS did not take a call: an answer of the 400s, under which also `StackSetBusy` hides one. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const answer = error.cause instanceof Error ? error.cause : error;
  const { httpStatusCode = 0 } = ('$metadata' in answer ? answer.$metadata : {}) as { httpStatusCode?: number };
  return httpStatusCode >= 400 && httpStatusCode < 500;
}
