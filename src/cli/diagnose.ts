import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption } from './options';
import type { DiagnoseCommandOptions } from './run/diagnose';
import { ofWhatStands } from './what-stands';

/** `meridian diagnose [system] [environment]` */
export function diagnoseCommand(run: Run): Command {
  const command = ofWhatStands(new Command('diagnose'))
    .description('Says why the last rollout failed: the first resource that did, where its values came from, its source and what helps')
    .option('--stack <id>', 'the latest failure of one root stack, by its id, also when it has been deleted since or is none of ours')
    .option('--all', 'also the failures that only followed from the first one')
    .addOption(jsonOption())
    .action((system: string | undefined, environment: string | undefined, options: Omit<DiagnoseCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/diagnose') as typeof import('./run/diagnose')).runDiagnose(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'nothing. Ends with 1 when it found a failure.',
    examples: [
      ['meridian diagnose kasha production', 'on the local AWS that runs'],
      ['meridian diagnose kasha production --region us-east-1 --target aws --account 123456789012', 'in an account'],
      ['meridian diagnose --stack arn:aws:cloudformation:us-east-1:123456789012:stack/StackSet-…/… --all', 'one stack, with all that failed'],
    ],
  });
}
