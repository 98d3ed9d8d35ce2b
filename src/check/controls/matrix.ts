import { severities } from '../finding';
import type { CheckResult } from '../result';
import { judgedRule, type JudgedRule } from './evidence';
import { controlsOf, type Control, type Framework, type Register } from './register';

/** A control with the rules that are evidence for a part of it. */
export interface ControlRow extends Control {
  /** The worst severity first; never empty. */
  readonly rules: readonly JudgedRule[];
}

/** A framework with those of its controls that rules speak of, and those that none does. */
export interface FrameworkMatrix extends Pick<Framework, 'slug' | 'framework' | 'short' | 'version' | 'published' | 'source'> {
  readonly controls: readonly ControlRow[];
  /** Registered controls without any rule: nothing is known of them. */
  readonly uncovered: readonly Control[];
}

/** Control → rules → environments, as one check found them. */
export interface ControlMatrix {
  /** What was checked, `kasha/production`, sorted. */
  readonly environments: readonly string[];
  /** Those of them that could not be resolved: no rule judged them. */
  readonly notJudged: readonly string[];
  readonly frameworks: readonly FrameworkMatrix[];
}

/** Arranges what a check came to by the controls that its rules name. */
export function controlMatrix({ rules, waived, environments, findings }: Pick<CheckResult, 'rules' | 'waived' | 'environments' | 'findings'>, { frameworks }: Register): ControlMatrix {
  const byControl = new Map<string, JudgedRule[]>();
  for (const evidence of rules) {
    const judged = judgedRule(evidence, waived);
    for (const control of evidence.controls) byControl.set(control, [...(byControl.get(control) ?? []), judged]);
  }
  const unresolved = findings.filter(({ source }) => source === 'resolve').map(({ where }) => `${where.system}/${where.environment}`);
  return { environments, notJudged: [...new Set(unresolved)].sort(), frameworks: frameworks.map((framework) => frameworkMatrix(framework, byControl)) };
}

function frameworkMatrix(framework: Framework, byControl: ReadonlyMap<string, readonly JudgedRule[]>): FrameworkMatrix {
  const { slug, framework: title, short, version, published, source } = framework;
  const controls = controlsOf(framework);
  return {
    slug,
    framework: title,
    short,
    version,
    published,
    source,
    controls: controls.flatMap((control) => {
      const rules = byControl.get(control.name);
      return rules ? [{ ...control, rules: [...rules].sort(bySeverityThenId) }] : [];
    }),
    uncovered: controls.filter(({ name }) => !byControl.has(name)),
  };
}

/** The order of ids whose numbers count as numbers: `CT.RDS.PR.2` before `CT.RDS.PR.10`. */
export const natural = new Intl.Collator('en', { numeric: true });

function bySeverityThenId(left: JudgedRule, right: JudgedRule): number {
  return severities.indexOf(left.severity) - severities.indexOf(right.severity) || natural.compare(left.rule, right.rule);
}
