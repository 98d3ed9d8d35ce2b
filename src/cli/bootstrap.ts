import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { accountOption, githubRepository, jsonOption, path, regionList, targetOption } from './options';
import type { BootstrapCommandOptions } from './run/bootstrap';

/** `meridian bootstrap` */
export function bootstrapCommand(run: Run): Command {
  const command = new Command('bootstrap')
    .description('Prepares an account for rollouts: roles of StackSets, and a bucket for templates in each region')
    .addOption(targetOption())
    .addOption(accountOption())
    .option('--administrator <arn>', 'the account is rolled into from another one: role or user that rollouts run as there')
    .option('--github <owner/name>', 'also make the roles that workflows of this repository on GitHub plan and roll with', githubRepository)
    .option('--regions <list>', 'regions that get a bucket, separated by commas (default: those of all systems)', regionList)
    .option('--out <folder>', 'with --administrator: only write the templates there, for a StackSet of your organization to bring to its accounts', path)
    .option('-y, --yes', 'do not ask to type the account')
    .addOption(jsonOption())
    .action((options: BootstrapCommandOptions) => run((context) => (require('./run/bootstrap') as typeof import('./run/bootstrap')).runBootstrap(context, options)));
  return withHelp(command, {
    changes:
      'plain stacks meridian-bootstrap-… in the account, after you typed its id; nothing that is as it should be. A rollout does the same by itself\n' +
      'for the account that has the StackSets, so that only other accounts need this. With --out the folder, and no account.',
    examples: [
      ['meridian bootstrap --target aws --account 123456789012', 'the account that has the StackSets'],
      ['meridian bootstrap --target aws --account 123456789012 --github acme/platform', 'and roles for the workflows of a repository'],
      ['meridian bootstrap --target aws --account 210987654321 --administrator arn:aws:iam::123456789012:role/platform', 'an account that it rolls into'],
      ['meridian bootstrap --administrator arn:aws:iam::123456789012:role/platform --out member', 'templates for many accounts'],
    ],
  });
}
