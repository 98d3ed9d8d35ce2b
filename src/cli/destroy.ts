import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { accountOption, jsonOption, progressOption, suffixOption, targetOption, waitOption } from './options';
import type { DestroyCommandOptions } from './run/destroy';

/** `meridian destroy <system> <environment>` */
export function destroyCommand(run: Run): Command {
  const command = new Command('destroy')
    .description('Deletes a system from all its regions, last deployment first, and lists what a policy keeps')
    .argument('<system>', 'the system')
    .addArgument(neededEnvironment())
    .addOption(targetOption())
    .addOption(accountOption())
    .addOption(suffixOption())
    .addOption(waitOption())
    .option('--unprotected', 'go on although templates protect data: you took the protection off in AWS')
    .option('-y, --yes', 'do not ask to type the name')
    .addOption(progressOption())
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<DestroyCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/destroy') as typeof import('./run/destroy')).runDestroy(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'deletes the stacks and StackSets of the environment, after you typed its name. What all systems of the account share stays,\n' +
      'and so does what a DeletionPolicy keeps. Ctrl-C stops after the current operation; the same command goes on.',
    examples: [
      ['meridian destroy kasha develop', 'on the local AWS that runs'],
      ['meridian destroy kasha develop --target aws --account 123456789012', 'in an account'],
    ],
  });
}
