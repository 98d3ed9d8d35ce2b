import type { Where } from './finding';

/** A parsed CloudFormation template, as far as the checks look into it. */
export interface TemplateBody {
  readonly Resources?: Readonly<Record<string, { readonly Type?: string; readonly Metadata?: unknown; readonly Properties?: Readonly<Record<string, unknown>> }>>;
  readonly [section: string]: unknown;
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
