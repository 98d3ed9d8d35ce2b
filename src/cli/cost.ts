import { Command } from 'commander';
import type { Run } from './context';
import { optionalEnvironment } from './environment-argument';
import { withHelp } from './help';
import { jsonOption } from './options';
import type { CostCommandOptions } from './run/cost';

/** `meridian cost <system> [environment]` */
export function costCommand(run: Run): Command {
  const command = new Command('cost')
    .description('Builds, and estimates what a month costs at list prices and stated usage, by deployment, region and component')
    .argument('<system>', 'a system')
    .addArgument(optionalEnvironment())
    .option('--diff <file>', 'compare with what an earlier "meridian cost … --json" wrote into this file')
    .addOption(jsonOption())
    .action((system: string, environment: string | undefined, options: Omit<CostCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/cost') as typeof import('./run/cost')).runCost(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'dist/ only. It asks no service for prices: they stand in prices/list.json, with their dates and pages.',
    examples: [
      ['meridian cost kasha', 'a table for each environment'],
      ['meridian cost financial-portal production', 'one environment, and what it is of its budget'],
      ['meridian cost kasha production --json > before.json', 'keep an estimate'],
      ['meridian cost kasha production --diff before.json', 'what a change of the templates changes of it'],
    ],
  });
}
