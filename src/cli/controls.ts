import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { jsonOption, path } from './options';
import type { ControlsCommandOptions } from './run/controls';

/** `meridian controls [framework]` */
export function controlsCommand(run: Run): Command {
  const command = new Command('controls')
    .description('Builds, judges all rules, and shows control by control what they found: passed, waived, failed, did not apply')
    .argument('[framework]', 'only this framework: pci-dss, nist-800-53, soc-2, cis-aws, mas-trm or gdpr; all by default')
    .option('--system <name>', 'only this system, an environment in each column; all systems by default')
    .option('--out <file>', 'write the matrix there too, as .md or .html, for an auditor', path)
    .addOption(jsonOption())
    .action((framework: string | undefined, options: Omit<ControlsCommandOptions, 'framework'>) =>
      run((context) => (require('./run/controls') as typeof import('./run/controls')).runControls(context, { framework, ...options })),
    );
  return withHelp(command, {
    changes: 'dist/, the cache of results in node_modules/.cache, and the file of --out.',
    examples: [
      ['meridian controls', 'every framework, a system in each column'],
      ['meridian controls pci-dss --system kasha', 'one framework, an environment in each column'],
      ['meridian controls --out controls.html', 'a file for an auditor: every rule of every control'],
      ['meridian controls soc-2 --json > soc-2.json', 'for a program; also lists the controls without a rule'],
    ],
  });
}
