import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { accountOption, allowReplaceOption, jsonOption, progressOption, suffixOption, targetOption, waitOption, wholeNumber } from './options';
import type { RollbackCommandOptions } from './run/rollback';

/** `meridian rollback <system> <environment>` */
export function rollbackCommand(run: Run): Command {
  const command = new Command('rollback')
    .description('Brings a system back to the version before its last rollout, in the reverse of the order in which it was rolled')
    .argument('<system>', 'the system; what its account shares is left alone')
    .addArgument(neededEnvironment())
    .option('--to <count>', 'how many rollouts that changed something to go back; by default one, or on with a rollback that did not reach its end', wholeNumber('a count', 1, 999))
    .addOption(targetOption())
    .addOption(accountOption())
    .addOption(suffixOption())
    .addOption(waitOption())
    .addOption(allowReplaceOption())
    .option('-y, --yes', 'with --target aws: do not ask')
    .addOption(progressOption())
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<RollbackCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/rollback') as typeof import('./run/rollback')).runRollback(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'the stacks of the system, after it showed what that changes: each StackSet gets the template and parameters again that the journal of\n' +
      'this machine kept before the rollout. What that rollout created stays, and so does what all systems of the account share. What would\n' +
      'replace or remove a database, table, bucket, queue or anything else that stores data is refused unless --allow-replace names it.\n' +
      'Ctrl-C stops after the operations that are under way; the same command goes on.',
    examples: [
      ['meridian rollback kasha production', 'on the local AWS that runs'],
      ['meridian rollback kasha production --target aws --account 123456789012', 'in an account'],
      ['meridian rollback kasha production --to 2', 'to the version before the last but one rollout'],
    ],
  });
}
