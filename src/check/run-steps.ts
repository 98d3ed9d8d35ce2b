import { join } from 'node:path';
import { cfnGuard, cfnLint, controlTowerRules, kubernetesValidate } from '../toolchain';
import { applyWaivers } from './apply-waivers';
import { guardInputs } from './cfn-guard/input';
import { loadRules, type GuardRule } from './cfn-guard/rule';
import { guard, guardFindings, type JudgedInput } from './cfn-guard/run';
import { lint } from './cfn-lint/run';
import { mergeChoices, mergeRegions, type Finding } from './finding';
import type { CheckedManifest } from './kubernetes/checked-manifest';
import { validateManifests } from './kubernetes/run';
import { metricFindings } from './metrics/run';
import { everyStep, type CheckTool, type StepOptions } from './options';
import { invariants } from './invariants';
import type { Invariant } from './invariants/invariant';
import { invariantFindings, judgeInvariants, type InvariantsJudged } from './invariants/run';
import { invariantOutcomes, ruleOutcomes } from './outcome';
import { quotaFindings } from './quotas';
import type { CheckResult } from './result';
import type { Resolution, Subject } from './subject';
import { suppressionFindings } from './suppressions';
import type { Waiver } from './waiver';
import { summarizeWaivers } from './waiver-summary';
import { Workers } from './workers';

/** What the steps share. */
interface Setting {
  readonly options: StepOptions;
  readonly subject: Subject;
  readonly project: string;
  readonly store: string;
  readonly workers: Workers;
}

/** What one step came to. */
interface StepResult {
  readonly findings: readonly Finding[];
  readonly tools?: Partial<Record<CheckTool, string>>;
  readonly rules?: readonly GuardRule[];
  readonly judged?: readonly JudgedInput[];
  readonly invariants?: readonly Invariant[];
  readonly kept?: readonly InvariantsJudged[];
}

/** What {@link runSteps} needs besides the subject. */
export interface RunStepsOptions extends StepOptions {
  readonly project: string;
  /** Folder of cached results and resolved templates. */
  readonly store: string;
  readonly waivers: readonly Waiver[];
  readonly today: string;
}

/**
 * Runs the steps of a check on a subject, the programs side by side, and applies waivers.
 * @throws MeridianError with exit code 2 for a broken rule, 3 when a tool fails: what was not checked is never called clean
 */
export async function runSteps(subject: Subject, options: RunStepsOptions): Promise<CheckResult> {
  const started = performance.now();
  const { project, store, waivers, today, steps = everyStep } = options;
  const setting: Setting = { options, subject, project, store, workers: new Workers(options.jobs, options.signal) };
  const nothing: StepResult = { findings: [] };

  const counted = countQuotas(setting);
  const resolution = everyStep.some((step) => step !== 'cfn-lint' && step !== 'kubernetes-validate' && steps.includes(step)) ? subject.resolve() : { environments: [], findings: [] };
  const [linted, guarded, validated, measured, kept] = await setting.workers.all<[StepResult, StepResult, StepResult, StepResult, StepResult]>([
    steps.includes('cfn-lint') ? runLint(setting) : Promise.resolve(nothing),
    steps.includes('cfn-guard') ? runGuard(setting, resolution) : Promise.resolve(nothing),
    steps.includes('kubernetes-validate') && subject.manifests?.length ? runValidate(setting, subject.manifests) : Promise.resolve(nothing),
    Promise.resolve(steps.includes('metrics') ? lookUpMetrics(setting, resolution) : nothing),
    Promise.resolve(steps.includes('invariants') ? judgeAll(setting, resolution) : nothing),
  ]);

  const all = [...counted, ...resolution.findings, ...linted.findings, ...guarded.findings, ...validated.findings, ...measured.findings, ...kept.findings];
  const found = mergeRegions(mergeChoices(all.map(subject.locate)));
  const applied = applyWaivers(found, waivers, { scope: subject.scope, today, complete: everyStep.every((step) => steps.includes(step)) });
  return {
    findings: mergeRegions(applied.findings),
    waived: applied.waived,
    waivers: summarizeWaivers(applied.waived, today),
    rules: [...ruleOutcomes(guarded.rules ?? [], guarded.judged ?? [], applied), ...invariantOutcomes(kept.invariants ?? [], kept.kept ?? [], applied)],
    notes: subject.notes,
    environments: subject.scope.map(({ system, environment }) => `${system}/${environment}`).sort(),
    templates: subject.templates.length,
    seconds: (performance.now() - started) / 1000,
    tools: { ...linted.tools, ...guarded.tools, ...validated.tools },
    steps: [...steps],
    today,
  };
}

