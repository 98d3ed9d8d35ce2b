import type { ExitCode } from '../../errors';
import { kubeconfig, tunnel } from '../../kubernetes/kubeconfig';
import { manifestYaml } from '../../kubernetes/yaml';
import type { Context } from '../context';
import { printJson } from '../terminal';
import { clusterBuild, type ClusterOptions } from './cluster';
import { withStandingTarget } from './target';

/** What `meridian kubeconfig` was asked for. */
export interface KubeconfigCommandOptions extends ClusterOptions {
  /** Port of this machine that leads to the endpoint. @default none */
  readonly tunnel?: number;
}

/**
 * Prints a kubeconfig.
 * @throws MeridianError (exit 2) for a cluster that no system has, (exit 1) for one that does not stand
 */
export async function runKubeconfig(context: Context, options: KubeconfigCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { region, tunnel: port, json } = options;
  const { standing } = clusterBuild(context, options);
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const { account, output } = await standing(target);
    const access = { name: output('ClusterName'), endpoint: output('ClusterEndpoint'), certificateAuthority: output('ClusterCertificateAuthority'), region, account };
    const config = kubeconfig(access, port);
    const through = port === undefined ? undefined : tunnel(access, port);
    if (json) printJson(terminal, { exitCode: 0, target: target.choice, kubeconfig: config, ...(through && { tunnel: through }) });
    else {
      terminal.print(manifestYaml([config]));
      if (through) terminal.tell(`Keep the tunnel open in another terminal. It goes through a node, whose id this says:\n  ${through.findNode}\n  ${through.open}`);
    }
    return 0;
  });
}
