import { readFileSync } from 'node:fs';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { MeridianError } from '../../errors';
import { readYaml } from '../../yaml';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const byName = z.record(z.string(), z.union([scalar, z.array(scalar)]));
const byKey = z.array(z.strictObject({ ParameterKey: z.string(), ParameterValue: scalar.optional(), UsePreviousValue: z.boolean().optional(), ResolvedValue: z.string().optional() }));

/** Values by parameter name, each as the text that CloudFormation takes. */
export type ParameterValues = Readonly<Record<string, string>>;

/**
 * Reads parameter values from a JSON or YAML file: `{"Name": value}`, or the AWS CLI's `[{"ParameterKey": …, "ParameterValue": …}]`.
 * A list is joined by commas; an entry that keeps its previous value has none.
 * @throws MeridianError with exit code 2 when the file can't be read, is no JSON or YAML, or has another form
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/create-stack.html
 */
export function readParameterValues(file: string): ParameterValues {
  const document = parseFile(file);
  const listed = byKey.safeParse(document);
  if (listed.success) return Object.fromEntries(listed.data.flatMap(({ ParameterKey, ParameterValue }) => (ParameterValue === undefined ? [] : [[ParameterKey, String(ParameterValue)]])));
  const named = byName.safeParse(document);
  if (named.success) return Object.fromEntries(Object.entries(named.data).map(([name, value]) => [name, [value].flat().join(',')]));
  throw new MeridianError(`Parameters ${file} unusable: they are neither {"Name": value} nor [{"ParameterKey": "Name", "ParameterValue": value}]. Write them in one of these forms.`, 2);
}

/**
 * Refuses values that no template asks for.
 * @param declared the parameters of all roots
 * @throws MeridianError with exit code 2 naming the parameter and the nearest one that is declared
 */
export function requireDeclared(file: string, values: ParameterValues, declared: readonly string[]): void {
  const stranger = Object.keys(values).find((name) => !declared.includes(name));
  if (stranger === undefined) return;
  if (declared.length === 0) throw new MeridianError(`Parameter "${stranger}" of ${file} unknown: no root template has parameters. Leave it out.`, 2);
  const nearest = closest(stranger, [...declared]);
  const hint = distance(stranger, nearest) <= 3 ? `Did you mean "${nearest}"?` : `Use one of ${[...new Set(declared)].sort().join(', ')}.`;
  throw new MeridianError(`Parameter "${stranger}" of ${file} unknown: no root template declares it. ${hint}`, 2);
}

function parseFile(file: string): unknown {
  const { document, problem } = readYaml(textOf(file));
  if (problem) throw new MeridianError(`Parameters ${file} unreadable: line ${problem.line}: ${problem.why}. Correct the file, or name another.`, 2);
  return document.toJS({ maxAliasCount: -1 });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MeridianError(`Parameters ${file === '' ? '""' : file} unreadable: ${cause instanceof Error ? cause.message : String(cause)}. Correct the file, or name another.`, 2, { cause });
  }
}