function countQuotas({ subject: { templates }, options: { onProgress } }: Setting): Finding[] {
  const findings = [...quotaFindings(templates), ...suppressionFindings(templates)];
  onProgress?.({ kind: 'done', step: 'quotas', units: templates.length, fromCache: 0, findings: findings.length });
  return findings;
}

async function runLint({ subject: { templates }, options, project, store, workers }: Setting): Promise<StepResult> {
  const { useCache = true, onProgress } = options;
  const tool = options.tools?.cfnLint ?? cfnLint();
  const onCommand = (line: string): void => onProgress?.({ kind: 'command', step: 'cfn-lint', line });
  const { findings, fromCache } = await lint(templates, { tool, project, workers, onCommand, cache: useCache ? join(store, 'check') : undefined });
  onProgress?.({ kind: 'done', step: 'cfn-lint', units: templates.length, fromCache, findings: findings.length });
  return { findings, tools: { 'cfn-lint': tool.version } };
}

async function runGuard({ subject, options, project, store, workers }: Setting, { environments }: Resolution): Promise<StepResult> {
  const { useCache = true, onProgress } = options;
  const tool = options.tools?.cfnGuard ?? cfnGuard();
  const onCommand = (line: string): void => onProgress?.({ kind: 'command', step: 'cfn-guard', line });
  const rules = subject.rulesFor(loadRules({ own: join(project, 'rules'), controlTower: controlTowerRules() }));
  const resolved = join(store, 'resolved');
  const { judged, fromCache } = await guard(environments.flatMap(guardInputs), { tool, project, rules, workers, onCommand, resolved, cache: useCache ? join(store, 'check') : undefined });
  const findings = guardFindings(rules, judged);
  onProgress?.({ kind: 'done', step: 'cfn-guard', units: judged.length, fromCache, findings: findings.length });
  return { findings, tools: { 'cfn-guard': tool.version }, rules, judged };
}

async function runValidate({ options, project, store, workers }: Setting, manifests: readonly CheckedManifest[]): Promise<StepResult> {
  const { useCache = true, onProgress } = options;
  const tool = options.tools?.kubernetesValidate ?? kubernetesValidate();
  const onCommand = (line: string): void => onProgress?.({ kind: 'command', step: 'kubernetes-validate', line });
  const { findings, fromCache } = await validateManifests(manifests, { tool, project, workers, onCommand, cache: useCache ? join(store, 'check') : undefined });
  onProgress?.({ kind: 'done', step: 'kubernetes-validate', units: manifests.length, fromCache, findings: findings.length });
  return { findings, tools: { 'kubernetes-validate': tool.version } };
}

function lookUpMetrics({ subject, options: { onProgress } }: Setting, { environments }: Resolution): StepResult {
  const { findings, uses } = metricFindings(environments, { strict: subject.strictMetrics });
  onProgress?.({ kind: 'done', step: 'metrics', units: uses, fromCache: 0, findings: findings.length });
  return { findings };
}

function judgeAll({ subject, options: { onProgress } }: Setting, { environments }: Resolution): StepResult {
  const asked = subject.invariantsFor(invariants);
  const kept = environments.map((environment) => judgeInvariants(environment, asked));
  const findings = invariantFindings(asked, kept);
  onProgress?.({ kind: 'done', step: 'invariants', units: kept.length, fromCache: 0, findings: findings.length });
  return { findings, invariants: asked, kept };
}
