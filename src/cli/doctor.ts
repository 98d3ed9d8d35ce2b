import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption } from './options';

/** `meridian doctor` */
export function doctorCommand(run: Run): Command {
  const command = new Command('doctor')
    .description('Shows what Meridian needs of this machine, what is there, and how to get what is not')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => run((context) => (require('./run/doctor') as typeof import('./run/doctor')).runDoctor(context, options)));
  return withHelp(command, { changes: 'nothing.', examples: [['meridian doctor', 'exit code 2 when something is missing']] });
}
