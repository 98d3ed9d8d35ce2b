import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { MeridianError, type ExitCode } from '../../errors';
import { bootstrap, bootstrapMember, memberStacks, type BootstrapStack } from '../../rollout';
import type { Context } from '../context';
import { table } from '../render/table';
import { printJson } from '../terminal';
import { askToType } from './ask';
import { describeTarget, withStandingTarget, type TargetOptions } from './target';

/** What `meridian bootstrap` was asked for. */
export interface BootstrapCommandOptions extends TargetOptions {
  /** ARN of the role or user that rollouts run as in another account. */
  readonly administrator?: string;
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
  const { administrator, out, yes, json } = options;
  if (out !== undefined) return writeTemplates(context, out, administrator);
  const regions = options.regions ?? [...new Set(workspace.loadSystems().flatMap((system) => [system.regions.primary, system.regions.secondary]))].sort();
  return withStandingTarget<ExitCode>(context, options, async ({ target }) => {
    const what = `Bootstrap of ${describeTarget(target)}`;
    terminal.tell(`${what} in ${regions.join(', ')}${administrator === undefined ? '' : `, to be rolled into by ${administrator}`}.`);
    if (target.kind === 'aws' && !yes) await askToType(context, { what, expected: target.account });
    const stacks = administrator === undefined ? await bootstrap({ target, regions }) : await bootstrapMember({ target, administrator, regions });
    if (json) printJson(terminal, { exitCode: 0, target: target.choice, stacks });
    else terminal.print(`${table([{ head: 'Stack' }, { head: 'Region' }, { head: '' }], stacks.map(({ stack, region, action }) => [stack, region, done[action]]))}\n`);
    return 0;
  });
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
