import type { ExitCode } from '../../errors';
import { forbiddenLosses, plan, writePlan, type RolloutPlan } from '../../rollout';
import { chooseSystem, rolledWith, shared } from '../choose';
import type { Context } from '../context';
import { renderPlan } from '../render/plan';
import { step } from '../step';
import { printJson } from '../terminal';
import { buildSystems } from './build-systems';
import { deployParameters, sharedDeployParameters } from './deploy-parameters';
import { checkTarget, describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian plan` was asked for. */
export interface PlanCommandOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  /** A file in the place of `parameters/<system>/<environment>.yaml`. */
  readonly parameters?: string;
  readonly suffix?: string;
  /** Whether CloudFormation is asked too. */
  readonly changeSets?: boolean;
  readonly out?: string;
  readonly allowReplace: readonly string[];
  readonly json?: boolean;
}

/**
 * Builds a system and prints what a rollout of it would change.
 * @returns 1 when data would be lost that `--allow-replace` does not name
 */
export async function runPlan(context: Context, options: PlanCommandOptions): Promise<ExitCode> {
  const { system, environment, parameters: file, suffix, changeSets, out, allowReplace, json } = options;
  const { workspace, terminal } = context;
  checkTarget(options);
  const systems = workspace.loadSystems();
  chooseSystem(systems, system, environment);
  await buildSystems(context, rolledWith(systems, system), [environment, shared.environment]);
  const parameters = deployParameters(workspace, { system, environment, file, suffix });
  const sharedParameters = sharedDeployParameters(workspace, { system, environment });
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const made = await step(terminal, 'Plan', () => plan({ target, dist: workspace.dist, system, environment, parameters, sharedParameters, changeSets }), summary);
    if (out !== undefined) writePlan(out, made);
    const forbidden = forbiddenLosses(made, allowReplace);
    const exitCode = forbidden.length > 0 ? 1 : 0;
    if (json) printJson(terminal, { exitCode, plan: made, forbidden });
    else terminal.print(renderPlan(made, { forbidden, out, where: describeTarget(target) }, terminal));
    return exitCode;
  });
}

function summary({ nodes }: RolloutPlan): string {
  const count = (...actions: readonly string[]): number => nodes.filter(({ action }) => actions.includes(action)).length;
  return `${count('create', 'recreate')} to create, ${count('update')} to update, ${count('none')} unchanged`;
}
