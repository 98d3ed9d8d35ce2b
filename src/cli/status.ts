import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption } from './options';
import type { StatusCommandOptions } from './run/status';
import { ofWhatStands } from './what-stands';

/** `meridian status [system] [environment]` */
export function statusCommand(run: Run): Command {
  const command = ofWhatStands(new Command('status'))
    .description('Shows what stands in which region, and whether it is what was built')
    .addOption(jsonOption())
    .action((system: string | undefined, environment: string | undefined, options: Omit<StatusCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/status') as typeof import('./run/status')).runStatus(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'nothing.',
    examples: [
      ['meridian status', 'every system, on the local AWS that runs'],
      ['meridian status kasha production --target aws --account 123456789012', 'one environment in an account'],
    ],
  });
}
