import { Command } from 'commander';
import type { Run } from './context';
import { withHelp } from './help';
import { ofCluster } from './of-cluster';
import { jsonOption, wholeNumber } from './options';
import type { KubeconfigCommandOptions } from './run/kubeconfig';

/** `meridian kubeconfig <system> <environment>` */
export function kubeconfigCommand(run: Run): Command {
  const command = ofCluster(new Command('kubeconfig'))
    .description('Prints the file by which kubectl reaches a cluster; it holds no credentials, kubectl asks the AWS CLI for them')
    .option('--tunnel <port>', 'reach a private endpoint through this port of the machine; what opens the tunnel is said beside', wholeNumber('a port', 1, 65_535))
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<KubeconfigCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/kubeconfig') as typeof import('./run/kubeconfig')).runKubeconfig(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'nothing. It reads the outputs of the platform stack in that region.',
    examples: [
      ['meridian kubeconfig fintech-global production --region us-east-1', 'of the local AWS that runs'],
      ['meridian kubeconfig fintech-global production --region us-east-1 --tunnel 8443 --target aws --account 123456789012 > kubeconfig.yaml', 'for an endpoint that only its VPC reaches'],
    ],
  });
}
