import type { CallRecord, JournalRecord, OutcomeRecord, StartRecord } from './record';

/** One run of a command, as the journal has it. */
export interface JournalRun extends Pick<StartRecord, 'command' | 'build' | 'goal'> {
  /** Calls that AWS took, or may have taken, in their order. */
  readonly calls: readonly CallRecord[];
  /** Undefined when it was killed, or still runs. */
  readonly exitCode?: number;
}

/** The runs of a journal, oldest first. */
export function runsIn(records: readonly JournalRecord[]): JournalRun[] {
  const outcomes = new Map<number, OutcomeRecord['status']>(records.flatMap((record) => (record.event === 'outcome' ? [[record.of, record.status]] : [])));
  const runs: (Omit<JournalRun, 'exitCode'> & { readonly calls: CallRecord[]; exitCode?: number })[] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (record.event === 'start') runs.push({ command: record.command, build: record.build, ...(record.goal && { goal: record.goal }), calls: [] });
    if (record.event === 'call' && outcomes.get(record.sequence) !== 'REFUSED') run?.calls.push(record);
    if (record.event === 'end' && run) run.exitCode = record.exitCode;
  }
  return runs;
}
