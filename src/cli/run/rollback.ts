import type { ExitCode } from '../../errors';
import { forbiddenLosses, rollback, type RollbackPreview, type RollbackResult } from '../../rollout';
import type { Context } from '../context';
import type { ProgressKind } from '../options';
import { openProgress } from '../progress/progress';
import { renderRollback, renderRollbackPlan } from '../render/rollback';
import { renderStop } from '../render/rollout';
import { printJson } from '../terminal';
import { askToType } from './ask';
import { chooseBuilt } from './built';
import { deployParameters, sharedDeployParameters } from './deploy-parameters';
import { describeTarget, withStandingTarget, type TargetOptions, type TargetSession } from './target';

/** What `meridian rollback` was asked for. */
export interface RollbackCommandOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  /** How many rollouts to go back. */
  readonly to?: number;
  readonly suffix?: string;
  readonly wait: number;
  readonly allowReplace: readonly string[];
  readonly yes?: boolean;
  readonly progress: ProgressKind;
  readonly json?: boolean;
}

/**
 * Shows what would go back, asks where it matters, brings it back, and prints where that got.
 * @throws MeridianError (exit 1) when there is nothing to go back to, consent is not given or data would be lost
 */
export async function runRollback(context: Context, options: RollbackCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const { system, environment } = options;
  chooseBuilt(workspace, system, environment);
  return withStandingTarget(context, options, async (session) => {
    const result = await rollbackWithProgress(context, session, options);
    if (options.json) printJson(terminal, { target: session.target.choice, ...result });
    else {
      terminal.print(renderRollback(result, terminal));
      const stop = renderStop({ ...result, ...(result.exitCode !== 0 && { rollback: { ...result, nodes: [] } }) }, terminal);
      if (stop) terminal.tell(`\n${stop}`);
    }
    return result.exitCode;
  });
}

async function rollbackWithProgress(context: Context, { target }: TargetSession, options: RollbackCommandOptions): Promise<RollbackResult> {
  const { workspace, terminal, interruption } = context;
  const { system, environment, to, suffix, wait, allowReplace, yes } = options;
  const parameters = deployParameters(workspace, { system, environment, suffix });
  const sharedParameters = sharedDeployParameters(workspace, { system, environment });
  const confirm = async ({ plan, left }: RollbackPreview): Promise<void> => {
    const forbidden = forbiddenLosses(plan, allowReplace);
    terminal.tell(renderRollbackPlan(plan, { forbidden, left, where: describeTarget(target) }, { ...terminal, colors: terminal.progressColors }));
    if (target.kind === 'aws' && !yes && forbidden.length === 0) await askToType(context, { what: `Rollback of ${system} ${environment} in account ${target.account}`, expected: `${system} ${environment}` });
  };
  const progress = openProgress(options.progress, terminal);
  try {
    return await interruption.gracefully(
      'Stopping after the operations that are under way. Press Ctrl-C again to end at once; they go on without this command then.',
      (signal) => rollback({ target, dist: workspace.dist, state: workspace.state, system, environment, parameters, sharedParameters, to, wait, allowReplace, confirm, signal, onEvent: progress.listener }),
      (message) => progress.say(message),
    );
  } finally {
    await progress.end();
  }
}
