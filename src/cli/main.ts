import { CommanderError } from 'commander';
import type { ExitCode } from '../errors';
import type { Context, Run } from './context';
import { fillInEnvironment } from './environment-argument';
import { failureOf } from './failure';
import { Interruption } from './interruption';
import { meridian } from './program';
import { printJson, processTerminal } from './terminal';
import type { Workspace } from './workspace';

/**
 * Runs the command line of this process and sets its exit code.
 * @param args what follows `meridian`
 */
export async function main(args: readonly string[], workspace: Workspace): Promise<void> {
  const terminal = processTerminal();
  const interruption = new Interruption((line) => terminal.tell(line));
  endWhenNobodyReads();
  const giveBack = interruption.listen();
  process.exitCode = await runCommand(args, { workspace, terminal, interruption });
  giveBack();
}

/** Parses and runs a command line. Prints errors instead of throwing them. */
export async function runCommand(args: readonly string[], context: Context): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  try {
    const run: Run = async (action) => {
      exitCode = await action(context);
    };
    const program = meridian(run, context.terminal).hook('preAction', (_program, command) => fillInEnvironment(command, context.workspace));
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const failure = failureOf(error);
    context.terminal.tell(failure.text);
    if (args.includes('--json')) printJson(context.terminal, { exitCode: failure.exitCode, error: failure.text });
    return failure.exitCode;
  }
}

/** `meridian status | head` closes our output while we write: that is no error. */
function endWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
