import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { MeridianError } from '../../errors';
import { recordSchema, type JournalRecord, type NewRecord } from './record';

const newline = 0x0a;

/** The lines of a journal on disk. Lines are only ever added, and each is on the disk before `append` returns. */
export class JournalFile {
  readonly records: JournalRecord[];
  /** Bytes of whole lines; what follows is half a line of a process that died while writing it. */
  private readonly wholeBytes: number;
  private isWhole = false;

  /**
   * Reads a journal; a file that isn't there is an empty one. Changes nothing.
   * @throws MeridianError (exit 2) when a whole line is not a record
   */
  constructor(readonly file: string) {
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    this.wholeBytes = bytes.lastIndexOf(newline) + 1;
    this.records = bytes
      .subarray(0, this.wholeBytes)
      .toString('utf8')
      .split('\n')
      .slice(0, -1)
      .map((line, index) => this.parse(line, index + 1));
  }

  private parse(line: string, number: number): JournalRecord {
    const record = recordSchema.safeParse(parseJson(line));
    if (!record.success) throw this.damage(`line ${number} is not a record of a rollout`);
    if (record.data.sequence !== number) throw this.damage(`line ${number} has the sequence ${record.data.sequence}`);
    return record.data;
  }

  private damage(why: string): MeridianError {
    return new MeridianError(
      `Journal ${this.file} damaged: ${why}. Wait until "meridian status" shows no operation that runs, move the file away and run the same command again: it goes by what stands then.`,
      2,
    );
  }

  /**
   * Adds a line, in the place of half a one that a process left when it died, and waits until the disk has it.
   * @see https://man7.org/linux/man-pages/man2/fsync.2.html
   */
  append<R extends NewRecord>(record: R): R & { readonly sequence: number } {
    const numbered = { sequence: this.records.length + 1, ...record };
    const isNew = !existsSync(this.file);
    if (isNew) mkdirSync(dirname(this.file), { recursive: true });
    else if (!this.isWhole) truncateSync(this.file, this.wholeBytes);
    this.isWhole = true;
    const file = openSync(this.file, 'a');
    try {
      writeSync(file, `${JSON.stringify(numbered)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (isNew) syncFolder(dirname(this.file));
    this.records.push(numbered as unknown as JournalRecord);
    return numbered;
  }
}

/** A new file's name is on the disk once its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
