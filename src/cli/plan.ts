import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { accountOption, allowReplaceOption, jsonOption, suffixOption, targetOption } from './options';
import type { PlanCommandOptions } from './run/plan';

/** `meridian plan <system> <environment>` */
export function planCommand(run: Run): Command {
  const command = new Command('plan')
    .description('Builds a system and shows what a rollout would change in each region, down to the property')
    .argument('<system>', 'the system; what its account shares is planned with it')
    .addArgument(neededEnvironment())
    .addOption(targetOption())
    .addOption(accountOption())
    .option('--parameters <file>', 'values of the parameters, in the place of parameters/<system>/<environment>.yaml')
    .addOption(suffixOption())
    .option('--change-sets', 'ask CloudFormation too, by change sets of every stack that is updated and of those nested in it, which are deleted again')
    .option('--out <file>', 'write the plan there, for "meridian rollout --plan"')
    .addOption(allowReplaceOption())
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<PlanCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/plan') as typeof import('./run/plan')).runPlan(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'dist/ and the file of --out; nothing in the account, but with --change-sets the artifact buckets get the templates. Ends with 1 when something that stores data would be replaced or removed\n' +
      'and --allow-replace does not name it; the plan is written then too.',
    examples: [
      ['meridian plan kasha production', 'against the local AWS that runs'],
      ['meridian plan kasha production --change-sets', "with CloudFormation's own word on every nested stack"],
      ['meridian plan kasha production --target aws --account 123456789012 --out plan.json', 'to read, and then to roll'],
    ],
  });
}
