import type { ExitCode } from '../../errors';
import { breakGlass, planBreakGlass, type BreakGlassIntent, type BreakGlassRunOptions } from '../../rollout';
import { chooseSystem } from '../choose';
import type { Context } from '../context';
import type { ProgressKind } from '../options';
import { openProgress } from '../progress/progress';
import { renderNodes, renderStop } from '../render/rollout';
import { table } from '../render/table';
import { printJson, progressPaint } from '../terminal';
import { askToType } from './ask';
import { buildSystems } from './build-systems';
import { deployParameters } from './deploy-parameters';
import { checkTarget, describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian break-glass` was asked for. */
export interface BreakGlassCommandOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  readonly region: string;
  /** A file in the place of `parameters/<system>/<environment>.yaml`. */
  readonly parameters?: string;
  readonly suffix?: string;
  readonly yes?: boolean;
  readonly progress: ProgressKind;
  readonly json?: boolean;
}

/**
 * Builds a system, says loudly what will happen, asks, and rolls it in one region past its StackSets.
 * @throws MeridianError (exit 1) when consent is not given or something prevents it: nothing was changed then
 */
export async function runBreakGlass(context: Context, options: BreakGlassCommandOptions): Promise<ExitCode> {
  const { workspace, terminal, interruption } = context;
  const { system, environment, region, parameters: file, suffix, yes, json } = options;
  checkTarget(options);
  const systems = workspace.loadSystems();
  chooseSystem(systems, system, environment);
  await buildSystems(context, systems.filter(({ name }) => name === system), [environment]);
  const parameters = deployParameters(workspace, { system, environment, file, suffix });
  return withStandingTarget<ExitCode>(
    context,
    options,
    async ({ target }) => {
      const asked: BreakGlassRunOptions = { target, dist: workspace.dist, state: workspace.state, system, environment, parameters, region };
      const what = `Break-glass of ${system} ${environment} in ${region}`;
      terminal.tell(warning(await planBreakGlass(asked), `${what}, ${describeTarget(target)}`, context));
      if (!yes) await askToType(context, { what, expected: `${system} ${environment} ${region}` });
      const progress = openProgress(options.progress, terminal);
      const result = await interruption
        .gracefully(
          'Stopping after the current stack. Press Ctrl-C again to end at once; CloudFormation goes on without this command then.',
          (signal) => breakGlass({ ...asked, signal, onEvent: progress.listener }),
          (message) => progress.say(message),
        )
        .finally(() => progress.end());
      if (json) printJson(terminal, { target: target.choice, region, ...result });
      else {
        terminal.print(renderNodes(result.nodes, 'aws', terminal));
        const stop = renderStop(result, terminal);
        if (stop) terminal.tell(`\n${stop}`);
        terminal.tell(`\n${wayBack}`);
      }
      return result.exitCode;
    },
    region,
  );
}

const wayBack = 'Way back, once the home region answers: "meridian rollout" of the same. It finds what differs and brings StackSets and stacks together.';
const actions: Readonly<Record<BreakGlassIntent['action'], string>> = { 'take-over': 'updated past its StackSet', create: 'made as a stack of its own' };

function warning(intents: readonly BreakGlassIntent[], title: string, { terminal }: Pick<Context, 'terminal'>): string {
  const paint = progressPaint(terminal);
  const rows = intents.map(({ node, action, stackName }) => [node.deployment, actions[action], stackName]);
  return [
    '',
    paint.red(paint.bold(title)),
    'Goes past the StackSets: use it only when their home region is down and this region can not wait for it.',
    'What was built is not checked, replaced data is not protected, gates are not waited for, other regions stay as they are.',
    '',
    table([{ head: 'Deployment' }, { head: 'Will be' }, { head: 'Stack' }], rows),
    '',
    wayBack,
    '',
  ].join('\n');
}

