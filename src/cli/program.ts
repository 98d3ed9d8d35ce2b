import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { checkout } from '../toolchain/checkout';
import { bootstrapCommand } from './bootstrap';
import { breakGlassCommand } from './break-glass';
import { buildCommand } from './build';
import { checkCommand } from './check';
import type { Run } from './context';
import { continueRollbackCommand } from './continue-rollback';
import { controlsCommand } from './controls';
import { costCommand } from './cost';
import { destroyCommand } from './destroy';
import { diagnoseCommand } from './diagnose';
import { doctorCommand } from './doctor';
import { driftCommand } from './drift';
import { exitCodes } from './help';
import { kubeconfigCommand } from './kubeconfig';
import { localCommand } from './local';
import { manifestsCommand } from './manifests';
import { planCommand } from './plan';
import { reachCommand } from './reach';
import { rollbackCommand } from './rollback';
import { rolloutCommand } from './rollout';
import { startCommand } from './start';
import { statusCommand } from './status';
import { processTerminal, type Terminal } from './terminal';
import { usageError } from './usage-error';

const commands = [startCommand, buildCommand, checkCommand, controlsCommand, reachCommand, costCommand, planCommand, rolloutCommand, rollbackCommand, statusCommand, diagnoseCommand, continueRollbackCommand, driftCommand, kubeconfigCommand, manifestsCommand, destroyCommand, bootstrapCommand, breakGlassCommand, localCommand, doctorCommand] as const;

/**
 * The `meridian` command with its sub-commands.
 * @param run      what an action is handed to; the action loads what it needs only then, so that help comes at once
 * @param terminal where help goes. @default the terminal of this process
 */
export function meridian(run: Run, terminal: Pick<Terminal, 'print' | 'tell'> = processTerminal()): Command {
  const program = new Command('meridian')
    .description('Builds, checks and rolls production AWS systems across two regions; first on a local AWS that needs no account.')
    .version(versionOf(checkout), '-V, --version', 'print the version')
    .addHelpText('after', exitCodes);
  for (const command of commands) program.addCommand(command(run));
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) reportUsage(command, terminal);
  return program;
}

/** Commander throws instead of ending the process, and says nothing itself but help. */
function reportUsage(command: Command, terminal: Pick<Terminal, 'print' | 'tell'>): void {
  const output = { writeOut: (text: string) => terminal.print(text), writeErr: (text: string) => terminal.tell(text.trimEnd()), outputError: () => undefined };
  command.helpOption('-h, --help', 'print this help').configureOutput(output);
  command.exitOverride((error) => {
    throw usageError(command, error) ?? error;
  });
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}
