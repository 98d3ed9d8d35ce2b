import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption } from './options';
import type { DriftCommandOptions } from './run/drift';
import { ofWhatStands } from './what-stands';

/** `meridian drift [system] [environment]` */
export function driftCommand(run: Run): Command {
  const command = ofWhatStands(new Command('drift'))
    .description('Finds what was changed outside CloudFormation, nested stacks and both regions included, and can bring it back')
    .option('--all', 'also differences that a healthy system shows: values of automatic scaling, roles after a failover')
    .option('--revert', 'bring the drifted resources back to their templates, and change nothing else')
    .option('-y, --yes', 'with --revert: do not ask')
    .addOption(jsonOption())
    .action((system: string | undefined, environment: string | undefined, options: Omit<DriftCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/drift') as typeof import('./run/drift')).runDrift(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes:
      'nothing; with --revert the drifted resources, by a drift-aware change set of each root stack. Refused when that would undo a failover.\n' +
      'Ends with 1 when something drifted and was not brought back.',
    examples: [
      ['meridian drift kasha production', 'on the local AWS that runs'],
      ['meridian drift kasha production --region ap-southeast-1 --revert --target aws --account 123456789012', 'bring one region back'],
    ],
  });
}
