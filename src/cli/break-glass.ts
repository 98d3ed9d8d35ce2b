import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { accountOption, jsonOption, path, progressOption, suffixOption, targetOption } from './options';
import type { BreakGlassCommandOptions } from './run/break-glass';

/** `meridian break-glass <system> <environment>` */
export function breakGlassCommand(run: Run): Command {
  const command = new Command('break-glass')
    .description('Rolls a system in one region past its StackSets, for when their home region is down')
    .argument('<system>', 'the system; what its account shares is left alone')
    .addArgument(neededEnvironment())
    .requiredOption('--region <region>', 'the region that is left; no call goes to any other')
    .addOption(targetOption())
    .addOption(accountOption())
    .option('--parameters <file>', 'values of the parameters, in the place of parameters/<system>/<environment>.yaml', path)
    .addOption(suffixOption())
    .option('-y, --yes', 'do not ask to type what is rolled where')
    .addOption(progressOption())
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<BreakGlassCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/break-glass') as typeof import('./run/break-glass')).runBreakGlass(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'the stacks of the system in that region of the account, after you typed system, environment and region: each is updated directly, or\n' +
      'made where none stands. The StackSets learn nothing of it; the next "meridian rollout" brings both together. What was built is not checked,\n' +
      'data is not protected by --allow-replace, gates are not waited for. Runbook: docs/runbooks/break-glass.md.',
    examples: [
      ['meridian break-glass kasha production --region us-east-1', 'a rehearsal, on the local AWS that runs'],
      ['meridian break-glass kasha production --region us-east-1 --target aws --account 123456789012', 'for real'],
    ],
  });
}
