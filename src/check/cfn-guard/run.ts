import { join } from 'node:path';
import { openCache } from '../cache';
import { whereOf } from '../checked-template';
import type { Finding } from '../finding';
import type { Workers } from '../workers';
import { inputFile, type GuardInput } from './input';
import { judge, type JudgeOptions } from './judge';
import type { GuardRule } from './rule';
import { TypedResources } from './slice';
import { didNotApply, type Verdict, type Verdicts } from './verdict';
import type { GuardViolation } from './violation';

/** An input with the verdict of every rule. */
export interface JudgedInput {
  readonly input: GuardInput;
  readonly verdicts: Verdicts;
}

/** What cfn-guard needs besides the inputs. */
export interface GuardOptions extends Omit<JudgeOptions, 'signal'> {
  readonly rules: readonly GuardRule[];
  readonly workers: Workers;
  /** Folder of cached verdicts. */
  readonly cache: string;
}

/** Verdicts of one input as they are stored: each with the hash of what it depends on. */
type StoredVerdicts = Record<string, { readonly key: string; readonly verdict: Verdict }>;

/**
 * Judges inputs by the rules whose resource types they have. A rule is asked again only when its text or one of the resources it
 * looks at changed; the rest comes from the cache.
 * @returns the inputs with their verdicts, and how many of them needed no process
 * @throws MeridianError as `judge` does
 */
export async function guardChanged(inputs: readonly GuardInput[], options: GuardOptions): Promise<{ judged: JudgedInput[]; fromCache: number }> {
  const { rules, workers, cache } = options;
  const store = openCache<StoredVerdicts>(cache, 'cfn-guard', options.tool.version);
  const plans = inputs.map((input) => {
    const resources = new TypedResources(input.body.Resources);
    const stored = store.get(storeKey(input)) ?? {};
    const applicable = rules.filter((rule) => resources.typesFor(rule).length > 0).map((rule) => ({ rule, key: resources.keyFor(rule) }));
    const changed = applicable.filter(({ rule, key }) => stored[rule.name]?.key !== key).map(({ rule }) => rule);
    return { input, resources, stored, applicable, changed };
  });

  const judged = await workers.run(plans, async ({ input, resources, stored, applicable, changed }, signal) => {
    const file = inputFile(input);
    const fresh = changed.length === 0 ? undefined : (await judge({ documents: new Map([[join('changed', file), resources.slice(changed)]]), rules: changed }, { ...options, signal })).get(join('changed', file));
    const entries: StoredVerdicts = Object.fromEntries(applicable.map(({ rule: { name }, key }) => [name, { key, verdict: fresh?.get(name) ?? stored[name]?.verdict ?? didNotApply }]));
    if (fresh) store.set(storeKey(input), entries);
    return { input, verdicts: new Map(rules.map(({ name }) => [name, entries[name]?.verdict ?? didNotApply])) };
  });
  return { judged, fromCache: plans.filter(({ changed }) => changed.length === 0).length };
}

/**
 * Judges whole inputs by all rules, without cache: the literal `cfn-guard validate` of a system's environment at a time.
 * @param ruleFolders the folders that hold exactly `rules`
 */
export async function guardEverything(inputs: readonly GuardInput[], options: Omit<GuardOptions, 'cache'> & { readonly ruleFolders: readonly string[] }): Promise<{ judged: JudgedInput[]; fromCache: number }> {
  const { rules, ruleFolders, workers } = options;
  const environments = [...new Set(inputs.map(({ system, environment }) => `${system}/${environment}`))];
  const judged = await workers.run(environments, async (name, signal) => {
    const ofEnvironment = inputs.filter(({ system, environment }) => `${system}/${environment}` === name);
    const verdicts = await judge({ documents: new Map(ofEnvironment.map((input) => [inputFile(input), input.body])), rules, ruleFolders }, { ...options, signal });
    return ofEnvironment.map((input) => ({ input, verdicts: verdicts.get(inputFile(input)) ?? new Map<string, Verdict>() }));
  });
  return { judged: judged.flat(), fromCache: 0 };
}

function storeKey(input: GuardInput): string {
  return inputFile(input).replace(/\.json$/, '').replaceAll('/', '.');
}

/** Says every failed verdict as findings, one for each violation. */
export function guardFindings(rules: readonly GuardRule[], judged: readonly JudgedInput[]): Finding[] {
  return judged.flatMap(({ input, verdicts }) =>
    rules.flatMap((rule) => {
      const verdict = verdicts.get(rule.name);
      return verdict?.state === 'failed' ? verdict.violations.map((violation) => guardFinding(input, rule, violation)) : [];
    }),
  );
}

function guardFinding(input: GuardInput, rule: GuardRule, { logicalId, path, now, violation, fix }: GuardViolation): Finding {
  const resource = logicalId === undefined ? undefined : input.resources.get(logicalId);
  const { system, environment, region } = input;
  return {
    source: 'cfn-guard',
    rule: rule.id,
    controls: rule.controls,
    severity: rule.severity,
    what: violation ?? rule.title,
    where: resource ? { ...whereOf(resource.template, resource.logicalId), regions: [region] } : { system, environment, regions: [region] },
    now,
    fix: fix ?? rule.fix,
    path: resource ? path.replace(/^Resources\/[^/]+/, `Resources/${resource.logicalId}`) : path,
  };
}
