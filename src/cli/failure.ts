import { MeridianError, type ExitCode } from '../errors';

/** What is said of an error, and the code that the process ends with. */
export interface Failure {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** An error of an AWS SDK client: a refusal, or no answer. */
interface ServiceError extends Error {
  readonly $metadata: object;
}

/** Characters of a line that are shown before what is left out, and after it: the end says what to do. */
const shownOfLine = { start: 700, end: 300 } as const;

/**
 * An error as it is shown: its message when it was meant for a person, its stack when it is a defect. What it quotes of the input can
 * neither flood the terminal nor steer it.
 */
export function failureOf(error: unknown): Failure {
  const { text, exitCode } = unguarded(error);
  return { text: text.split('\n').map(shortened).join('\n').replace(steering, escaped), exitCode };
}

function unguarded(error: unknown): Failure {
  if (error instanceof MeridianError) return { text: error.message, exitCode: error.exitCode };
  if (isServiceError(error)) {
    return { text: `AWS: ${error.name}: ${sentence(error.message)} Correct the cause and run the same command again.`, exitCode: 3 };
  }
  if (isFileError(error)) {
    const file = error.path === undefined ? 'File' : `File ${error.path}`;
    return { text: `${file}: ${error.message}. Correct that on this machine and run the same command again.`, exitCode: 2 };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `${stack}\nThis is a defect, of a template or of Meridian: the lines above name the place. Report it when it is none of yours.`, exitCode: 3 };
}

/** Control characters but the line feed, and those that turn the direction of text. */
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function shortened(line: string): string {
  const { start, end } = shownOfLine;
  return line.length <= start + end + 1 ? line : `${line.slice(0, start)}…${line.slice(-end)}`;
}

/** A file that may not be read or written, a full disk and the like: the machine's trouble, not a defect. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'errno' in error && 'syscall' in error && !('address' in error) && !('hostname' in error);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && '$metadata' in error;
}

function sentence(text: string): string {
  return text.trim().endsWith('.') ? text.trim() : `${text.trim() || 'it gives no reason'}.`;
}
