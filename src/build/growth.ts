import type Template from 'cloudform-types/types/template';
import type { Growth } from '../cfn/deployment';
import { nearQuota, operationResources, stackSetRootBytes, templateQuotas } from '../cfn/quotas';
import type { ManifestDeployment, ManifestGrowth, ManifestTemplate } from './manifest';

type Templates = ManifestDeployment['templates'];

/** Quotas on a template that more of the same can reach; a growing deployment has no more conditions and mappings than before. */
const sections = { resources: 'Resources', parameters: 'Parameters', outputs: 'Outputs' } as const;
const quotas = [...(Object.keys(sections) as (keyof typeof sections)[]), 'bytes'] as const;

type Quota = (typeof quotas)[number];
type GrowthQuota = ManifestGrowth['quotas'][number];

/** The quota on the whole of a deployment. */
const operation = 'resources of an operation';

/** The quota on a template of a StackSet: a root takes fewer bytes than what it nests. */
export const limitOf = (template: string, quota: keyof typeof templateQuotas): number => (quota === 'bytes' && template === 'root' ? stackSetRootBytes : templateQuotas[quota]);

/** Resources of a root and of all stacks nested in it: what one operation deals with. A template nested twice counts twice. */
export function operationSize(templates: Templates, root = 'root'): number {
  const template = templates[root];
  if (!template) return 0;
  return Object.values(template.nests).reduce((sum, nested) => sum + operationSize(templates, nested), template.usage['resources'] ?? 0);
}

/**
 * How many of what grows a deployment takes, until which quota: reckoned from the share that those which are there have of it. What belongs
 * to one of them is its own stack, and elsewhere what has its logical id in its name.
 * @returns nothing while there is none of them to reckon from
 */
export function growthOf({ unit, stacks }: Growth, templates: Templates, bodies: Readonly<Record<string, Template>>): ManifestGrowth | undefined {
  const count = stacks.length;
  if (count === 0) return undefined;
  const ids = new Set(stacks);
  const own = new Set(Object.values(templates).flatMap(({ nests }) => Object.entries(nests).filter(([id]) => ids.has(id)).map(([, name]) => name)));
  const shared = Object.entries(templates).filter(([name]) => !own.has(name));
  const shares = shared.map(([name, template]) => [name, template, sharesOf(bodies[name] ?? {}, ids)] as const);
  const reach = (quota: string, of: string, used: number, limit: number, ofUnits: number): GrowthQuota[] =>
    ofUnits === 0 ? [] : [{ quota, of, used, limit, fits: count + Math.floor(((limit - used) * count) / ofUnits) }];
  const ofTemplates = shares.flatMap(([name, template, share]) => quotas.flatMap((quota) => reach(quota, name, template.usage[quota] ?? 0, limitOf(name, quota), share[quota])));
  const inOwn = [...own].reduce((sum, name) => sum + operationSize(templates, name), 0);
  const ofOperation = reach(operation, 'deployment', operationSize(templates), operationResources, inOwn + shares.reduce((sum, [, , share]) => sum + share.resources, 0));
  const tightest = new Map<string, GrowthQuota>();
  for (const reached of [...ofTemplates, ...ofOperation].sort((a, b) => a.fits - b.fits)) if (!tightest.has(reached.quota)) tightest.set(reached.quota, reached);
  return { unit, count, quotas: [...tightest.values()] };
}

/** How much of each quota of a template belongs to what grows. */
function sharesOf(body: Template, ids: ReadonlySet<string>): Readonly<Record<Quota, number>> {
  const share = { resources: 0, parameters: 0, outputs: 0, bytes: 0 };
  for (const [quota, section] of Object.entries(sections) as [keyof typeof sections, (typeof sections)[keyof typeof sections]][]) {
    for (const [name, value] of Object.entries(body[section] ?? {})) {
      if (!namesOneOf(name, ids)) continue;
      share[quota] += 1;
      // As it stands in the file, two levels deep.
      share.bytes += Buffer.byteLength(JSON.stringify({ [name]: value }, undefined, 2).replaceAll('\n', '\n  '));
    }
  }
  return share;
}

/** Whether some words of a name in PascalCase are one of the ids: `FoundationAccountApiGroupId` has `AccountApi` in it. */
function namesOneOf(name: string, ids: ReadonlySet<string>): boolean {
  const words = name.split(/(?=[A-Z])/);
  return words.some((_, first) => words.slice(first).some((_word, length) => ids.has(words.slice(first, first + length + 1).join(''))));
}

/** A quota that is nearly used up. */
export interface NearQuota {
  /** The template, as `deployment/template`, or the deployment. */
  readonly of: string;
  readonly quota: string;
  readonly used: number;
  readonly limit: number;
}

/** The quotas of which a deployment uses more than `nearQuota`, in the order of its templates. */
export function nearQuotas({ name, templates }: Pick<ManifestDeployment, 'name' | 'templates'>): readonly NearQuota[] {
  const ofTemplate = (template: string, { usage }: ManifestTemplate): NearQuota[] =>
    (Object.keys(templateQuotas) as (keyof typeof templateQuotas)[]).map((quota) => ({
      of: `${name}/${template}`,
      quota,
      used: usage[quota] ?? 0,
      limit: limitOf(template, quota),
    }));
  const all = [...Object.entries(templates).flatMap(([template, built]) => ofTemplate(template, built)), { of: name, quota: operation, used: operationSize(templates), limit: operationResources }];
  return all.filter(({ used, limit }) => used > nearQuota * limit);
}
