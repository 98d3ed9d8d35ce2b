import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption, progressOption } from './options';
import type { StartCommandOptions } from './run/start';

/** `meridian start`, which is what `npm start` runs after set-up. */
export function startCommand(run: Run): Command {
  const command = new Command('start')
    .description('Shows the whole way: builds, checks and rolls the production of every system on a local AWS')
    .option('--keep', 'leave the local AWS running afterwards, to look around')
    .addOption(progressOption())
    .addOption(jsonOption())
    .action((options: StartCommandOptions) => run((context) => (require('./run/start') as typeof import('./run/start')).runStart(context, options)));
  return withHelp(command, {
    changes: 'dist/ and the local AWS, which ends with the command unless it ran before. It never talks to a real account.',
    examples: [
      ['npm start', 'on a fresh clone: sets itself up first'],
      ['npm start -- --keep', 'then "npx meridian status" shows what stands'],
    ],
  });
}
