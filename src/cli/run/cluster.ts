import type { ManifestKubernetes } from '../../build/manifest';
import { MeridianError } from '../../errors';
import { imageIn } from '../../kubernetes/region-image';
import { Build, rootOutputs, type Target } from '../../rollout';
import type { Context } from '../context';
import { unknownName } from '../unknown-name';
import { chooseBuilt } from './built';
import { deployParameters } from './deploy-parameters';
import type { TargetOptions } from './target';

/** Which cluster a command is about. */
export interface ClusterOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  readonly region: string;
  /** @default the one in the parameters file */
  readonly suffix?: string;
  readonly json?: boolean;
}

/** A cluster that was built, before anybody asked whether it stands. */
export interface ClusterBuild {
  readonly kubernetes: ManifestKubernetes;
  /** Reads what the stack of its platform says. @throws MeridianError (exit 1) when it does not stand */
  readonly standing: (target: Target) => Promise<StandingCluster>;
}

/** What is known of a cluster that stands. */
export interface StandingCluster {
  readonly account: string;
  /** Values by the names of placeholders: root outputs, images as the region has them, account, region and suffix. */
  readonly values: Readonly<Record<string, string>>;
  /**
   * The value of a root output.
   * @throws MeridianError (exit 1) when the stack has none
   */
  readonly output: (name: string) => string;
}

/**
 * Looks up a cluster among what was built.
 * @throws MeridianError (exit 2) for a system, environment or region that is not there, or a system without clusters
 */
export function clusterBuild({ workspace }: Context, { system, environment, region, suffix }: ClusterOptions): ClusterBuild {
  const [chosen] = chooseBuilt(workspace, system, environment);
  const build = Build.open(workspace.dist, chosen!.system, chosen!.environment);
  const { kubernetes, regions } = build.manifest;
  if (!kubernetes) throw new MeridianError(`System "${system}": it has no Kubernetes cluster. Name a system with one.`, 2);
  const known = [regions.primary, regions.secondary];
  if (!known.includes(region)) throw unknownName('Region', region, known);
  const parameters = deployParameters(workspace, { system, environment, suffix });
  return {
    kubernetes,
    standing: async (target) => {
      const stands = await rootOutputs(target, { build, parameters }, kubernetes.deployment, region);
      if (!stands) {
        throw new MeridianError(`Cluster of ${system} ${environment} in ${region}: the ${kubernetes.deployment} stack does not stand there. Roll it first with "meridian rollout ${system} ${environment}".`, 1);
      }
      const { account, outputs } = stands;
      const here = Object.entries(outputs).map(([name, value]) => [name, name.endsWith('Image') ? imageIn(value, region, regions) : value] as const);
      return {
        account,
        values: { ...Object.fromEntries(here), 'AWS::AccountId': account, 'AWS::Region': region, EnvironmentSuffix: parameters.suffix },
        output: (name) => {
          if (outputs[name]) return outputs[name];
          throw new MeridianError(`Output ${name} of ${system} ${environment} in ${region}: the ${kubernetes.deployment} stack has none. Roll what was built with "meridian rollout ${system} ${environment}".`, 1);
        },
      };
    },
  };
}
