import { closest } from 'fastest-levenshtein';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildFailure, BuildOptions } from 'esbuild';
import { version as esbuildVersion } from 'esbuild/package.json';
import { version as fflateVersion } from 'fflate/package.json';
import { MeridianError } from '../errors';
import { checkout } from '../toolchain';
import { cachedZip, cacheZip, sha256 } from './function-cache';
import { zip } from './zip';

const FUNCTIONS = 'src/functions';

/** A Lambda function as the artifact that is uploaded. */
export interface FunctionBundle {
  readonly name: string;
  /** Its source, relative to the checkout. The handler is `index.handler`. */
  readonly entry: string;
  /** Hash of the zip in lower-case hexadecimal; the artifact is stored as `<sha256>.zip`. */
  readonly sha256: string;
  /** One file, `index.js`, which needs nothing but Node. */
  readonly zip: Buffer;
  /** Size of the zip; Lambda takes up to 50 MB. */
  readonly bytes: number;
}

/** Where functions are bundled. */
export interface BundleOptions {
  /** The checkout: holds `src/functions` and `node_modules`. @default the one this file is in */
  readonly root?: string;
}

/**
 * How every function is bundled. The target is the oldest Node that the project runs on, not the newer one that Lambda
 * has, because the local AWS runs the same zip with the Node at hand. ES modules come first: only they can be shaken,
 * which takes a third off the AWS SDK.
 */
const OPTIONS: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  sourcemap: false,
  tsconfigRaw: '{}',
  outfile: 'index.js',
};

/** The functions there are, sorted: the folders of `src/functions` whose `index.ts` exports a `handler`. */
export function functionNames({ root = checkout }: BundleOptions = {}): string[] {
  const hasHandler = (name: string) => {
    const index = join(root, entryOf(name));
    return existsSync(index) && /^export (const|(async )?function) handler\b/m.test(readFileSync(index, 'utf8'));
  };
  return readdirSync(join(root, FUNCTIONS)).filter(hasHandler).sort();
}

/**
 * One function, bundled with everything it imports and zipped. The same sources give the same bytes on every machine.
 * Nothing is bundled when neither a source nor a tool has changed since the last time.
 *
 * @throws MeridianError when there is no such function, or its source can't be bundled, with the place in the source
 */
export async function bundleFunction(name: string, { root = checkout }: BundleOptions = {}): Promise<FunctionBundle> {
  const entry = knownEntry(name, root);
  const recipe = sha256(JSON.stringify([entry, OPTIONS, esbuildVersion, fflateVersion]));
  const archive = cachedZip(root, name, recipe) ?? (await build(name, entry, recipe, root));
  return { name, entry, sha256: sha256(archive), zip: archive, bytes: archive.length };
}

/**
 * Several functions by name.
 *
 * @param names @default all there are
 * @throws MeridianError as {@link bundleFunction} does
 */
export async function bundleAll(
  names?: readonly string[],
  options: BundleOptions = {},
): Promise<Record<string, FunctionBundle>> {
  const bundles = await Promise.all((names ?? functionNames(options)).map((name) => bundleFunction(name, options)));
  return Object.fromEntries(bundles.map((bundle) => [bundle.name, bundle]));
}

async function build(name: string, entry: string, recipe: string, root: string): Promise<Buffer> {
  // Loaded late: an unchanged function needs no esbuild.
  const esbuild = await import('esbuild');
  try {
    const result = await esbuild.build({
      ...OPTIONS,
      absWorkingDir: root,
      entryPoints: [entry],
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const files = Object.fromEntries(result.outputFiles.map((file) => ['index.js', file.contents]));
    const archive = zip(files);
    cacheZip(root, name, recipe, Object.keys(result.metafile.inputs).sort(), archive);
    return archive;
  } catch (error) {
    throw isBuildFailure(error) ? bundlingError(name, error) : error;
  }
}

function knownEntry(name: string, root: string): string {
  const names = functionNames({ root });
  if (names.includes(name)) return entryOf(name);
  const nearest = names.length > 0 ? `Did you mean "${closest(name, names)}"?` : `Add ${entryOf(name)}.`;
  throw new MeridianError(`Function "${name}": no ${entryOf(name)} that exports a handler. ${nearest}`, 1);
}

function entryOf(name: string): string {
  return `${FUNCTIONS}/${name}/index.ts`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function bundlingError(name: string, failure: BuildFailure): MeridianError {
  const problems = failure.errors.map(({ location, text }) =>
    location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text,
  );
  return new MeridianError(`Function "${name}": ${problems.join('; ')}. Correct the source and build again.`, 1, {
    cause: failure,
  });
}
