import { readManifest } from '../build/manifest';
import type { CheckedTemplate } from '../check/checked-template';
import { readTemplates, type BuiltEnvironment } from '../check/read-templates';
import { resolveEnvironment } from '../check/resolve-environment';
import type { Resolution, Subject } from '../check/subject';
import type { Value } from '../resolve';
import type { Mutant } from './mutant';

/** A system and environment as it was built, of which mutants are made. */
export interface Original extends BuiltEnvironment {
  readonly templates: readonly CheckedTemplate[];
  /** As the check sees it. */
  readonly subject: Subject;
  /** As the check sees it with one template altered. */
  readonly mutated: (mutant: Mutant) => Subject;
}

/**
 * Reads what was built.
 * @param parameters deploy-time values by name, as the check takes them
 * @throws MeridianError with exit code 2 when it was not built, or a template can't be read
 */
export function readOriginal(dist: string, { system, environment }: BuiltEnvironment, parameters: Readonly<Record<string, Value>>): Original {
  const manifest = readManifest(dist, system, environment);
  const templates = readTemplates(dist, { system, environment });
  const subjectOf = (all: readonly CheckedTemplate[]): Subject => {
    let resolution: Resolution | undefined;
    return { scope: [{ system, environment }], templates: all, rulesFor: (rules) => rules, invariantsFor: (all) => all, strictMetrics: true, notes: [], resolve: () => (resolution ??= resolveEnvironment(manifest, all, parameters)), locate: (finding) => finding };
  };
  return {
    system,
    environment,
    templates,
    subject: subjectOf(templates),
    mutated: (mutant) => subjectOf(templates.map((template) => (template.path === mutant.template.path ? mutatedTemplate(mutant) : template))),
  };
}

/** The altered template as the check reads it, in the place of the one as it was. */
export function mutatedTemplate({ template, body }: Pick<Mutant, 'template' | 'body'>): CheckedTemplate {
  return { ...template, body, text: `${JSON.stringify(body, undefined, 1)}\n` };
}
