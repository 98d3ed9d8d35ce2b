import { realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commandLine, runTool, toolFailed } from '../tool';
import type { Tool } from '../../toolchain';
import { brokenRuleCodes, brokenRuleError, guardAnswers, guardArguments } from './command';
import { writeDocuments } from './documents';
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

/** One process's work: templates by file name, and rules. */
export interface JudgeRequest {
  /** What the templates are about, as the name of their folder says it. @default documents */
  readonly title?: string;
  readonly documents: ReadonlyMap<string, object>;
  readonly rules: readonly GuardRule[];
}

/**
 * Judges templates by rules in one process.
 * @returns verdicts by document
 * @throws MeridianError with exit code 2 for a rule file that doesn't parse, 3 when cfn-guard fails or leaves anything out
 */
export async function judge({ title = 'documents', documents, rules }: JudgeRequest, options: JudgeOptions): Promise<Map<string, Verdicts>> {
  const { tool, project, resolved, onCommand, signal } = options;
  const folder = writeDocuments(join(resolved, 'slices'), title, documents);
  const args = guardArguments({ data: [relative(project, folder)], rules: rules.map(({ file }) => relative(project, file)) });
  onCommand?.(commandLine(relative(project, tool.command), args));
  const output = await runTool(tool, args, { cwd: project, answers: (code) => guardAnswers(code) || brokenRuleCodes.includes(code), signal });
  const withoutReport = { stdout: '', stderr: output.stderr };
  // A rule that is left out shows in the exit code only while no other rule fails.
  const broken = brokenRuleError(output, rules);
  if (broken) throw broken;
  if (!guardAnswers(output.code)) throw toolFailed(tool, `it exited with code ${output.code}`, withoutReport);
  const report = readReport(tool, output, rules.map(({ name }) => name));
  return new Map(
    [...documents.keys()].map((name) => {
      const file = join(folder, name);
      const verdicts = report.get(realpathSync(file)) ?? report.get(file) ?? report.get(relative(project, file));
      if (!verdicts) throw toolFailed(tool, `its report leaves out ${file}`, withoutReport);
      return [name, verdicts];
    }),
  );
}
