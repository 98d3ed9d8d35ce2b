import type { ExitCode } from '../../errors';
import { destroy, planDestroy, type DestroyOptions, type DestroyResult } from '../../rollout';
import type { Context } from '../context';
import type { ProgressKind } from '../options';
import { openProgress } from '../progress/progress';
import { renderDestroyed, renderDestruction } from '../render/destroy';
import { renderStop } from '../render/rollout';
import { printJson } from '../terminal';
import { askToType } from './ask';
import { chooseBuilt } from './built';
import { deployParameters } from './deploy-parameters';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian destroy` was asked for. */
export interface DestroyCommandOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  readonly suffix?: string;
  readonly wait: number;
  readonly unprotected?: boolean;
  readonly yes?: boolean;
  readonly progress: ProgressKind;
  readonly json?: boolean;
}

/**
 * Shows what would be destroyed, asks, destroys it, and prints what a policy kept.
 * @throws MeridianError (exit 1) when consent is not given or data is protected
 */
export async function runDestroy(context: Context, options: DestroyCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const { system, environment, suffix, wait, unprotected, yes, json } = options;
  const { dist, state } = workspace;
  chooseBuilt(workspace, system, environment);
  const parameters = deployParameters(workspace, { system, environment, suffix });
  return withStandingTarget(context, options, async ({ target }) => {
    const asked: DestroyOptions = { target, dist, state, system, environment, parameters, wait, unprotected };
    const plan = await planDestroy(asked);
    if (plan.nodes.length > 0) {
      terminal.tell(renderDestruction(plan, `${system} ${environment}`, describeTarget(target)));
      if (!yes) await askToType(context, { what: `Destruction of ${system} ${environment}`, expected: `${system} ${environment}` });
    }
    const result = await destroyWithProgress(context, asked, options.progress);
    if (json) printJson(terminal, { target: target.choice, ...result });
    else {
      terminal.print(renderDestroyed(result, `${system} ${environment}`, terminal));
      const stop = renderStop(result, terminal);
      if (stop) terminal.tell(`\n${stop}`);
    }
    return result.exitCode;
  });
}

async function destroyWithProgress({ terminal, interruption }: Context, asked: DestroyOptions, kind: ProgressKind): Promise<DestroyResult> {
  const progress = openProgress(kind, terminal);
  try {
    return await interruption.gracefully(
      'Stopping after the current deletion. Press Ctrl-C again to end at once; the deletion goes on without this command then.',
      (signal) => destroy({ ...asked, signal, onEvent: progress.listener }),
      (message) => progress.say(message),
    );
  } finally {
    await progress.end();
  }
}
