import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { accountOption, jsonOption, suffixOption, targetOption } from './options';
import type { ContinueRollbackOptions } from './run/continue-rollback';

/** `meridian continue-rollback <system> <environment>` */
export function continueRollbackCommand(run: Run): Command {
  const command = new Command('continue-rollback')
    .description('Gets stacks out of UPDATE_ROLLBACK_FAILED: names what could not go back, and lets CloudFormation go on')
    .argument('<system>', 'the system')
    .addArgument(neededEnvironment())
    .addOption(targetOption())
    .addOption(accountOption())
    .addOption(suffixOption())
    .option('--skip <resource>', 'leave this resource as it is: its logical id, or Store/Orders; can be repeated', (name: string, earlier: readonly string[]) => [...earlier, name], [])
    .option('--dry-run', 'only name what could not go back')
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<ContinueRollbackOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/continue-rollback') as typeof import('./run/continue-rollback')).runContinueRollback(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'the stuck stacks, back to what they were before the update that failed; nothing when there is none, or with --dry-run. A resource that\n' +
      'is skipped is no longer what its template says. Ends with 3 when something still can not go back.',
    examples: [
      ['meridian continue-rollback kasha production --dry-run', 'what is stuck, and why'],
      ['meridian continue-rollback kasha production', 'once the cause is corrected'],
      ['meridian continue-rollback kasha production --skip Data/Primary', 'when it can not be'],
    ],
  });
}
