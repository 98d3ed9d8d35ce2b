import { exitCodeOf, renderTerminal } from '../../check';
import { MeridianError } from '../../errors';
import { status, type DeployParameters, type StatusRow, type Target } from '../../rollout';
import { rolledWith, shared } from '../choose';
import type { Context } from '../context';
import { table } from '../render/table';
import { progressPaint } from '../terminal';
import { askToType } from './ask';
import { checkSystems } from './check-systems';

/** What somebody consents to. */
export interface ConsentOptions {
  readonly system: string;
  readonly environment: string;
  readonly parameters: DeployParameters;
  /** Whether consent was given on the command line. */
  readonly yes?: boolean;
}

/**
 * Checks what is to be rolled to a real account, shows what will be done there, and asks for consent.
 * @throws MeridianError (exit 1) when there are findings, or consent is not given: nothing was changed then
 */
export async function consentToRoll(context: Context, target: Target, options: ConsentOptions): Promise<void> {
  const { workspace, terminal } = context;
  const { system, environment, parameters, yes } = options;
  const what = `Rollout of ${system} ${environment} to account ${target.account}`;
  const systems = rolledWith(workspace.loadSystems(), system).map(({ name }) => name);
  const checked = await checkSystems(context, { systems, environments: systems.map((name) => (name === system ? environment : shared.environment)) });
  if (exitCodeOf(checked.findings) !== 0) {
    terminal.tell(renderTerminal(checked, { colors: terminal.progressColors, width: terminal.width }));
    throw new MeridianError(`${what} refused: what was built has findings. Correct them or waive them; nothing was changed.`, 1);
  }
  const rows = await intents(target, workspace.dist, systems, options);
  const paint = progressPaint(terminal);
  terminal.tell(`\n${paint.bold(what)}, copy "${parameters.suffix}":\n${table([{ head: 'System' }, { head: 'Deployment' }, { head: 'Region' }, { head: 'Accounts', align: 'right' }, { head: 'Will be' }], rows)}\n`);
  if (!yes) await askToType(context, { what, expected: `${system} ${environment}` });
}

/**
 * What becomes of each deployment in each region, with the number of accounts.
 * @param systems by name, what is rolled: the system that is asked for, and what its account shares
 */
export async function intents(target: Target, dist: string, systems: readonly string[], { system, environment, parameters }: Pick<ConsentOptions, 'system' | 'environment' | 'parameters'>): Promise<string[][]> {
  const { suffix, values, accounts = [] } = parameters;
  const own = { system, environment, suffix, values, ...(accounts.length > 0 && { accounts }) };
  return counted(await status({ target, dist, systems: systems.map((name) => (name === system ? own : { system: name, environment: shared.environment })) }));
}

function counted(rows: readonly StatusRow[]): string[][] {
  const counts = new Map<string, { readonly cells: readonly [string, string, string, string]; count: number }>();
  for (const row of rows) {
    const cells = [row.node.system, row.node.deployment, row.node.region, intentOf(row)] as const;
    const group = counts.get(cells.join('/')) ?? { cells, count: 0 };
    counts.set(cells.join('/'), group);
    group.count += 1;
  }
  return [...counts.values()].map(({ cells: [system, deployment, region, intent], count }) => [system, deployment, region, String(count), intent]);
}

function intentOf({ deployed, isBuilt, instanceStatus }: StatusRow): string {
  if (!deployed) return 'created';
  if (!isBuilt) return 'updated to the template that was built';
  return instanceStatus === 'CURRENT' ? 'updated if a value changed' : `updated (it is ${instanceStatus})`;
}
