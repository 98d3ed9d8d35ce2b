import type { KubernetesManifests, SystemInstance } from '../cfn';
import { MeridianError } from '../errors';
import { everywhereKnown, placeholdersIn } from '../kubernetes/placeholders';
import { manifestYaml } from '../kubernetes/yaml';
import { sha256 } from './function-cache';
import type { ManifestKubernetes } from './manifest';

/** The manifests of a system's clusters as files, and the manifest's list of them. */
export interface EmittedKubernetes {
  readonly manifest: ManifestKubernetes;
  /** Text by path from the environment's folder. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Writes the Kubernetes objects of a built system, in files that sort in the order in which they are applied.
 * @throws MeridianError when two files have one name, a region is none of the system's, or a placeholder is no root output of the
 *   deployment that fills it in
 */
export function emitKubernetes({ system, environment, regions, deployments }: SystemInstance, { version, deployment, files, charts }: KubernetesManifests): EmittedKubernetes {
  const where = `${system} ${environment}`;
  const filling = deployments.find(({ name }) => name === deployment);
  if (!filling) throw new MeridianError(`Manifests of ${where}: deployment "${deployment}" fills them in, and there is none. Name one of ${deployments.map(({ name }) => name).join(', ')}.`, 2);
  const known = [...everywhereKnown, ...Object.keys(filling.root.template.Outputs ?? {})];
  const texts = new Map<string, string>();
  const write = (file: string, objects: readonly object[]): { file: string; sha256: string; placeholders: string[] } => {
    if (texts.has(file)) throw new MeridianError(`Manifest ${file} of ${where} written twice: two files have one name and region. Rename one of them.`, 2);
    const placeholders = placeholdersIn(objects);
    const stranger = placeholders.find((name) => !known.includes(name));
    if (stranger !== undefined) throw new MeridianError(`Placeholder \${${stranger}} in ${file} of ${where}: the root of ${deployment} has no output of this name. Add the output, or use one of ${known.join(', ')}.`, 2);
    const text = manifestYaml(objects);
    texts.set(file, text);
    return { file, sha256: sha256(text), placeholders };
  };
  const written = files.map(({ name, region, objects }) => {
    if (region !== undefined && region !== regions.primary && region !== regions.secondary) throw new MeridianError(`Manifest ${name} of ${where}: ${region} is none of its regions. Use ${regions.primary} or ${regions.secondary}.`, 2);
    return { ...write(`kubernetes/${[name, region].filter(Boolean).join('.')}.yaml`, objects), ...(region !== undefined && { region }) };
  });
  const releases = charts.map(({ values, ...release }) => {
    const { file, placeholders } = write(`helm/${release.name}.yaml`, [values]);
    return { ...release, file, placeholders };
  });
  const byFile = (one: { readonly file: string }, other: { readonly file: string }): number => (one.file < other.file ? -1 : 1);
  return { manifest: { version, deployment, files: written.sort(byFile), charts: releases.sort(byFile) }, files: texts };
}
