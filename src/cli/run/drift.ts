import type { ExitCode } from '../../errors';
import { detectDrift, revertDrift, type DriftedResource, type DriftReport, type Target } from '../../rollout';
import type { Context } from '../context';
import { renderDrift } from '../render/drift';
import { step } from '../step';
import { printJson } from '../terminal';
import { askToType } from './ask';
import { chooseBuilt } from './built';
import { deployParameters } from './deploy-parameters';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian drift` was asked for. */
export interface DriftCommandOptions extends TargetOptions {
  readonly system?: string;
  readonly environment?: string;
  /** @default the one in the parameters file */
  readonly suffix?: string;
  readonly region?: string;
  /** Whether differences that a healthy system shows are listed too. */
  readonly all?: boolean;
  readonly revert?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * Prints what drifted, and brings it back when asked to.
 * @returns 1 when something drifted and stays so
 * @throws MeridianError (exit 2) for a system or environment that is not there, (exit 1) when the revert is not agreed to or would undo a failover
 */
export async function runDrift(context: Context, options: DriftCommandOptions): Promise<ExitCode> {
  const { terminal } = context;
  const { all = false, revert = false, json } = options;
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const report = await step(terminal, 'Drift', () => detectAll(context, options, target), summary);
    const mistakes = report.drifted.filter(({ expectedBecause }) => expectedBecause === undefined);
    const reverted = revert && mistakes.length > 0 ? await revertAll(context, options, target, report.drifted, mistakes) : [];
    const exitCode = mistakes.length > 0 && reverted.length === 0 ? 1 : 0;
    if (json) printJson(terminal, { exitCode, target: target.choice, ...report, reverted });
    else terminal.print(`${renderDrift(report, { all, reverted: reverted.length > 0 }, terminal)}In ${describeTarget(target)}.\n`);
    return exitCode;
  });
}

async function detectAll({ workspace }: Context, { system, environment, suffix, region }: DriftCommandOptions, target: Target): Promise<DriftReport> {
  const systems = chooseBuilt(workspace, system, environment).map((each) => ({ ...each, suffix: deployParameters(workspace, { ...each, suffix }).suffix }));
  const reports = await Promise.all(systems.map((each) => detectDrift({ target, dist: workspace.dist, region, ...each })));
  const sum = (count: (report: DriftReport) => number): number => reports.reduce((total, report) => total + count(report), 0);
  return { drifted: reports.flatMap(({ drifted }) => drifted), stacks: sum(({ stacks }) => stacks), checked: sum(({ checked }) => checked) };
}

async function revertAll(context: Context, { yes }: DriftCommandOptions, target: Target, drifted: readonly DriftedResource[], mistakes: readonly DriftedResource[]): Promise<string[]> {
  const { terminal } = context;
  const roots = new Set(mistakes.map(({ rootStackId }) => rootStackId));
  if (!yes) {
    terminal.tell(renderDrift({ drifted: mistakes, stacks: 0, checked: 0 }, { all: false, reverted: false }, terminal).trimEnd());
    await askToType(context, { what: 'Revert of the drift', expected: 'revert' });
  }
  return step(terminal, 'Revert', () => revertDrift(target, drifted.filter(({ rootStackId }) => roots.has(rootStackId))), (stacks) => `${stacks.length} ${stacks.length === 1 ? 'stack' : 'stacks'}`);
}

function summary({ drifted, stacks, checked }: DriftReport): string {
  return `${drifted.length} of ${checked} resources that can be compared, in ${stacks} stacks`;
}
