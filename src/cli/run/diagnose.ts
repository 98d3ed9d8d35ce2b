import type { ExitCode } from '../../errors';
import { diagnose, diagnoseById, type Diagnosis, type Target } from '../../rollout';
import type { Context } from '../context';
import { renderDiagnoses } from '../render/diagnosis';
import { printJson } from '../terminal';
import { chooseBuilt } from './built';
import { deployParameters } from './deploy-parameters';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian diagnose` was asked for. */
export interface DiagnoseCommandOptions extends TargetOptions {
  readonly system?: string;
  readonly environment?: string;
  /** @default the one in the parameters file */
  readonly suffix?: string;
  readonly region?: string;
  /** Id of one root stack, in the place of systems. */
  readonly stack?: string;
  /** Whether consequences are shown too. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/**
 * Prints why instances failed.
 * @returns 1 when one did
 * @throws MeridianError (exit 2) for a system or environment that is not there, or an id that is no stack's
 */
export async function runDiagnose(context: Context, options: DiagnoseCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { region, stack, all = false, json } = options;
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const found = stack === undefined ? await diagnoseBuilt(context, options, target) : [await diagnoseById(target, stack)].filter((diagnosis) => diagnosis !== undefined);
    const diagnoses = region === undefined ? found : found.filter((diagnosis) => diagnosis.region === region);
    const exitCode = diagnoses.length > 0 ? 1 : 0;
    if (json) printJson(terminal, { exitCode, target: target.choice, diagnoses });
    else terminal.print(diagnoses.length > 0 ? `${renderDiagnoses(diagnoses, all, terminal)}\n` : `Nothing failed in the last operation of any instance. In ${describeTarget(target)}.\n`);
    return exitCode;
  });
}

async function diagnoseBuilt({ workspace }: Context, { system, environment, suffix }: DiagnoseCommandOptions, target: Target): Promise<Diagnosis[]> {
  const systems = chooseBuilt(workspace, system, environment).map((each) => ({ ...each, suffix: deployParameters(workspace, { ...each, suffix }).suffix }));
  return (await Promise.all(systems.map((each) => diagnose({ target, dist: workspace.dist, ...each })))).flat();
}
