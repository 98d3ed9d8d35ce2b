import type { ExitCode } from '../../errors';
import { continueRollbacks, stuckStacks, type ContinuedRollback, type StuckStack } from '../../rollout';
import type { Context } from '../context';
import { placeOf, resourcePath } from '../render/place';
import { step } from '../step';
import { printJson } from '../terminal';
import { chooseBuilt } from './built';
import { deployParameters } from './deploy-parameters';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian continue-rollback` was asked for. */
export interface ContinueRollbackOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  /** @default the one in the parameters file */
  readonly suffix?: string;
  readonly skip: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Names the stacks that are stuck, and continues their rollbacks.
 * @returns 3 when one is stuck still; 1 when one is and nothing was to be done
 */
export async function runContinueRollback(context: Context, options: ContinueRollbackOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const { system, environment, skip, dryRun = false, json } = options;
  chooseBuilt(workspace, system, environment);
  const { suffix } = deployParameters(workspace, { system, environment, suffix: options.suffix });
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const stuck = await stuckStacks({ target, dist: workspace.dist, system, environment, suffix });
    if (!json) for (const stack of stuck) terminal.tell(stuckLines(stack).join('\n'));
    const continued = dryRun || stuck.length === 0 ? [] : await step(terminal, 'Continue', () => continueRollbacks(target, stuck, skip), summary);
    const exitCode = stuck.length === 0 || (continued.length > 0 && continued.every(isBack)) ? 0 : dryRun ? 1 : 3;
    if (json) printJson(terminal, { exitCode, target: target.choice, stuck, continued });
    else terminal.print(`${stuck.length === 0 ? `No stack of ${system} ${environment} is in UPDATE_ROLLBACK_FAILED. In ${describeTarget(target)}.` : continued.map(endLine).join('\n')}\n`);
    return exitCode;
  });
}

function isBack({ status }: ContinuedRollback): boolean {
  return status === 'UPDATE_ROLLBACK_COMPLETE';
}

function stuckLines({ node, resources, reason }: StuckStack): string[] {
  const list = resources.map((resource) => `  ${resourcePath(resource)} (${resource.type}): ${resource.reason}`);
  return [`${placeOf(node)} is in UPDATE_ROLLBACK_FAILED. It could not go back:`, ...(list.length > 0 ? list : [`  ${reason}`])];
}

function endLine({ stack, status, reason, skipped }: ContinuedRollback): string {
  const left = skipped.length === 0 ? '' : ` Left as they are: ${skipped.map(resourcePath).join(', ')}; the next rollout updates them.`;
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return `${placeOf(stack.node)} is back where it was before the update that failed.${left}`;
  return `${placeOf(stack.node)} is stuck still: ${reason ?? status}. Correct the cause and run the same command again, or give --skip for what can not go back.`;
}

function summary(continued: readonly ContinuedRollback[]): string {
  return `${continued.filter(isBack).length} of ${continued.length} stacks`;
}
