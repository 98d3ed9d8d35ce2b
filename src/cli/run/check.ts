import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { exitCodeOf, renderJson, renderJunit, renderSarif, renderTerminal, type CheckResult } from '../../check';
import { loadRegister } from '../../check/controls';
import { MeridianError, type ExitCode } from '../../errors';
import { chooseSystems } from '../choose';
import type { Context } from '../context';
import { buildSystems } from './build-systems';
import { checkSystems, checkTemplates } from './check-systems';

/** What `meridian check` was asked for. */
export interface CheckCommandOptions {
  readonly system?: string;
  readonly environment?: string;
  /** A folder of templates to check in the place of systems. */
  readonly templates?: string;
  /** The regions of those templates. */
  readonly regions?: readonly string[];
  /** A file of parameter values for those templates. */
  readonly parameters?: string;
  /** Files to write the findings to. */
  readonly sarif?: string;
  readonly junit?: string;
  readonly json?: boolean;
  /** False asks the tools about every template again. */
  readonly cache: boolean;
}

/** Checks systems, which are built first, or a folder of templates, and prints the findings. */
export async function runCheck(context: Context, options: CheckCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { templates, regions, parameters, json, cache: useCache } = options;
  requireFitting(options);
  const result = templates === undefined ? await checkBuilt(context, options) : await checkTemplates(context, { folder: templates, regions, parametersFile: parameters, useCache });
  if (options.sarif !== undefined) write(options.sarif, renderSarif(result, loadRegister(join(context.workspace.project, 'rules', 'controls'))));
  if (options.junit !== undefined) write(options.junit, renderJunit(result));
  terminal.print(json ? renderJson(result) : renderTerminal(result, terminal));
  return exitCodeOf(result.findings);
}

async function checkBuilt(context: Context, { system, environment, cache }: CheckCommandOptions): Promise<CheckResult> {
  const systems = chooseSystems(context.workspace.loadSystems(), system, environment);
  const environments = environment === undefined ? undefined : [environment];
  await buildSystems(context, systems, environments);
  return checkSystems(context, { systems: systems.map(({ name }) => name), environments, useCache: cache });
}

function requireFitting({ system, templates, regions, parameters, sarif, junit }: CheckCommandOptions): void {
  for (const [option, file] of [['--sarif', sarif], ['--junit', junit]] as const) {
    if (file !== undefined && statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new MeridianError(`Option ${option}: ${file} is a folder. Give the path of a file.`, 2);
  }
  if (templates !== undefined && system !== undefined) {
    throw new MeridianError(`Option --templates: it takes the place of systems, and system "${system}" is named too. Leave one of them out.`, 2);
  }
  const stray = regions !== undefined ? '--regions' : parameters !== undefined ? '--parameters' : undefined;
  if (templates === undefined && stray !== undefined) {
    throw new MeridianError(`Option ${stray}: it belongs to --templates; systems have regions and parameters of their own. Leave it out, or name a folder with --templates.`, 2);
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomic(file, text);
}
