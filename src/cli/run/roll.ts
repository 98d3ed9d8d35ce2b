import { rollout, type BakeOptions, type DeployParameters, type RolloutPlan, type RolloutResult } from '../../rollout';
import type { Context } from '../context';
import type { ProgressKind } from '../options';
import { openProgress } from '../progress/progress';
import { coverageByRoot, type NodeCoverage } from './coverage';
import { sharedDeployParameters } from './deploy-parameters';
import type { TargetSession } from './target';

/** What to roll, and how to show it. */
export interface RollOptions {
  readonly system: string;
  readonly environment: string;
  readonly parameters: DeployParameters;
  /** Seconds to wait for somebody else's operation. */
  readonly wait: number;
  /** Whether to go on after a rollout that was killed although what is built has changed since. @default false */
  readonly resume?: boolean;
  readonly progress: ProgressKind;
  /** @default whatever is needed */
  readonly plan?: RolloutPlan;
  /** Ids of what stores data and may be replaced or removed. @default none */
  readonly allowReplace?: readonly string[];
  /** @default not at all */
  readonly bake?: BakeOptions;
  /** @default 'hold' */
  readonly onFailure?: 'hold' | 'rollback';
  /** @default not looked for */
  readonly drift?: 'warn' | 'block';
}

/** A rollout's result, with what stands behind the resources on the local AWS. */
export interface Rolled {
  readonly result: RolloutResult;
  /** By stack id; undefined with a real account. */
  readonly coverage?: ReadonlyMap<string, NodeCoverage>;
}

/**
 * Rolls one system that was built, with its progress on standard error. An interruption stops it after the operations that are under way.
 * @throws MeridianError for what is wrong before anything was changed
 */
export async function roll({ workspace, terminal, interruption }: Context, { target, control }: TargetSession, options: RollOptions): Promise<Rolled> {
  const { system, environment, parameters, wait, resume, plan, allowReplace, bake, onFailure, drift } = options;
  const { dist, state } = workspace;
  const sharedParameters = sharedDeployParameters(workspace, { system, environment });
  const progress = openProgress(options.progress, terminal);
  try {
    const result = await interruption.gracefully(
      'Stopping after the operations that are under way. Press Ctrl-C again to end at once; they go on without this command then.',
      (signal) => rollout({ target, dist, state, system, environment, parameters, sharedParameters, wait, resume, plan, allowReplace, bake, onFailure, drift, signal, onEvent: progress.listener }),
      (message) => progress.say(message),
    );
    return { result, ...(control && { coverage: await coverageByRoot(control) }) };
  } finally {
    await progress.end();
  }
}
