import { Command } from 'commander';
import type { Run } from './context';
import { optionalEnvironment } from './environment-argument';
import { withHelp } from './help';
import { jsonOption, path, regionList } from './options';
import type { CheckCommandOptions } from './run/check';

/** `meridian check [system] [environment]` */
export function checkCommand(run: Run): Command {
  const command = new Command('check')
    .description('Builds, then checks quotas, cfn-lint, cfn-guard rules, metrics and waivers')
    .argument('[system]', 'only this system; all by default')
    .addArgument(optionalEnvironment())
    .option('--templates <folder>', 'check the CloudFormation templates in this folder instead of systems', path)
    .option('--regions <list>', 'with --templates: the regions they are for, separated by commas (default: us-east-1)', regionList)
    .option('--parameters <file>', 'with --templates: a JSON or YAML file of parameter values', path)
    .option('--sarif <file>', 'write the findings there too, for code scanning', path)
    .option('--junit <file>', 'write the findings there too, for a test report', path)
    .option('--no-cache', 'ask cfn-lint and cfn-guard about every template again')
    .addOption(jsonOption())
    .action((system: string | undefined, environment: string | undefined, options: Omit<CheckCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/check') as typeof import('./run/check')).runCheck(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'dist/, and the cache of results in node_modules/.cache. With --templates only the cache.',
    examples: [
      ['meridian check', 'every system'],
      ['meridian check kasha production', 'one environment'],
      ['meridian check kasha --json > findings.json', 'findings for a program'],
      ['meridian check --templates ../other/cloudformation', "anybody's templates, by the same rules"],
    ],
  });
}
