import type { Command } from 'commander';
import { optionalEnvironment } from './environment-argument';
import { accountOption, suffixOption, targetOption } from './options';

/** Gives a command the arguments and options that choose among what stands: system, environment, target, account, suffix and region. */
export function ofWhatStands(command: Command): Command {
  return command
    .argument('[system]', 'only this system; all that were built by default')
    .addArgument(optionalEnvironment())
    .addOption(targetOption())
    .addOption(accountOption())
    .addOption(suffixOption())
    .option('--region <region>', 'only this region');
}
