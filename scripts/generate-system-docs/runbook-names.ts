import { defaultSuffix } from '../../src/cfn/wires';
import { MeridianError } from '../../src/errors';
import type { ResolvedDeployment } from '../../src/resolve';
import type { ResolvedEnvironment } from './environment';
import { customerPortalRunbooks } from './runbooks/customer-portal';
import { financialPortalRunbooks } from './runbooks/financial-portal';
import { fintechGlobalRunbooks } from './runbooks/fintech-global';
import { kashaRunbooks } from './runbooks/kasha';
import { lookcardRunbooks } from './runbooks/lookcard';
import type { NameSource, RunbookNames } from './runbooks/name-source';

/** The names of each runbook, by system. */
const runbooks: Readonly<Record<string, RunbookNames>> = { kasha: kashaRunbooks, 'financial-portal': financialPortalRunbooks, 'customer-portal': customerPortalRunbooks, 'fintech-global': fintechGlobalRunbooks, lookcard: lookcardRunbooks };

/** Runbooks that need no name for the second region. */
const primaryOnly: readonly string[] = ['budget-alerts', 'cost-export', 'dns-account', 'first-schema', 'origin-header-rotation', 'point-in-time-recovery', 'restore'];

/**
 * The names that each runbook of a system begins with, as a fenced block of shell. Environment, suffix and regions are variables, so that the
 * same lines serve another environment.
 * @throws MeridianError when a resource or its name is no longer there
 */
export function runbookNames(system: string, { deployments, regions, short }: ResolvedEnvironment): ReadonlyMap<string, string> {
  const byParts = (name: string): string =>
    name
      .replace(`-${short}-${defaultSuffix}`, '-$ENVIRONMENT-$SUFFIX')
      .replace(`_${short}_${defaultSuffix}`, '_${ENVIRONMENT}_$SUFFIX')
      .replace(`-${regions.primary}`, '-$PRIMARY')
      .replace(`-${regions.secondary}`, '-$SECONDARY');
  const regionOf = ({ deployment, in: where }: NameSource): string => {
    const [first, ...others] = deployments.filter((each) => each.deployment === deployment).map(({ region }) => region);
    return first !== undefined && others.length === 0 ? first : regions[where ?? 'primary'];
  };
  const fenced = (runbook: string, names: readonly NameSource[]): string =>
    [
      '```sh',
      `export ENVIRONMENT=${short} SUFFIX=${defaultSuffix} PRIMARY=${regions.primary}${primaryOnly.includes(runbook) ? '' : ` SECONDARY=${regions.secondary}`}`,
      ...names.map((source) => `${source.variable}="${byParts(nameOf(deployments, regionOf(source), source))}"`),
      '```',
    ].join('\n');
  return new Map(Object.entries(runbooks[system] ?? {}).map(([runbook, names]) => [runbook, fenced(runbook, names)]));
}

function nameOf(deployments: readonly ResolvedDeployment[], region: string, { deployment, resource, property }: NameSource): string {
  const { instance } = deployments.find((each) => each.deployment === deployment && each.region === region) ?? {};
  const properties = instance?.resource(resource)?.properties;
  const name = property === undefined ? nameTag(properties?.['Tags']) : properties?.[property];
  if (typeof name !== 'string') throw new MeridianError(`Runbook name ${property ?? 'tag Name'} of ${resource} in ${deployment}, ${region}: the templates have none. Correct the list of names.`, 2);
  return name;
}

/** The tag `Name`, which some types have in a list of keys and values and others in a map. */
function nameTag(tags: unknown): unknown {
  if (!Array.isArray(tags)) return (tags as Readonly<Record<string, unknown>> | undefined)?.['Name'];
  return (tags as readonly { readonly Key?: unknown; readonly Value?: unknown }[]).find(({ Key }) => Key === 'Name')?.Value;
}
