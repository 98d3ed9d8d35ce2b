import { environmentFolder } from '../../build/manifest';
import type { ExitCode } from '../../errors';
import { chooseSystems } from '../choose';
import type { Context } from '../context';
import { renderBuild, summarize } from '../render/build';
import { printJson } from '../terminal';
import { buildSystems } from './build-systems';

/** What `meridian build` was asked for. */
export interface BuildCommandOptions {
  readonly system?: string;
  readonly environment?: string;
  readonly json?: boolean;
}

/** Builds, and prints what was built with its use of CloudFormation's quotas. */
export async function runBuild(context: Context, { system, environment, json }: BuildCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const systems = chooseSystems(workspace.loadSystems(), system, environment);
  const manifests = await buildSystems(context, systems, environment === undefined ? undefined : [environment]);
  const built = manifests.map((manifest) => summarize(manifest, environmentFolder(workspace.dist, manifest.system, manifest.environment)));
  if (json) printJson(terminal, { exitCode: 0, environments: built });
  else terminal.print(renderBuild(built, terminal));
  return 0;
}
