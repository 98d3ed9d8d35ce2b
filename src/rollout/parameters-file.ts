import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closest } from 'fastest-levenshtein';
import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Pair, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { MeridianError } from '../errors';
import { readYaml } from '../yaml';
import { valueProblem } from './parameter-value';
import type { TemplateParameter } from './template';

/** What the person who deploys decides: the copy of the environment, and values of root parameters. */
export interface DeployParameters {
  /** The file that says so, for messages. */
  readonly file: string;
  /** `EnvironmentSuffix` of every stack. @default 'main' (the one and usual copy) */
  readonly suffix: string;
  readonly values: Readonly<Record<string, string>>;
  /** Accounts that the stacks go to, twelve digits each. @default the target's own (one account is the usual case) */
  readonly accounts?: readonly string[];
  /** Accounts of a wave, which is one deployment in one region, that are changed at the same time. @default 1 (a mistake hits one account) */
  readonly concurrency?: number;
  /** Accounts of a wave that may fail before it stops, and the rollout with it. @default 0 */
  readonly tolerance?: number;
}

const suffix = z.string().regex(/^[a-z0-9]{1,6}$/, 'is not 1 to 6 lower-case letters and digits');
const shape = z.strictObject({
  suffix: suffix.optional(),
  accounts: z.array(z.union([z.string(), z.number()], 'is not a list of account ids')).min(1, 'is an empty list').optional(),
  concurrency: z.int('is not a whole number').min(1, 'is less than 1').optional(),
  tolerance: z.int('is not a whole number').min(0, 'is less than 0').optional(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()], 'is neither text nor a number; write a list as one text, separated by commas')).nullish(),
});

/** The file that holds the values of a system in one environment. */
export function parametersFile(folder: string, system: string, environment: string): string {
  return join(folder, system, `${environment}.yaml`);
}

/**
 * Reads `parameters/<system>/<environment>.yaml`. A system that needs no values needs no file.
 * @param folder  the folder of all parameters files
 * @param known   the parameters that the system's deployments take (see `fileParameters`)
 * @throws MeridianError (exit 2) for a file that can't be read, and listing everything wrong with path, line and a hint: YAML errors,
 *         tabs, duplicate and unknown keys, unknown parameters with the nearest name, values that the template would refuse
 */
export function readParametersFile(folder: string, system: string, environment: string, known: Readonly<Record<string, TemplateParameter>>): DeployParameters {
  const file = parametersFile(folder, system, environment);
  return existsSync(file) ? parseParameters(parametersText(file), file, known) : { file, suffix: 'main', values: {} };
}

/**
 * The text of a parameters file that must be there.
 * @throws MeridianError (exit 2) when it can't be read
 */
export function parametersText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MeridianError(`Parameters file ${file === '' ? '""' : file} unreadable: ${cause instanceof Error ? cause.message : String(cause)}. Give the path of a YAML file.`, 2, { cause });
  }
}

/** Reads the text of a parameters file (see `readParametersFile`). */
export function parseParameters(text: string, file: string, known: Readonly<Record<string, TemplateParameter>>): DeployParameters {
  const { document, lines, problem } = readYaml(text, { uniqueKeys: true });
  if (problem) throw new MeridianError(`Parameters file ${file}:${problem.line} unreadable: ${problem.why}. ${hints[problem.code] ?? 'Correct the YAML'}.`, 2);
  const parsed = shape.safeParse(document.toJS({ maxAliasCount: -1 }) ?? {});
  const values = valuesOf(document);
  const accounts = accountsOf(document);
  const problems = parsed.success ? [...accountProblems(accounts, parsed.data.tolerance), ...valueProblems(values, known)] : shapeProblems(parsed.error);
  if (!parsed.success || problems.length > 0) {
    const listed = problems.map(({ path, message }) => `  ${file}:${lineOf(document, lines, path)}: ${message}`).join('\n');
    throw new MeridianError(`Parameters file ${file} refused: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}.\n${listed}\nCorrect it and try again.`, 2);
  }
  const { concurrency, tolerance } = parsed.data;
  return { file, suffix: parsed.data.suffix ?? 'main', values, ...(accounts && { accounts }), ...(concurrency !== undefined && { concurrency }), ...(tolerance !== undefined && { tolerance }) };
}

