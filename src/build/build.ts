import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import type { System } from '../cfn';
import { bundleAll, type FunctionBundle } from './bundle';
import { emit, expand, functionsOf, type EmittedSystem } from './emit';
import { environmentFolder, type Manifest } from './manifest';
import { unzip } from './zip';

/** What to build and where. */
export interface BuildOptions {
  readonly dist: string;
  readonly systems: readonly System[];
  /** @default every environment of each system */
  readonly environments?: readonly string[];
  /** Called after each environment. */
  readonly onBuilt?: (manifest: Manifest) => void;
}

/**
 * Builds systems into `dist`: templates in both forms, bundled functions and a manifest for each environment. An environment's
 * folder is written beside and renamed, so that it is whole or as it was before.
 * @returns the manifests, in the order of systems and environments
 * @throws MeridianError for what can't be built; nothing of that environment is changed then
 */
export async function build(options: BuildOptions): Promise<Manifest[]> {
  const instances = options.systems.flatMap((system) =>
    system.environments.filter((environment) => options.environments?.includes(environment) ?? true).map((environment) => system.build(environment)),
  );
  const bundles = await bundleAll([...new Set(instances.flatMap(functionsOf))].sort());
  writeFunctions(options.dist, Object.values(bundles));
  const hashes = Object.fromEntries(Object.values(bundles).map(({ name, sha256 }) => [name, sha256]));
  const expanded = expand(instances, hashes);
  return instances.map((instance) => {
    const emitted = emit(instance, expanded, hashes);
    writeEnvironment(environmentFolder(options.dist, instance.system, instance.environment), emitted);
    options.onBuilt?.(emitted.manifest);
    return emitted.manifest;
  });
}

/** Writes each bundle by content as a zip, and unzipped by name, which is what `sam deploy` packages. */
function writeFunctions(dist: string, bundles: readonly FunctionBundle[]): void {
  for (const { name, sha256, zip } of bundles) {
    const folder = join(dist, 'functions', name);
    mkdirSync(folder, { recursive: true });
    writeFileAtomic(join(dist, 'functions', `${sha256}.zip`), zip);
    for (const [file, content] of Object.entries(unzip(zip))) writeFileAtomic(join(folder, file), Buffer.from(content));
  }
}

function writeEnvironment(folder: string, { files }: EmittedSystem): void {
  const beside = `${folder}.${process.pid}`;
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(beside, file)), { recursive: true });
      writeFileSync(join(beside, file), text);
    }
    const old = `${beside}.old`;
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(beside, folder);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
