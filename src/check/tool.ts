import { spawn } from 'node:child_process';
import { MeridianError } from '../errors';
import type { Tool } from '../toolchain';

/** What a tool said when it ended on one of its own accord. */
export interface ToolOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a tool. */
export interface RunToolOptions {
  /** Working directory; relative paths of the arguments start there. */
  readonly cwd: string;
  /** The exit codes that are an answer ("clean", "violations"). Every other code, and a signal, is a failure of the tool. */
  readonly answers: (code: number) => boolean;
  /** What it reads from standard input. @default nothing */
  readonly input?: string;
  /** Ends the process when another one of the same batch failed. */
  readonly signal?: AbortSignal;
}

const tailLines = 12;

/** The last lines a tool printed, stderr before stdout, for an error message. */
function tailOf({ stdout, stderr }: { stdout: string; stderr: string }): string {
  const lines = (stderr.trim() === '' ? stdout : stderr).trimEnd().split('\n');
  return lines
    .slice(-tailLines)
    .map((line) => `  ${line.slice(0, 300)}`)
    .join('\n');
}

/**
 * The error for a tool that gave no answer: its templates count as unchecked, never as clean.
 * @param why how it ended, for example `it exited with code 1`
 */
export function toolFailed(tool: Tool, why: string, output: { stdout: string; stderr: string }, cause?: unknown): MeridianError {
  const tail = tailOf(output);
  return new MeridianError(
    `${tool.name} ${tool.version} failed: ${why}. Nothing counts as checked; its last lines follow.\n${tail.trim() === '' ? '  (it printed nothing)' : tail}`,
    3,
    { cause },
  );
}

/**
 * Runs a tool to its end, without a shell.
 * @throws MeridianError with exit code 3 when it can't be started, is killed, or exits with a code that is no answer
 */
export function runTool(tool: Tool, args: readonly string[], { cwd, answers, input, signal }: RunToolOptions): Promise<ToolOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool.command, args, { cwd, signal });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    // One that dies before it has read everything says why when it ends.
    child.stdin.on('error', () => undefined).end(input);
    const text = (): { stdout: string; stderr: string } => ({
      stdout: Buffer.concat(chunks.stdout).toString('utf8'),
      stderr: Buffer.concat(chunks.stderr).toString('utf8'),
    });
    child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    child.on('error', (cause) => reject(toolFailed(tool, `${tool.command} did not run: ${cause.message}`, text(), cause)));
    child.on('close', (code, killedBy) => {
      const output = text();
      if (code === null) reject(toolFailed(tool, `it was ended by ${killedBy ?? 'a signal'}`, output));
      else if (!answers(code)) reject(toolFailed(tool, `it exited with code ${code}`, output));
      else resolve({ code, ...output });
    });
  });
}

/** The line a person would type to run the same thing: arguments quoted only where a shell needs it. */
export function commandLine(command: string, args: readonly string[]): string {
  const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
  return [command, ...args].map(quote).join(' ');
}
