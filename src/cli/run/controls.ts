import { mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { cellOf, controlMatrix, environmentColumns, loadRegister, renderControlsHtml, renderControlsMarkdown, systemColumns, type Column, type ControlMatrix, type Register } from '../../check/controls';
import { MeridianError, type ExitCode } from '../../errors';
import { chooseSystems } from '../choose';
import type { Context } from '../context';
import { renderControls } from '../render/controls';
import { printJson } from '../terminal';
import { unknownName } from '../unknown-name';
import { buildSystems } from './build-systems';
import { checkSystems } from './check-systems';

/** What `meridian controls` was asked for. */
export interface ControlsCommandOptions {
  /** Only the framework of this file in `rules/controls`. */
  readonly framework?: string;
  readonly system?: string;
  /** A Markdown or HTML file to write the matrix to. */
  readonly out?: string;
  readonly json?: boolean;
}

/** How each kind of file is made. HTML has room to tell all environments apart, Markdown only those of one system. */
const renderers: Readonly<Record<string, (matrix: ControlMatrix, columns: readonly Column[]) => string>> = {
  '.md': renderControlsMarkdown,
  '.html': (matrix) => renderControlsHtml(matrix, environmentColumns(matrix)),
};

/**
 * Builds systems, judges them by all rules, and prints what that says of each control.
 * @returns 1 when a control has a rule that failed, or an environment that could not be judged
 */
export async function runControls(context: Context, { framework, system, out, json }: ControlsCommandOptions): Promise<ExitCode> {
  const { terminal, workspace } = context;
  const register = chosenFramework(loadRegister(join(workspace.project, 'rules', 'controls')), framework);
  const writeOut = out === undefined ? undefined : outputOf(out);
  const systems = chooseSystems(workspace.loadSystems(), system, undefined);
  await buildSystems(context, systems);
  const matrix = controlMatrix(await checkSystems(context, { systems: systems.map(({ name }) => name), steps: ['cfn-guard', 'invariants'] }), register);
  const columns = system === undefined ? systemColumns(matrix) : environmentColumns(matrix);
  const exitCode = hasFailed(matrix) ? 1 : 0;
  writeOut?.(matrix, columns);
  if (json) printJson(terminal, { exitCode, ...withCells(matrix) });
  else terminal.print(renderControls(matrix, columns, terminal));
  return exitCode;
}

function chosenFramework(register: Register, slug: string | undefined): Register {
  if (slug === undefined) return register;
  const framework = register.frameworks.find((each) => each.slug === slug.toLowerCase());
  if (!framework) throw unknownName('Framework', slug, register.frameworks.map((each) => each.slug));
  return { ...register, frameworks: [framework] };
}

function outputOf(file: string): (matrix: ControlMatrix, columns: readonly Column[]) => void {
  const render = renderers[extname(file).toLowerCase()];
  if (!render) throw new MeridianError(`Option --out: ${file} is neither .md nor .html. Name a file of one of these kinds.`, 2);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new MeridianError(`Option --out: ${file} is a folder. Give the path of a file.`, 2);
  return (matrix, columns) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic(file, render(matrix, columns));
  };
}

function hasFailed({ frameworks, notJudged }: ControlMatrix): boolean {
  const standings = frameworks.flatMap(({ controls }) => controls.flatMap(({ rules }) => rules.flatMap(({ environments }) => Object.values(environments))));
  return notJudged.length > 0 || standings.some(({ state }) => state === 'failed');
}

/** The matrix with what each control came to in each environment. */
function withCells(matrix: ControlMatrix): object {
  const { environments, notJudged, frameworks } = matrix;
  return {
    ...matrix,
    frameworks: frameworks.map((framework) => ({
      ...framework,
      controls: framework.controls.map(({ rules, ...control }) => ({
        ...control,
        environments: Object.fromEntries(environments.map((environment) => [environment, cellOf(rules, { environments: [environment] }, notJudged)])),
        rules,
      })),
    })),
  };
}
