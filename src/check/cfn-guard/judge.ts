import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { commandLine, runTool, toolFailed } from '../tool';
import type { Tool } from '../../toolchain';
import { brokenRuleCodes, brokenRuleError, guardAnswers, guardArguments } from './command';
import { readReport } from './report';
import type { GuardRule } from './rule';
import type { Verdicts } from './verdict';

/** What one cfn-guard process needs besides templates and rules. */
export interface JudgeOptions {
  readonly tool: Tool;
  /** The folder that the command runs in. */
  readonly project: string;
  /** Folder that resolved templates are written to, because cfn-guard reads files. */
  readonly resolved: string;
  /** Called with the command line just before it runs. */
  readonly onCommand?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** One process's work: template files, by path under `resolved`, and rules. */
export interface JudgeRequest {
  readonly documents: ReadonlyMap<string, object>;
  readonly rules: readonly GuardRule[];
  /** Files or folders that hold exactly `rules`. @default the files of the rules */
  readonly ruleFolders?: readonly string[];
}

/**
 * Judges templates by rules in one process.
 * @returns verdicts by document
 * @throws MeridianError with exit code 2 for a rule file that doesn't parse, 3 when cfn-guard fails or leaves anything out
 */
export async function judge({ documents, rules, ruleFolders = rules.map(({ file }) => file) }: JudgeRequest, options: JudgeOptions): Promise<Map<string, Verdicts>> {
  const { tool, project, resolved, onCommand, signal } = options;
  const files = [...documents].map(([name, document]) => ({ name, file: writeDocument(join(resolved, name), document) }));
  const args = guardArguments({ data: files.map(({ file }) => relative(project, file)), rules: ruleFolders.map((folder) => relative(project, folder)) });
  onCommand?.(commandLine(relative(project, tool.command), args));
  const output = await runTool(tool, args, { cwd: project, answers: (code) => guardAnswers(code) || brokenRuleCodes.includes(code), signal });
  const withoutReport = { stdout: '', stderr: output.stderr };
  if (!guardAnswers(output.code)) throw brokenRuleError(output, rules) ?? toolFailed(tool, `it exited with code ${output.code}`, withoutReport);
  const report = readReport(tool, output, rules.map(({ name }) => name));
  return new Map(
    files.map(({ name, file }) => {
      const verdicts = report.get(realpathSync(file)) ?? report.get(file) ?? report.get(relative(project, file));
      if (!verdicts) throw toolFailed(tool, `its report leaves out ${file}`, withoutReport);
      return [name, verdicts];
    }),
  );
}

/** Indented, so that a person can read it beside the command line that names it. */
function writeDocument(path: string, document: object): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(document, undefined, 1)}\n`);
  return path;
}
