import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { environmentFolder } from '../../build/manifest';
import { MeridianError, type ExitCode } from '../../errors';
import { fillIn } from '../../kubernetes/placeholders';
import { manifestYaml, readManifestYaml } from '../../kubernetes/yaml';
import type { Context } from '../context';
import { printJson } from '../terminal';
import { clusterBuild, type ClusterBuild, type ClusterOptions } from './cluster';
import { withStandingTarget } from './target';

/** What `meridian manifests` was asked for. */
export interface ManifestsCommandOptions extends ClusterOptions {
  /** Folder to write to. @default none: they are printed */
  readonly out?: string;
}

/** A file of objects, or of a chart's values, with everything filled in. */
interface Filled {
  /** `40-api.yaml` */
  readonly file: string;
  readonly objects: readonly object[];
}

type Chart = ClusterBuild['kubernetes']['charts'][number] & Filled;

/**
 * Prints the manifests of one cluster, or writes them into a folder.
 * @throws MeridianError (exit 2) for a cluster that no system has, or a folder that holds other manifests; (exit 1) for a cluster that
 *   does not stand, or lacks a value
 */
export async function runManifests(context: Context, options: ManifestsCommandOptions): Promise<ExitCode> {
  const { terminal, workspace } = context;
  const { system, environment, region, out, json } = options;
  const { kubernetes, standing } = clusterBuild(context, options);
  const folder = environmentFolder(workspace.dist, system, environment);
  const read = (file: string): readonly object[] => readManifestYaml(file, readFileSync(join(folder, file), 'utf8'));
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const { values } = await standing(target);
    const here = kubernetes.files.filter((each) => each.region === undefined || each.region === region);
    requireValues(`${system} ${environment} in ${region}`, [...here, ...kubernetes.charts], values);
    const files = here.map(({ file }): Filled => ({ file: basename(file), objects: fillIn(read(file), values) }));
    const charts = kubernetes.charts.map((chart): Chart => ({ ...chart, file: basename(chart.file), objects: fillIn(read(chart.file), values) }));
    if (out !== undefined) write(out, files, charts);
    if (json) printJson(terminal, { exitCode: 0, target: target.choice, region, files, charts: charts.map(({ objects: [chartValues], placeholders: _, file: __, ...chart }) => ({ ...chart, values: chartValues })), ...(out !== undefined && { out }) });
    else if (out === undefined) terminal.print(manifestYaml(files.flatMap(({ objects }) => objects)));
    else terminal.print(written(out, files, charts));
    return 0;
  });
}

/** @throws MeridianError (exit 1) naming every value that is not there, and the first file that needs it */
function requireValues(where: string, files: readonly { readonly file: string; readonly placeholders: readonly string[] }[], values: Readonly<Record<string, string>>): void {
  const lacking = [...new Set(files.flatMap(({ placeholders }) => placeholders))].filter((name) => !values[name]).sort();
  if (lacking.length === 0) return;
  const listed = lacking.map((name) => `${name} (${files.find(({ placeholders }) => placeholders.includes(name))?.file ?? ''})`).join(', ');
  throw new MeridianError(`Manifests of ${where}: the stack has no value for ${listed}. Give images in the parameters file, roll what was built, and try again.`, 1);
}

/** @throws MeridianError (exit 2) when kubectl would apply something else of the folder too */
function write(out: string, files: readonly Filled[], charts: readonly Chart[]): void {
  const ours = ['helm', ...files.map(({ file }) => file)];
  const strange = existsSync(out) ? readdirSync(out).find((entry) => !ours.includes(entry)) : undefined;
  if (strange !== undefined) throw new MeridianError(`Folder ${out} not written: it holds ${strange}, which is none of these manifests, and "kubectl apply -f" takes all. Empty it, or name another.`, 2);
  mkdirSync(join(out, 'helm'), { recursive: true });
  for (const { file, objects } of files) writeFileAtomic(join(out, file), manifestYaml(objects));
  for (const { file, objects } of charts) writeFileAtomic(join(out, 'helm', file), manifestYaml(objects));
}

/** What was written, and what to do with it. */
function written(out: string, files: readonly Filled[], charts: readonly Chart[]): string {
  const objects = files.reduce((count, file) => count + file.objects.length, 0);
  const install = charts.map(({ name, repository, chart, version, namespace, file }) => `  helm upgrade --install ${name} ${chart} --repo ${repository} --version ${version} --namespace ${namespace} --values ${join(out, 'helm', file)} --wait\n`);
  return `${objects} objects in ${files.length} files written to ${out}.\n${install.join('')}  kubectl apply -f ${out}\n`;
}
