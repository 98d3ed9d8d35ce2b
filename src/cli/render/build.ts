import { relative } from 'node:path';
import { limitOf, nearQuotas, type NearQuota } from '../../build/growth';
import type { Manifest, ManifestGrowth } from '../../build/manifest';
import { templateQuotas } from '../../cfn/quotas';
import { resultPaint, type Terminal } from '../terminal';

/** A template as `build` shows it. */
export interface BuiltTemplate {
  readonly name: string;
  readonly resources: number;
  readonly bytes: number;
}

/** An environment as `build` shows it, and as `build --json` prints it. */
export interface BuiltSummary {
  readonly system: string;
  readonly environment: string;
  readonly folder: string;
  /** Recovery in the worst case, of a system that has promised one. */
  readonly recovery?: Manifest['recovery'];
  readonly deployments: readonly {
    readonly name: string;
    readonly regions: readonly string[];
    readonly templates: readonly BuiltTemplate[];
    /** How much larger it can become, of a deployment that grows. */
    readonly growth?: ManifestGrowth;
  }[];
  /** Quotas that are nearly used up. */
  readonly warnings: readonly NearQuota[];
}

/** What a manifest says, in short. */
export function summarize({ system, environment, recovery, deployments }: Manifest, folder: string): BuiltSummary {
  return {
    system,
    environment,
    folder,
    ...(recovery && { recovery }),
    warnings: deployments.flatMap(nearQuotas),
    deployments: deployments.map(({ name, regions, templates, growth }) => ({
      name,
      regions: regions.create,
      ...(growth && { growth }),
      templates: Object.entries(templates).map(([template, { usage }]) => ({ name: template, resources: usage['resources'] ?? 0, bytes: usage['bytes'] ?? 0 })),
    })),
  };
}

/** What was built, as text: each deployment with its templates' resources, and how near the largest comes to a limit. */
export function renderBuild(built: readonly BuiltSummary[], terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const names = built.flatMap(({ recovery, deployments, warnings }) => [...deployments.map(({ name }) => name), ...(recovery ? ['recovery'] : []), 'largest', ...(warnings.length ? ['warning'] : [])]);
  const width = Math.max(...names.map((name) => name.length));
  const block = ({ system, environment, folder, recovery, deployments, warnings }: BuiltSummary): string => {
    const lines = deployments.map(({ name, templates }) => `  ${name.padEnd(width)}  ${templates.map((template) => `${template.name} ${template.resources}`).join(' · ')}`);
    const total = deployments.flatMap(({ templates }) => templates).reduce((sum, { resources }) => sum + resources, 0);
    const title = `${paint.bold(`${system} ${environment}`)}  ${total} resources  ${paint.dim(relative(process.cwd(), folder) || '.')}`;
    const growing = deployments.flatMap(({ name, growth }) => (growth ? [grows(name, growth)] : []));
    const facts: [string, string][] = [
      ...(recovery ? [['recovery', recovers(recovery)] as [string, string]] : []),
      ['largest', largest(deployments)],
      ...growing.map((fact): [string, string] => ['growth', fact]),
      ...warnings.map((near): [string, string] => ['warning', nears(near)]),
    ];
    return [title, ...lines, ...facts.map(([name, fact]) => `  ${paint.dim(name.padEnd(width))}  ${fact}`)].join('\n');
  };
  return `${built.map(block).join('\n\n')}\n`;
}

/** `reads after 90 s · writes after 870 s of 900 s · may lose 30 s of 60 s` */
function recovers({ readsSeconds, writesSeconds, lostSeconds, targets }: NonNullable<Manifest['recovery']>): string {
  return `reads after ${readsSeconds} s · writes after ${writesSeconds} s of ${targets.timeMinutes * 60} s · may lose ${lostSeconds} s of ${targets.pointSeconds} s`;
}

/** `platform/compute 82 of 500 resources · foundation/root 41 KB of 460 KB` */
function largest(deployments: BuiltSummary['deployments']): string {
  const templates = deployments.flatMap(({ name, templates: all }) => all.map((template) => ({ ...template, at: `${name}/${template.name}`, limit: limitOf(template.name, 'bytes') })));
  const byResources = [...templates].sort((a, b) => b.resources - a.resources)[0];
  const byBytes = [...templates].sort((a, b) => b.bytes / b.limit - a.bytes / a.limit)[0];
  if (!byResources || !byBytes) return 'nothing';
  const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1_000)} KB`;
  return `${byResources.at} ${byResources.resources} of ${templateQuotas.resources} resources · ${byBytes.at} ${kilobytes(byBytes.bytes)} of ${kilobytes(byBytes.limit)}`;
}

const digits = (number: number): string => number.toLocaleString('en-US');

/** `core-application: 11 services, room for 104 until 2,500 resources of an operation, for 350 until 460,800 bytes of root` */
function grows(name: string, { unit, count, quotas }: ManifestGrowth): string {
  const room = quotas.map(({ quota, of, limit, fits }) => `for ${digits(fits)} until ${digits(limit)} ${quota}${of === 'deployment' ? '' : ` of ${of}`}`);
  return `${name}: ${count} ${unit}${count === 1 ? '' : 's'}, room ${room.join(', ')}`;
}

/** `core-application has 2,105 of 2,500 resources of an operation (84 %): split it before it is full` */
function nears({ of, quota, used, limit }: NearQuota): string {
  return `${of} has ${digits(used)} of ${digits(limit)} ${quota} (${Math.floor((used / limit) * 100)} %): split it before it is full`;
}
