import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption, wholeNumber } from './options';

const load = (): typeof import('./run/local') => require('./run/local') as typeof import('./run/local');

/** `meridian local start|stop|status` */
export function localCommand(run: Run): Command {
  return new Command('local').description('Starts, stops or shows the local AWS').addCommand(startLocal(run)).addCommand(stopLocal(run)).addCommand(localStatus(run));
}

function startLocal(run: Run): Command {
  const command = new Command('start')
    .description('Starts a local AWS on 127.0.0.1 that goes on in the background')
    .option('--port <port>', 'port to listen on; 0 takes a free one', wholeNumber('a port', 0, 65_535), 0)
    .addOption(jsonOption())
    .action((options: { port: number; json?: boolean }) => run((context) => load().startLocal(context, options)));
  return withHelp(command, {
    changes: 'a process of yours and .meridian/local.json, until "meridian local stop". One that runs already is left as it is.',
    examples: [
      ['meridian local start', 'on a free port'],
      ['meridian local start --port 4566', 'on that port'],
    ],
  });
}

function stopLocal(run: Run): Command {
  const command = new Command('stop')
    .description('Stops the local AWS and waits for its end')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => run((context) => load().stopLocal(context, options)));
  return withHelp(command, { changes: 'the local AWS ends, and everything rolled to it is gone.', examples: [['meridian local stop', 'also when none runs']] });
}

function localStatus(run: Run): Command {
  const command = new Command('status')
    .description('Shows where the local AWS listens and how much stands on it')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => run((context) => load().localStatus(context, options)));
  return withHelp(command, { changes: 'nothing.', examples: [['meridian local status', 'address, process and stacks']] });
}
