import type { Manifest, ManifestDeployment } from '../build/manifest';
import { defaultSuffix, ssmName } from '../cfn/wires';
import { MeridianError } from '../errors';
import { resolveInstance, type ResolvedInstance } from './instance';
import type { Template } from './template';
import type { Value } from './unknown';
import { wiresOf } from './wires';

/** What decides the resources of a system in one environment. */
export interface SystemInput {
  readonly manifest: Manifest;
  /** The templates of a deployment by their file in the manifest, for example `foundation/root.json`. */
  templatesOf(deployment: ManifestDeployment): Readonly<Record<string, Template>>;
  /** Values of the parameters file; a deployment takes the ones that its root declares. @default none, so that such parameters are unknown */
  readonly parameters?: Readonly<Record<string, Value>>;
  /** Twelve digits. @default unknown */
  readonly accountId?: string;
}

/** One (deployment, region) of a system. */
export interface ResolvedDeployment {
  readonly deployment: string;
  readonly region: string;
  readonly instance: ResolvedInstance;
}

/**
 * Resolves every deployment of a system in every region that it is rolled to, in the order of first creation. Wires carry what an
 * earlier deployment published in the same region, and outputs what it gave in another, so that an unknown points at its resource
 * however far away that is. A deployment that a parameter makes superfluous has no instances.
 * @throws MeridianError as `resolveInstance` does, and for an output across regions that the earlier deployment does not have
 */
export function resolveSystem(input: SystemInput): readonly ResolvedDeployment[] {
  const { manifest, parameters = {}, accountId } = input;
  const resolved: ResolvedDeployment[] = [];
  const wires = new Map<string, Readonly<Record<string, Value>>>();
  for (const deployment of manifest.deployments) {
    if (deployment.unless !== undefined && parameters[deployment.unless] !== undefined) continue;
    const templates = input.templatesOf(deployment);
    const file = deployment.templates['root']?.file ?? `${deployment.name}/root.json`;
    const root = templates[file];
    if (!root) throw new MeridianError(`Deployment ${deployment.name} of ${manifest.system}: ${file} is missing. Run "npm run build:templates".`, 2);
    for (const region of deployment.regions.create) {
      const instance = resolveInstance({
        root,
        templates,
        file,
        region,
        accountId,
        id: `${manifest.system}/${manifest.environment}/${deployment.name}/${region}`,
        parameters: parametersOf(manifest, deployment, parameters, resolved),
        wires: wires.get(region) ?? {},
      });
      wires.set(region, { ...wires.get(region), ...wiresOf(instance) });
      resolved.push({ deployment: deployment.name, region, instance });
    }
  }
  return resolved;
}

function parametersOf(manifest: Manifest, deployment: ManifestDeployment, given: Readonly<Record<string, Value>>, earlier: readonly ResolvedDeployment[]): Readonly<Record<string, Value>> {
  const suffix = String(given['EnvironmentSuffix'] ?? defaultSuffix);
  const values = Object.entries(deployment.parameters).map(([name, origin]): readonly [string, Value | undefined] => {
    if (origin.from === 'wire') return [name, ssmName(manifest, suffix, origin.deployment, origin.output)];
    if (origin.from === 'file' || given[name] !== undefined) return [name, given[name]];
    return [name, outputAcross(deployment.name, name, origin, earlier)];
  });
  return Object.fromEntries(values.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
}

function outputAcross(consumer: string, parameter: string, { deployment, output, region }: { deployment: string; output: string; region: string }, earlier: readonly ResolvedDeployment[]): Value {
  const producer = earlier.find((each) => each.deployment === deployment && each.region === region);
  const value = producer?.instance.root.outputs.get(output)?.value;
  if (value === undefined) {
    throw new MeridianError(`Parameter "${parameter}" of ${consumer}: ${deployment} in ${region} has no output ${output}. Give ${parameter} a value in the parameters file.`, 2);
  }
  return value;
}
