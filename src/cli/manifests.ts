import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { ofCluster } from './of-cluster';
import { jsonOption, path } from './options';
import type { ManifestsCommandOptions } from './run/manifests';

/** `meridian manifests <system> <environment>` */
export function manifestsCommand(run: Run): Command {
  const command = ofCluster(new Command('manifests'))
    .description('Prints the Kubernetes objects of a system for one cluster, with what only its stacks know filled in')
    .option('--out <folder>', 'write them there, a file each, and the values of Helm charts into helm/ beside them', path)
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<ManifestsCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/manifests') as typeof import('./run/manifests')).runManifests(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'the folder of --out; nothing in the account or the cluster. Ends with 1 when a value is missing: no manifest is printed or written then.',
    examples: [
      ['meridian manifests fintech-global production --region us-east-1', 'from the local AWS that runs, in the order in which they are applied'],
      ['meridian manifests fintech-global production --region us-east-1 --out manifests --target aws --account 123456789012', 'for "kubectl apply -f manifests"'],
    ],
  });
}
