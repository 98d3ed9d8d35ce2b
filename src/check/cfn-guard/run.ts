import { join } from 'node:path';
import { noCache, openCache } from '../cache';
import { whereOf } from '../checked-template';
import type { Finding } from '../finding';
import type { Workers } from '../workers';
import { batchesOf, type Question } from './batch';
import { removeOldDocuments, writeWhole } from './documents';
import { inputName, type GuardInput } from './input';
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
  /** Folder of cached verdicts; without it every rule is asked anew. */
  readonly cache?: string;
}

/** Verdicts of one input as they are stored: each with the hash of what it depends on. */
type StoredVerdicts = Record<string, { readonly key: string; readonly verdict: Verdict }>;

/**
 * Judges inputs by the rules whose resource types they have; the others do not apply. A rule is asked again only when its text or
 * one of the resources it looks at changed; the rest comes from the cache. Where inputs have the same resources, one is asked for all.
 * @returns the inputs with their verdicts, and how many of them needed no process
 * @throws MeridianError as `judge` does
 */
export async function guard(inputs: readonly GuardInput[], options: GuardOptions): Promise<{ judged: JudgedInput[]; fromCache: number }> {
  const { rules, cache, tool, resolved } = options;
  const store = cache === undefined ? noCache<StoredVerdicts>() : openCache<StoredVerdicts>(cache, 'cfn-guard', tool.version);
  removeOldDocuments(join(resolved, 'slices'));
  const plans = inputs.map((input) => {
    const resources = new TypedResources(input.body.Resources);
    const stored = store.get(inputName(input)) ?? {};
    const applicable = rules.filter((rule) => resources.typesFor(rule).length > 0).map((rule) => ({ rule, key: resources.keyFor(rule) }));
    const changed = applicable.filter(({ rule, key }) => stored[rule.name]?.key !== key);
    if (changed.length > 0) writeWhole(resolved, input);
    return { input, resources, stored, applicable, changed };
  });
  const asked = new Map(plans.flatMap((plan) => plan.changed.map(({ rule, key }) => [key, { plan, rule }] as const)));
  const questions = plans.map((plan) => ({ input: plan.input, resources: plan.resources, rules: plan.changed.filter(({ key }) => asked.get(key)?.plan === plan).map(({ rule }) => rule) }));
  const answers = await judgeBatches(questions, options);
  const fresh = new Map([...asked].map(([key, { plan, rule }]) => [key, answers.get(plan.input)?.get(rule.name)]));

  const judged = plans.map(({ input, stored, applicable, changed }) => {
    const entries: StoredVerdicts = Object.fromEntries(applicable.map(({ rule: { name }, key }) => [name, { key, verdict: fresh.get(key) ?? stored[name]?.verdict ?? didNotApply }]));
    if (changed.length > 0) store.set(inputName(input), entries);
    return { input, verdicts: new Map(rules.map(({ name }) => [name, entries[name]?.verdict ?? didNotApply])) };
  });
  return { judged, fromCache: plans.filter(({ changed }) => changed.length === 0).length };
}

/** Asks all questions in as few and as small processes as pay, and puts the answers together by input. */
async function judgeBatches(questions: readonly Question[], options: GuardOptions): Promise<Map<GuardInput, Map<string, Verdict>>> {
  const { workers } = options;
  const answers = new Map<GuardInput, Map<string, Verdict>>();
  await workers.run(batchesOf(questions, workers.jobs), async (batch, signal) => {
    for (const [name, verdicts] of await judge(batch, { ...options, signal })) {
      const input = batch.inputs.get(name);
      if (input) answers.set(input, new Map([...(answers.get(input) ?? []), ...verdicts]));
    }
  });
  return answers;
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
  const { system, environment, region, choice } = input;
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
    ...(choice !== undefined && { choice }),
  };
}
