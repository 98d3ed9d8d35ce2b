import { Command } from 'commander';
import type { Run } from './context';
import { optionalEnvironment } from './environment-argument';
import { withHelp } from './help';
import { jsonOption } from './options';

/** `meridian build [system] [environment]` */
export function buildCommand(run: Run): Command {
  const command = new Command('build')
    .description('Writes CloudFormation templates, bundled functions and a manifest of systems to dist/')
    .argument('[system]', 'only this system; all by default')
    .addArgument(optionalEnvironment())
    .addOption(jsonOption())
    .action((system: string | undefined, environment: string | undefined, options: { json?: boolean }) =>
      run((context) => (require('./run/build') as typeof import('./run/build')).runBuild(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'dist/ only. The folder of an environment is replaced as a whole, or left as it was when the build fails: for a template over a limit, or a system that cannot recover as it has promised.',
    examples: [
      ['meridian build', 'every system in every environment'],
      ['meridian build kasha production', 'one environment'],
    ],
  });
}
