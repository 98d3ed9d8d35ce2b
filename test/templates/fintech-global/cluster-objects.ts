import { resourceName } from '../../../src/cfn/names';
import type { KubernetesManifests } from '../../../src/cfn';
import { manifests } from '../../../templates/systems/fintech-global/kubernetes';
import { recorded } from '../../requirements/view';
import { contextOf, type EnvironmentName } from './built';

/** What the clusters of an environment run, as authored. */
export function manifestsOf(environment: EnvironmentName = 'production'): KubernetesManifests {
  const context = contextOf(environment);
  return manifests({ settings: context.settings, regions: context.regions, resourceName: (resource, scope) => resourceName(context, resource, scope) });
}

/** The objects of one region's cluster by kind and name, `Deployment/api`. */
export function objectsOf(environment: EnvironmentName = 'production', region = 'us-east-1'): Readonly<Record<string, any>> {
  const here = manifestsOf(environment).files.filter((file) => file.region === undefined || file.region === region);
  const objects = here.flatMap((file) => file.objects.map((object) => [`${object.kind}/${object.metadata.name}`, object] as const));
  return recorded(`${environment}/kubernetes ${region}`, Object.fromEntries(objects));
}

/** The container of a deployment's pods. */
export const containerOf = (deployment: any): any => deployment.spec.template.spec.containers[0];
