import type { Command } from 'commander';

/** What a command's help says after its options. */
export interface HelpText {
  /** What the command changes, as a sentence. */
  readonly changes: string;
  /** Command lines to copy, each with what it is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
}

/** Adds what a command changes and examples to its help. */
export function withHelp(command: Command, { changes, examples }: HelpText): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, purpose]) => `  ${line.padEnd(width)}   ${purpose}`);
  return command.addHelpText('after', `\nChanges: ${changes}\n\nExamples:\n${lines.join('\n')}`);
}

/** The exit codes, for the help of the program. */
export const exitCodes = `
Exit codes:
  0  done
  1  findings, or refused
  2  wrong usage or input, or the machine lacks something
  3  a tool or the rollout failed
  4  stopped, and the same command goes on`;
