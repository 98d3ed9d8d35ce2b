import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentFolder, readManifest } from '../build/manifest';
import { MeridianError } from '../errors';
import { isObject, type CheckedTemplate, type TemplateBody } from './checked-template';

/** A system and environment that was built. */
export interface BuiltEnvironment {
  readonly system: string;
  readonly environment: string;
}

/** The environments in `dist`, by name: each folder `<system>/<environment>` that holds a manifest. */
export function builtEnvironments(dist: string): BuiltEnvironment[] {
  const folders = (path: string): string[] =>
    existsSync(path)
      ? readdirSync(path, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => name)
          .sort()
      : [];
  return folders(dist)
    .flatMap((system) => folders(join(dist, system)).map((environment) => ({ system, environment })))
    .filter(({ system, environment }) => existsSync(join(environmentFolder(dist, system, environment), 'manifest.json')));
}

/**
 * Chooses what to check among what was built.
 * @param systems names to keep, by default all
 * @param environments names to keep, by default all; the account's own deployments (`shared`) go with every choice of systems that names them
 * @throws MeridianError with exit code 2 when nothing was built, or a name is not among what was
 */
export function chooseEnvironments(dist: string, systems?: readonly string[], environments?: readonly string[]): BuiltEnvironment[] {
  const built = builtEnvironments(dist);
  if (built.length === 0) throw new MeridianError(`Nothing to check: ${dist} holds no built system. Run "npm run build:templates".`, 2);
  requireKnown('System', systems, new Set(built.map(({ system }) => system)));
  const ofSystems = built.filter(({ system }) => !systems || systems.includes(system));
  requireKnown('Environment', environments, new Set(ofSystems.map(({ environment }) => environment)));
  return ofSystems.filter(({ environment }) => !environments || environments.includes(environment));
}

function requireKnown(noun: string, wanted: readonly string[] | undefined, known: ReadonlySet<string>): void {
  const unknown = wanted?.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new MeridianError(`${noun} "${unknown}" not checked: it is not among what was built (${[...known].join(', ')}). Build it, or name one of these.`, 2);
  }
}

/**
 * Reads every emitted template of an environment, with what the manifest says of it.
 * @throws MeridianError with exit code 2 when a template that the manifest lists can't be read
 */
export function readTemplates(dist: string, { system, environment }: BuiltEnvironment): CheckedTemplate[] {
  const folder = resolve(environmentFolder(dist, system, environment));
  return readManifest(dist, system, environment).deployments.flatMap(({ name: deployment, regions, templates }) => {
    const nested = new Set(Object.values(templates).flatMap(({ nests }) => Object.values(nests)));
    return Object.entries(templates).map(([template, { file: path, sources }]) => {
      const file = join(folder, path);
      return { system, environment, deployment, template, path, file, sources, ...readBody(file), isRoot: !nested.has(template), regions: regions.create };
    });
  });
}

function readBody(file: string): { text: string; body: TemplateBody } {
  try {
    const text = readFileSync(file, 'utf8');
    const body: unknown = JSON.parse(text);
    if (!isObject(body)) throw new Error('it is no JSON object');
    return { text, body };
  } catch (cause) {
    throw new MeridianError(`Template ${file} unreadable: ${cause instanceof Error ? cause.message : String(cause)}. Run "npm run build:templates" again.`, 2, { cause });
  }
}
