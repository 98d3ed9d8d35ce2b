import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { MeridianError } from '../../errors';
import type { Tool } from '../../toolchain';
import { contentHash, noCache, openCache } from '../cache';
import type { CheckedTemplate } from '../checked-template';
import type { Finding } from '../finding';
import { commandLine, runTool, toolFailed, type ToolOutput } from '../tool';
import { balance, type Workers } from '../workers';
import { lintAnswers, lintArguments, type LintCommand } from './command';
import { lintFinding, lintMatchSchema, type LintMatch } from './match';
import { nestedTemplates } from '../nested-templates';

/** What cfn-lint needs besides the templates. */
export interface LintOptions {
  readonly tool: Tool;
  /** The folder that the command runs in, and that `.cfnlintrc.yaml` lies in. */
  readonly project: string;
  readonly workers: Workers;
  /** Folder of cached results; without it everything is checked anew. */
  readonly cache?: string;
  /** Called with each command line just before it runs. */
  readonly onCommand?: (line: string) => void;
}

/**
 * Lints templates, each for the regions it is deployed to: those whose content, nested templates, configuration and
 * tool were met before come from the cache, the others go through as few processes as `jobs` and the region sets allow.
 * @throws MeridianError with exit code 3 when cfn-lint fails, also when only one of its rules does
 */
export async function lint(templates: readonly CheckedTemplate[], options: LintOptions): Promise<{ findings: Finding[]; fromCache: number }> {
  const config = resolve(options.project, '.cfnlintrc.yaml');
  if (!existsSync(config)) throw new MeridianError(`${config}: no such file, and cfn-lint would silently use its defaults. Restore .cfnlintrc.yaml from the repository.`, 2);
  const fingerprint = contentHash(options.tool.version, readFileSync(config));
  const cache = options.cache === undefined ? noCache<LintMatch[]>() : openCache<LintMatch[]>(options.cache, 'cfn-lint', fingerprint);

  const byPath = new Map(templates.map((template) => [template.file, template]));
  const keyed = templates.map((template) => {
    const key = lintKey(template, byPath);
    return { template, key, matches: cache.get(key) };
  });
  const missed = [...new Map(keyed.filter(({ matches }) => !matches).map((entry) => [entry.key, entry])).values()];

  const commands = lintCommands(missed.map(({ template }) => template), options.workers.jobs).map((command) => ({ ...command, config: relative(options.project, config) }));
  const results = await options.workers.run(commands, (command, signal) => runLint(command, options, signal));
  const byFile = new Map(results.flatMap((result) => [...result]));
  const fresh = new Map(missed.map(({ template, key }) => [key, byFile.get(template.file) ?? []]));
  for (const [key, matches] of fresh) cache.set(key, matches);

  return {
    findings: keyed.flatMap(({ template, key, matches }) => (matches ?? fresh.get(key) ?? []).map((match) => lintFinding(template, match))),
    fromCache: keyed.filter(({ matches }) => matches).length,
  };
}

/** Hash of everything in the templates that a result depends on: the text, the regions, and all that it nests. */
function lintKey(template: CheckedTemplate, byPath: ReadonlyMap<string, CheckedTemplate>): string {
  return contentHash(template.text, regionSet(template), ...nestedTemplates(template, byPath).map(({ text }) => text));
}

/** One command for each region set, more for the heavier ones while there are jobs left: regions belong to a process, not to a template. */
function lintCommands(templates: readonly CheckedTemplate[], jobs: number): Omit<LintCommand, 'config'>[] {
  const size = ({ text }: CheckedTemplate): number => text.length;
  const weight = (group: readonly CheckedTemplate[]): number => group.reduce((sum, template) => sum + size(template), 0);
  const regionSets = [...new Set(templates.map(regionSet))].sort();
  return regionSets.flatMap((regions) => {
    const group = templates.filter((template) => regionSet(template) === regions);
    const share = Math.max(1, Math.round((jobs * weight(group)) / weight(templates)));
    return balance(group, share, size).map((batch) => ({ regions: regions.split(','), files: batch.map(({ file }) => file).sort() }));
  });
}

function regionSet({ regions }: CheckedTemplate): string {
  return [...regions].sort().join();
}

async function runLint(command: LintCommand, { tool, project, onCommand }: LintOptions, signal: AbortSignal): Promise<Map<string, LintMatch[]>> {
  const args = lintArguments({ ...command, files: command.files.map((file) => relative(project, file)) });
  onCommand?.(commandLine(relative(project, tool.command), args));
  const output = await runTool(tool, args, { cwd: project, answers: lintAnswers, signal });
  const matches = parseMatches(tool, output);
  const byFile = new Map<string, LintMatch[]>(command.files.map((file) => [file, []]));
  for (const { Filename, ...match } of matches) {
    const list = Filename === null ? undefined : byFile.get(resolve(project, Filename));
    if (!list) throw toolFailed(tool, `${match.Rule.Id} ${match.Message}`, output);
    if (match.Rule.Id === 'E0002') throw toolFailed(tool, `one of its rules crashed on ${Filename}: ${match.Message}`, output);
    list.push(match);
  }
  return byFile;
}

function parseMatches(tool: Tool, output: ToolOutput): z.infer<typeof lintMatchSchema>[] {
  let json: unknown;
  try {
    json = JSON.parse(output.stdout);
  } catch (cause) {
    throw toolFailed(tool, `it exited with code ${output.code} and printed no JSON`, output, cause);
  }
  const parsed = z.array(lintMatchSchema).safeParse(json);
  if (!parsed.success) throw toolFailed(tool, `its JSON has another form than version ${tool.version} promises`, output, parsed.error);
  return parsed.data;
}