/** What to do about a problem of the YAML, by its code. */
const hints: Readonly<Record<string, string>> = { TAB_AS_INDENT: 'Indent with spaces', DUPLICATE_KEY: 'Remove one of the two', TAG_RESOLVE_FAILED: 'Leave the tag out, or put the text in quotes' };

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

function shapeProblems(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key], message: `Key "${key}" unknown: a parameters file has the keys ${Object.keys(shape.shape).join(', ')}. Put values of parameters under "parameters:".` }));
    }
    const what = path.length === 0 ? 'The file' : path[0] === 'parameters' && path.length > 1 ? `Parameter "${path.at(-1)}"` : `Key "${path[0]}"`;
    const why = issue.message.startsWith('is ') ? issue.message : `has the wrong form: ${sentence(issue.message)}`;
    return [{ path, message: `${what} ${why}.` }];
  });
}

function valueProblems(values: Readonly<Record<string, string>>, known: Readonly<Record<string, TemplateParameter>>): Problem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const path = ['parameters', name];
    const definition = Object.hasOwn(known, name) ? known[name] : undefined;
    if (name === 'EnvironmentSuffix') return [{ path, message: 'Parameter "EnvironmentSuffix" misplaced: it is the key suffix of this file. Write "suffix:" at the top instead.' }];
    if (!definition) {
      const names = Object.keys(known);
      const hint = names.length > 0 ? ` Did you mean "${closest(name, names)}"?` : ' Remove it.';
      return [{ path, message: `Parameter "${name}" unknown: no deployment takes it.${hint}` }];
    }
    const why = valueProblem(value, definition);
    return why ? [{ path, message: `Parameter "${name}" refused: ${why}.` }] : [];
  });
}

function accountProblems(accounts: readonly string[] | undefined, tolerance = 0): Problem[] {
  if (!accounts) return tolerance === 0 ? [] : [{ path: ['tolerance'], message: 'Key "tolerance" refused: without "accounts:" there is one account. Leave it out, or list the accounts.' }];
  return [
    ...accounts.flatMap((account, index): Problem[] => {
      const path = ['accounts', String(index)];
      if (!/^\d{12}$/.test(account)) return [{ path, message: `Account "${account}" refused: an account id has twelve digits. Write it in quotes.` }];
      return accounts.indexOf(account) < index ? [{ path, message: `Account "${account}" refused: it is listed twice. Remove one of the two.` }] : [];
    }),
    ...(tolerance >= accounts.length ? [{ path: ['tolerance'], message: `Key "tolerance" refused: with ${tolerance} of ${accounts.length} accounts every one may fail. Give at most ${accounts.length - 1}.` }] : []),
  ];
}

/** The account ids as they are written: the number 012345678901 keeps its zero. */
function accountsOf(document: Document): string[] | undefined {
  const list = isMap(document.contents) ? behind(document, document.contents.get('accounts', true)) : undefined;
  return isSeq(list) ? list.items.map((item) => written(document, item)) : undefined;
}

/** The values as they are written: the number 012345678901 keeps its zero, which an account id needs. */
function valuesOf(document: Document): Record<string, string> {
  const parameters = isMap(document.contents) ? behind(document, document.contents.get('parameters', true)) : undefined;
  if (!isMap(parameters)) return {};
  const texts = (parameters as YAMLMap).items.map((pair: Pair): [string, string] => {
    const key = behind(document, pair.key);
    return [String(isScalar(key) ? key.value : key), written(document, pair.value)];
  });
  return Object.fromEntries(texts);
}

function behind(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function written(document: Document, node: unknown): string {
  const value = behind(document, node);
  return String(isScalar(value) ? (typeof value.value === 'number' ? value.source : undefined) ?? value.value : value);
}

/** The line of the deepest key of a path that the document has. */
function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number {
  let node: unknown = document.contents;
  let line = 1;
  for (const key of path) {
    if (isSeq(node)) {
      const item: unknown = node.items[Number(key)];
      return isScalar(item) && item.range ? lines.linePos(item.range[0]).line : line;
    }
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined;
    if (!pair) break;
    if (isScalar(pair.key) && pair.key.range) line = lines.linePos(pair.key.range[0]).line;
    node = pair.value;
  }
  return line;
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}
