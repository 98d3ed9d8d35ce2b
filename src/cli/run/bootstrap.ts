import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import type { System } from '../../cfn';
import { MeridianError, type ExitCode } from '../../errors';
import { bootstrap, bootstrapGitHub, bootstrapMember, memberStacks, type BootstrapStack, type Target } from '../../rollout';
import type { Context } from '../context';
import { table } from '../render/table';
import { printJson } from '../terminal';
import { askToType } from './ask';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian bootstrap` was asked for. */
export interface BootstrapCommandOptions extends TargetOptions {
  /** ARN of the role or user that rollouts run as in another account. */
  readonly administrator?: string;
  /** A repository whose workflows get roles, `owner/name`. */
  readonly github?: string;
  /** @default those of all systems */
  readonly regions?: readonly string[];
  /** A folder to write the templates of a member to, in the place of an account. */
  readonly out?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const done: Readonly<Record<BootstrapStack['action'], string>> = { create: 'created', update: 'updated', none: 'unchanged' };

/**
 * Prepares an account for rollouts, or writes the templates that do.
 * @throws MeridianError (exit 1) when consent is not given, (exit 2) for an administrator that is none, (exit 3) when a stack fails
 */
export async function runBootstrap(context: Context, options: BootstrapCommandOptions): Promise<ExitCode> {
  const { workspace, terminal } = context;
  const { administrator, github, out, yes, json } = options;
  if (github !== undefined && administrator !== undefined) throw new MeridianError('Option --github: workflows roll from the account that has the StackSets, and --administrator prepares another one. Give one of them.', 2);
  if (out !== undefined) return writeTemplates(context, out, administrator);
  const regions = options.regions ?? [...new Set(workspace.loadSystems().flatMap((system) => [system.regions.primary, system.regions.secondary]))].sort();
  const prepare = async (where: { readonly target: Target; readonly regions: readonly string[] }): Promise<BootstrapStack[]> => {
    if (administrator !== undefined) return bootstrapMember({ ...where, administrator });
    return github === undefined ? bootstrap(where) : bootstrapGitHub(where, { repository: github, environments: systemsByEnvironment(workspace.loadSystems()) });
  };
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const what = `Bootstrap of ${describeTarget(target)}`;
    terminal.tell(`${what} in ${regions.join(', ')}${administrator === undefined ? '' : `, to be rolled into by ${administrator}`}${github === undefined ? '' : `, with roles for ${github}`}.`);
    if (target.kind === 'aws' && !yes) await askToType(context, { what, expected: target.account });
    const stacks = await prepare({ target, regions });
    if (json) printJson(terminal, { exitCode: 0, target: target.choice, stacks });
    else terminal.print(`${table([{ head: 'Stack' }, { head: 'Region' }, { head: '' }], stacks.map(({ stack, region, action }) => [stack, region, done[action]]))}\n`);
    return 0;
  });
}

/** The names of the systems that have an environment, by its name. */
function systemsByEnvironment(systems: readonly Pick<System, 'name' | 'environments'>[]): Readonly<Record<string, readonly string[]>> {
  const environments = [...new Set(systems.flatMap((system) => system.environments))].sort();
  return Object.fromEntries(environments.map((environment) => [environment, systems.filter((system) => system.environments.includes(environment)).map(({ name }) => name)]));
}

function writeTemplates({ terminal }: Context, folder: string, administrator: string | undefined): ExitCode {
  if (administrator === undefined) throw new MeridianError('Option --out: it writes the templates for accounts that another one rolls into, and no --administrator is given. Give the role or user that rollouts run as.', 2);
  mkdirSync(folder, { recursive: true });
  for (const { stackName, scope, body } of memberStacks(administrator)) {
    const file = join(folder, `${stackName}.json`);
    writeFileAtomic(file, body);
    terminal.print(`${file}  ${scope === 'global' ? 'once in an account, in us-east-1' : 'in every region in use'}\n`);
  }
  return 0;
}
