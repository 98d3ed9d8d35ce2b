import type { ExitCode } from '../../errors';
import { status } from '../../rollout';
import type { Context } from '../context';
import { renderStatus } from '../render/status';
import { printJson } from '../terminal';
import { unknownName } from '../unknown-name';
import { chooseBuilt } from './built';
import { deployParameters } from './deploy-parameters';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian status` was asked for. */
export interface StatusCommandOptions extends TargetOptions {
  readonly system?: string;
  readonly environment?: string;
  /** @default the one in the parameters file */
  readonly suffix?: string;
  readonly region?: string;
  readonly json?: boolean;
}

/**
 * Prints what stands of the systems that were built.
 * @throws MeridianError (exit 2) for a system, environment or region that is not there, with the nearest name
 */
export async function runStatus(context: Context, options: StatusCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const { system, environment, suffix, region, json } = options;
  const systems = chooseBuilt(workspace, system, environment).map((each) => {
    const parameters = deployParameters(workspace, { ...each, suffix });
    return { ...each, suffix: parameters.suffix, values: parameters.values, ...(parameters.accounts && { accounts: parameters.accounts }) };
  });
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const all = await status({ target, dist: workspace.dist, systems });
    const regions = [...new Set(all.map(({ node }) => node.region))].sort();
    if (region !== undefined && !regions.includes(region)) throw unknownName('Region', region, regions);
    const rows = region === undefined ? all : all.filter(({ node }) => node.region === region);
    if (json) printJson(terminal, { exitCode: 0, target: target.choice, deployments: rows });
    else terminal.print(`${renderStatus(rows, new Date(), terminal)}\nIn ${describeTarget(target)}.\n`);
    return 0;
  });
}
