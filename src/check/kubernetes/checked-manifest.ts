import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { environmentFolder, readManifest } from '../../build/manifest';
import { MeridianError } from '../../errors';
import { readManifestYaml } from '../../kubernetes/yaml';
import type { BuiltEnvironment } from '../read-templates';

/** One file of Kubernetes objects that was built: the unit that kubernetes-validate checks. */
export interface CheckedManifest extends BuiltEnvironment {
  /** Name without region and ending, `40-api`. */
  readonly name: string;
  /** The regions whose clusters take it. */
  readonly regions: readonly string[];
  /** Minor version of the clusters, `1.35`. */
  readonly version: string;
  /** The file as reports name it. */
  readonly shown: string;
  /** The bytes of the file. */
  readonly text: string;
  readonly objects: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Reads the manifests of an environment; none of a system without a cluster.
 * @param project reported files are named from here
 * @throws MeridianError with exit code 2 when a file that the environment's manifest lists can't be read
 */
export function readManifests(dist: string, project: string, { system, environment }: BuiltEnvironment): CheckedManifest[] {
  const { kubernetes, regions } = readManifest(dist, system, environment);
  return (kubernetes?.files ?? []).map(({ file, region }) => {
    const path = join(resolve(environmentFolder(dist, system, environment)), file);
    const text = readText(path);
    const within = relative(project, path);
    return {
      system,
      environment,
      name: file.replace(/^kubernetes\//, '').replace(/\..*$/, ''),
      regions: region === undefined ? [regions.primary, regions.secondary] : [region],
      version: kubernetes?.version ?? '',
      shown: within.startsWith('..') ? path : within,
      text,
      objects: readManifestYaml(path, text),
    };
  });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MeridianError(`Manifest ${path} unreadable: ${cause instanceof Error ? cause.message : String(cause)}. Run "npm run build:templates" again.`, 2, { cause });
  }
}
