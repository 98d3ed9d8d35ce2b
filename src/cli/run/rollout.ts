import type { ExitCode } from '../../errors';
import { readPlan, type DeployParameters } from '../../rollout';
import { parametersText } from '../../rollout/parameters-file';
import { chooseSystem, rolledWith, shared } from '../choose';
import type { Context } from '../context';
import type { ProgressKind } from '../options';
import { renderNodes, renderStop, rolledNodes } from '../render/rollout';
import { printJson, type Terminal } from '../terminal';
import { buildSystems } from './build-systems';
import { deployParameters } from './deploy-parameters';
import { roll, type Rolled } from './roll';
import { checkTarget, withTarget, type TargetOptions, type TargetSession } from './target';

/** What `meridian rollout` was asked for. */
export interface RolloutCommandOptions extends TargetOptions {
  readonly system: string;
  readonly environment: string;
  /** A file in the place of `parameters/<system>/<environment>.yaml`. */
  readonly parameters?: string;
  readonly suffix?: string;
  readonly wait: number;
  readonly resume?: boolean;
  /** A file that `meridian plan --out` wrote. */
  readonly plan?: string;
  readonly allowReplace: readonly string[];
  /** Seconds. @default by the target (see `bakeSeconds`) */
  readonly bake?: number;
  readonly ignoreAlarm: readonly string[];
  readonly onFailure: 'hold' | 'rollback';
  readonly drift?: 'warn' | 'block';
  readonly keep?: boolean;
  readonly yes?: boolean;
  readonly progress: ProgressKind;
  readonly json?: boolean;
}

/** Seconds to bake when nothing else is said: most alarms judge five minutes or less; on the local AWS no alarm judges anything. */
const bakeSeconds = { aws: 300, local: 0 } as const;

/** Builds a system and what its account shares, rolls both, and prints where that got. */
export async function runRollout(context: Context, options: RolloutCommandOptions): Promise<ExitCode> {
  const { system, environment, parameters: file, suffix, wait, resume, progress, allowReplace, ignoreAlarm, onFailure, drift, keep = false, yes, json } = options;
  const { workspace, terminal } = context;
  checkTarget(options);
  const plan = options.plan === undefined ? undefined : readPlan(options.plan);
  const systems = workspace.loadSystems();
  chooseSystem(systems, system, environment);
  if (file !== undefined) parametersText(file);
  const meanwhile = async (): Promise<DeployParameters> => {
    await buildSystems(context, rolledWith(systems, system), [environment, shared.environment]);
    return deployParameters(workspace, { system, environment, file, suffix });
  };
  return withTarget(context, options, { keep, meanwhile }, async (session, values) => {
    if (session.target.kind === 'aws') await (require('./consent') as typeof import('./consent')).consentToRoll(context, session.target, { system, environment, parameters: values, yes });
    const rolled = await roll(context, session, {
      ...{ system, environment, parameters: values, wait, resume, progress, plan, allowReplace, onFailure, drift },
      bake: { seconds: options.bake ?? bakeSeconds[session.target.kind], ignored: ignoreAlarm },
    });
    if (json) printJson(terminal, document(rolled, session));
    else show(terminal, rolled, session);
    return rolled.result.exitCode;
  });
}

function document(rolled: Rolled, { target }: TargetSession): object {
  const { exitCode, message, gate, alarms, rollback, outputs, outputsFile } = rolled.result;
  return { exitCode, target: target.choice, ...(message && { message }), ...(gate && { gate }), ...(alarms && { alarms }), ...(rollback && { rollback }), nodes: rolledNodes(rolled), outputs, outputsFile };
}

function show(terminal: Terminal, rolled: Rolled, { target, local }: TargetSession): void {
  const { gate, outputsFile, rollback } = rolled.result;
  terminal.print(renderNodes(rolledNodes(rolled), target.kind, terminal));
  if (rollback && rollback.nodes.length > 0) terminal.print(`\n${renderNodes(rollback.nodes, 'aws', terminal)}`);
  const stop = renderStop(rolled.result, terminal);
  if (stop) terminal.tell(`\n${stop}`);
  for (const { name, type, value } of gate?.records ?? []) terminal.print(`${name}  ${type}  ${value}\n`);
  terminal.print(`\nOutputs  ${outputsFile}\n`);
  if (local?.lifetime === 'own') terminal.tell('\nThe local AWS of this rollout ends now and takes everything with it. To look around, roll with --keep, or after "meridian local start".');
  if (local?.lifetime === 'kept') terminal.tell('\nThe local AWS goes on: "meridian status" shows what stands, "meridian local stop" ends it.');
}
