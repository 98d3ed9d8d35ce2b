import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFolder, readManifest, type Manifest, type ManifestDeployment } from '../build/manifest';
import { MeridianError } from '../errors';
import { resolveSystem, type SystemInput, type ResolvedDeployment } from './system';
import type { Template } from './template';

/**
 * Reads a built system and resolves all its deployments in all their regions.
 * @param dist   the folder that `npm run build:templates` fills
 * @param values deploy-time parameters and the account, both optional
 * @throws MeridianError when the system was not built or a file of it is missing or damaged
 */
export function loadSystem(dist: string, system: string, environment: string, values: Pick<SystemInput, 'parameters' | 'accountId'> = {}): readonly ResolvedDeployment[] {
  const manifest = readManifest(dist, system, environment);
  return resolveSystem({ ...values, manifest, templatesOf: (deployment) => loadTemplates(dist, manifest, deployment) });
}

/** Reads the templates of one deployment, by their file in the manifest. */
export function loadTemplates(dist: string, manifest: Manifest, deployment: ManifestDeployment): Readonly<Record<string, Template>> {
  const folder = environmentFolder(dist, manifest.system, manifest.environment);
  return Object.fromEntries(Object.values(deployment.templates).map(({ file }) => [file, readTemplate(join(folder, file))]));
}

function readTemplate(path: string): Template {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Template;
  } catch (cause) {
    throw new MeridianError(`Template ${path}: it cannot be read as JSON. Run "npm run build:templates" again.`, 2, { cause });
  }
}
