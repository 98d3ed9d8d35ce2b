import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { build } from '../../src/build/build';
import { loadWaivers } from '../../src/check';
import { chooseSystems } from '../../src/cli/choose';
import { failureOf } from '../../src/cli/failure';
import { deployParameters } from '../../src/cli/run/deploy-parameters';
import { printJson, type Terminal } from '../../src/cli/terminal';
import type { Workspace } from '../../src/cli/workspace';
import type { ExitCode } from '../../src/errors';
import { raiseFloor, readFloor, shortcomings } from '../../src/mutate/floor';
import { mutationJson, renderMutation } from '../../src/mutate/report';
import { mutate } from '../../src/mutate/run';
import type { MutationSetting } from '../../src/mutate/setting';

/** The environments that are mutated: what customers depend on, and what an account has once. */
const environments = ['production', 'shared'];

/** How many places of a kind an operator is made at, unless `--all` is given. */
const PER_KIND = 2;

interface Options {
  readonly system?: readonly string[];
  readonly operator?: readonly string[];
  readonly all?: boolean;
  readonly jobs?: number;
  readonly json?: boolean;
  readonly update?: boolean;
}

const description =
  'Seeds mistakes that engineers make into the production templates of every system, one at a time, and prints which ones the checker ' +
  'does not notice. Exit code 1 when too few are noticed, or fewer than the committed score says; docs/mutation.md explains it.';

const examples = `
Examples:
  npm run mutate                                         everything
  npm run mutate -- --operator rds-public                one mistake, wherever it can be made
  npm run mutate -- --system kasha --json > scores.json  one system, for a program to read
  npm run mutate -- --update                             commit a score that rose`;

/**
 * `npm run mutate`: tests the checker with seeded mistakes.
 * @param args what follows the script's name
 * @returns the exit code: 0, 1 when too few mistakes are noticed, 2 for wrong input, 3 when a tool failed
 */
export async function mutateCommand(args: readonly string[], workspace: Workspace, terminal: Terminal): Promise<ExitCode> {
  const command = new Command('npm run mutate --')
    .description(description)
    .option('--operator <id...>', 'only these mistakes; then the committed score is not looked at')
    .option('--system <name...>', 'only these systems; then the committed score is not looked at')
    .option('--all', `every place, not the first ${PER_KIND} of a kind`)
    .option('--jobs <count>', 'processes at a time; one for each core by default', count)
    .option('--json', 'print one JSON document instead of text')
    .option('--update', 'write the score to rules/mutation-score.json where it rose')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text), writeErr: (text) => terminal.tell(text.trimEnd()) });
  const folder = mkdtempSync(join(tmpdir(), 'meridian-mutate-'));
  try {
    command.parse(args, { from: 'user' });
    return await run(command.opts<Options>(), folder, workspace, terminal);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = failureOf(error);
    terminal.tell(failure.text);
    return failure.exitCode;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(options: Options, folder: string, workspace: Workspace, terminal: Terminal): Promise<ExitCode> {
  const file = join(workspace.project, 'rules', 'mutation-score.json');
  const floor = readFloor(file);
  const result = await mutate(await settingOf(options, folder, workspace), { jobs: options.jobs, onStage: (what) => terminal.hint(`  ${what} …`) });
  if (options.json) printJson(terminal, mutationJson(result));
  else terminal.print(renderMutation(result));
  if (options.operator ?? options.system) return 0;
  if (options.update) raiseFloor(file, floor, result.judged);
  const lacking = shortcomings(result.judged, floor);
  for (const sentence of lacking) terminal.tell(`Mutation score too low: ${sentence}. Write or sharpen the rules that the survivors above call for.`);
  return lacking.length > 0 ? 1 : 0;
}

/** Builds what is mutated, with the deploy-time values that production has. */
async function settingOf({ system, operator, all }: Options, folder: string, workspace: Workspace): Promise<MutationSetting> {
  const systems = system ? system.flatMap((name) => chooseSystems(workspace.loadSystems(), name, undefined)) : workspace.loadSystems();
  const dist = join(folder, 'dist');
  const built = await build({ dist, systems, environments });
  return {
    dist,
    project: workspace.project,
    store: folder,
    environments: built.map((manifest) => {
      const { suffix, values } = deployParameters({ ...workspace, dist }, manifest);
      return { system: manifest.system, environment: manifest.environment, parameters: { ...values, EnvironmentSuffix: suffix } };
    }),
    waivers: loadWaivers(workspace.project),
    today: new Date().toISOString().slice(0, 10),
    ...(operator && { operators: operator }),
    ...(all ? {} : { perKind: PER_KIND }),
  };
}

function count(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 99.');
  return Number(text);
}
