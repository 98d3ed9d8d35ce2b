import type { Where } from './finding';

/** A parsed CloudFormation template. What its sections hold is not certain: cfn-lint is yet to look at it. */
export type TemplateBody = Readonly<Record<string, unknown>>;

/** An entry of `Resources`, as far as the checks look into it before it is resolved. */
interface TemplateResource {
  readonly Type?: unknown;
  readonly Metadata?: unknown;
  readonly Properties?: unknown;
}

/** The entries of a section, or of any other object, that are objects; other entries are cfn-lint's to report. */
export function objectsIn(section: unknown): (readonly [name: string, entry: TemplateResource])[] {
  return isObject(section) ? Object.entries(section).filter((entry): entry is [string, TemplateResource] => isObject(entry[1])) : [];
}

/** Whether a value is an object with keys. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One template, and what the manifest says of it if it was built here: the unit that quotas and cfn-lint check. */
export interface CheckedTemplate {
  readonly system: string;
  readonly environment: string;
  /** Undefined in a folder of templates, whose roots are all there is. */
  readonly deployment?: string;
  readonly template: string;
  /** Path from the environment's folder, as the manifest names it, `platform/data.json`; or from the folder that was checked. */
  readonly path: string;
  /** Absolute path of the file. */
  readonly file: string;
  /** The bytes of the file. */
  readonly text: string;
  readonly body: TemplateBody;
  /** Whether it is a deployment's root: what a StackSet takes. */
  readonly isRoot: boolean;
  /** Regions that the deployment rolls to. */
  readonly regions: readonly string[];
  /** Where each logical id was authored: `at` the line itself, `from` the system's line that called the module. */
  readonly sources: Readonly<Record<string, { readonly at: string; readonly from?: string | undefined }>>;
}

/** Names the place of a finding in a template. */
export function whereOf({ system, environment, deployment, template, regions, sources }: CheckedTemplate, logicalId?: string): Where {
  const authored = logicalId === undefined ? undefined : sources[logicalId];
  const place = { system, environment, deployment, template, logicalId, regions };
  return authored?.from === undefined ? { ...place, source: authored?.at } : { ...place, source: authored.from, module: authored.at };
}
