import { Command } from 'commander';
import type { Run } from './context';
import { neededEnvironment } from './environment-argument';
import { withHelp } from './help';
import { jsonOption } from './options';
import type { ReachCommandOptions } from './run/reach';

/** `meridian reach <system> <environment>` */
export function reachCommand(run: Run): Command {
  const command = new Command('reach')
    .description('Builds, and computes from routes, network ACLs, security groups and listeners who can open which TCP port on what')
    .argument('<system>', 'a system with a VPC')
    .addArgument(neededEnvironment())
    .option('--from <place>', 'who connects: internet, cloudfront, health-checkers, or a load balancer, service, function, proxy or database by its logical id in kebab case')
    .option('--to <place>', 'who is connected to, or an endpoint by its service such as ecr.api; with a port as in backend:8080 only that one')
    .option('--region <name>', 'the region to look at (default: the primary one of the system)')
    .addOption(jsonOption())
    .action((system: string, environment: string, options: Omit<ReachCommandOptions, 'system' | 'environment'>) =>
      run((context) => (require('./run/reach') as typeof import('./run/reach')).runReach(context, { system, environment, ...options })),
    );
  return withHelp(command, {
    changes: 'dist/ only. With both --from and --to it ends with 1 when no way between them is open.',
    examples: [
      ['meridian reach kasha production', 'every open path; all others are blocked'],
      ['meridian reach kasha production --from backend', 'those of one place'],
      ['meridian reach kasha production --from frontend --to backend-load-balancer', 'hop by hop, with the rule that opens each'],
      ['meridian reach kasha production --from frontend --to primary', 'the hop that blocks, and the rule that would open it'],
    ],
  });
}
