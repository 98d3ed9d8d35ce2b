import { check, checkFolder, loadWaivers, type CheckProgress, type CheckResult, type CheckStep, type FolderOptions } from '../../check';
import type { StepOptions } from '../../check/options';
import { builtEnvironments } from '../../check/read-templates';
import { MeridianError } from '../../errors';
import type { Context } from '../context';
import { stepDone } from '../step';
import { deployParameters } from './deploy-parameters';

/** What to check of what was built. */
export interface CheckScope {
  readonly systems: readonly string[];
  /** @default every environment of them */
  readonly environments?: readonly string[];
  /** Whether results met before may be used. @default true */
  readonly useCache?: boolean;
  /** @default all */
  readonly steps?: readonly CheckStep[];
}

/**
 * Checks what was built as a step of a command, with a line of progress for each tool.
 * @throws MeridianError (exit 2) for a parameters file that can't be read, (exit 4) when it was interrupted; both tools have ended then
 */
export async function checkSystems(context: Context, scope: CheckScope): Promise<CheckResult> {
  const { project, dist } = context.workspace;
  const values = parameterValues(context, scope);
  return interruptibly(context, (common) =>
    check({ ...common, ...scope, dist, waivers: loadWaivers(project), parametersOf: (system, environment) => values.get(`${system}/${environment}`) ?? {} }),
  );
}

/** The deploy-time values of everything in scope, by `system/environment`. Read before the check: a file that can't be read is wrong input, no finding. */
function parameterValues({ workspace }: Context, { systems, environments }: CheckScope): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const inScope = builtEnvironments(workspace.dist).filter(({ system, environment }) => systems.includes(system) && (environments?.includes(environment) ?? true));
  return new Map(
    inScope.map((each) => {
      const { suffix, values } = deployParameters(workspace, each);
      return [`${each.system}/${each.environment}`, { ...values, EnvironmentSuffix: suffix }];
    }),
  );
}

/** Checks a folder of anybody's templates, as `checkSystems` checks systems. */
export function checkTemplates(context: Context, folder: Pick<FolderOptions, 'folder' | 'regions' | 'parametersFile' | 'useCache'>): Promise<CheckResult> {
  return interruptibly(context, (common) => checkFolder({ ...common, ...folder }));
}

type Common = Required<Pick<StepOptions, 'project' | 'signal' | 'onProgress'>> & { readonly today: string };

function interruptibly({ workspace, terminal, interruption }: Context, run: (common: Common) => Promise<CheckResult>): Promise<CheckResult> {
  const started = performance.now();
  const onProgress = (progress: CheckProgress): void => {
    if (progress.kind === 'command') return terminal.hint(`  ${progress.step} …`);
    stepDone(terminal, progress.step, summary(progress), (performance.now() - started) / 1_000);
  };
  return interruption.gracefully('Stopping: cfn-lint, cfn-guard and kubernetes-validate are ended.', async (signal) => {
    try {
      return await run({ project: workspace.project, signal, onProgress, today: new Date().toISOString().slice(0, 10) });
    } catch (error) {
      if (signal.aborted) throw new MeridianError('Check stopped: it was interrupted. Run the same command again.', 4, { cause: error });
      throw error;
    }
  });
}

/** What each step counts. */
const unitOf = {
  quotas: { one: 'template', many: 'templates' },
  'cfn-lint': { one: 'template', many: 'templates' },
  'cfn-guard': { one: 'environment in a region', many: 'environments by region' },
  'kubernetes-validate': { one: 'manifest', many: 'manifests' },
  metrics: { one: 'metric named', many: 'metrics named' },
  invariants: { one: 'environment as a whole', many: 'environments as a whole' },
} as const;

function summary({ step, units, fromCache, findings }: Extract<CheckProgress, { kind: 'done' }>): string {
  const what = `${units} ${units === 1 ? unitOf[step].one : unitOf[step].many}`;
  return [what, ...(fromCache > 0 ? [`${fromCache} unchanged`] : []), ...(findings > 0 ? [`${findings} found, before waivers`] : [])].join(', ');
}
