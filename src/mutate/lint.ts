import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyWaivers } from '../check/apply-waivers';
import { lint } from '../check/cfn-lint/run';
import type { CheckedTemplate } from '../check/checked-template';
import type { Finding } from '../check/finding';
import { readTemplates } from '../check/read-templates';
import { Workers } from '../check/workers';
import { cfnLint } from '../toolchain';
import { compositesOf, type Composite } from './composite';
import { findingKey, killersOf, type Killer } from './killer';
import type { Mutant } from './mutant';
import { mutatedTemplate } from './original';
import type { MutationSetting } from './setting';

/** Mutants in one template: cfn-lint takes half of a second for each template, whatever it finds. */
const TOGETHER = 16;

/** What linting needs besides the setting. */
export interface LintMutantsOptions {
  /** Keys of the findings that the originals have. */
  readonly known: ReadonlySet<string>;
  /** Processes at a time. */
  readonly jobs: number;
}

/**
 * Lints mutants, each beside the templates that it nests: first many in one template, where a finding belongs to the mutant whose resource it
 * is in; where one belongs to none, each by itself.
 * @returns the killers of the mutants that cfn-lint noticed
 * @throws MeridianError as the check does
 */
export async function lintMutants(mutants: readonly Mutant[], setting: MutationSetting, options: LintMutantsOptions): Promise<ReadonlyMap<Mutant, readonly Killer[]>> {
  const killers = new Map<Mutant, readonly Killer[]>();
  const unclear: Mutant[] = [];
  for (const { members, findings } of await lintComposites(compositesOf(mutants, TOGETHER), setting, options)) {
    const owned = members.map((mutant) => ({ mutant, own: findings.filter(({ where }) => where.logicalId === mutant.logicalId) }));
    for (const { mutant, own } of owned) if (own.length > 0) killers.set(mutant, killersOf(own, options.known));
    const strays = findings.some((finding) => !owned.some(({ own }) => own.includes(finding)));
    if (strays) unclear.push(...owned.filter(({ own }) => own.length === 0).map(({ mutant }) => mutant));
  }
  for (const { members: [mutant], findings } of await lintComposites(compositesOf(unclear, 1), setting, options)) {
    if (mutant && findings.length > 0) killers.set(mutant, killersOf(findings, options.known));
  }
  return killers;
}

/** Lints composites. The findings are those that no waiver covers and that the originals have not. */
async function lintComposites(composites: readonly Composite[], { dist, project, store, environments, waivers, today }: MutationSetting, { known, jobs }: LintMutantsOptions): Promise<readonly (Composite & { readonly findings: readonly Finding[] })[]> {
  if (composites.length === 0) return [];
  const folder = join(store, 'lint');
  for (const environment of environments) for (const template of readTemplates(dist, environment)) write(besideOthers(folder, template, template.template));
  const templates = composites.map((composite, index) => write(besideOthers(folder, mutatedTemplate(composite), `${composite.template.template}.${index}`)));
  const { findings } = await lint(templates, { tool: cfnLint(), project, workers: new Workers(jobs) });
  return composites.map((composite, index) => {
    const { system, environment, template } = composite.template;
    const own = findings.filter(({ where }) => where.template === templates[index]?.template).map((finding) => ({ ...finding, where: { ...finding.where, template } }));
    const counting = applyWaivers(own, waivers, { scope: [{ system, environment }], today, complete: false }).findings;
    return { ...composite, findings: counting.filter((finding) => finding.source === 'cfn-lint' && !known.has(findingKey(finding))) };
  });
}

function besideOthers(folder: string, template: CheckedTemplate, name: string): CheckedTemplate {
  const { system, environment, deployment = '' } = template;
  return { ...template, template: name, file: join(folder, system, environment, deployment, `${name}.json`) };
}

function write(template: CheckedTemplate): CheckedTemplate {
  mkdirSync(dirname(template.file), { recursive: true });
  writeFileSync(template.file, template.text);
  return template;
}
