import type { Command } from 'commander';
import { neededEnvironment } from './environment-argument';
import { accountOption, suffixOption, targetOption } from './options';

/** Gives a command the arguments and options that choose one Kubernetes cluster that stands. */
export function ofCluster(command: Command): Command {
  return command
    .argument('<system>', 'a system with Kubernetes clusters, built and rolled')
    .addArgument(neededEnvironment())
    .requiredOption('--region <region>', 'the region of the cluster')
    .addOption(targetOption())
    .addOption(accountOption())
    .addOption(suffixOption());
}
