import type { TemplateDefinition } from '../../../src/cfn';
import { regionSwitchPlan } from '../../modules/dns/region-switch-plan';
import { allWorkloads, ecsServices } from '../../modules/dns/scaled-workloads';
import { auroraGlobalDatabase } from '../../modules/dns/switched-database';
import { clusterName, clusterNames } from './cluster-names';
import { auroraClusterIdentifier, globalClusterIdentifier } from './database-names';
import { defineTemplate } from './environments';
import { failoverRunbook, recoveryTargets } from './recovery';
import { serviceName } from './service-names';
import type { ServiceRow } from './service-row';
import type { LookcardSettings } from './settings';

type PlanDefinition = TemplateDefinition<Record<never, never>, Record<never, never>, LookcardSettings>;

/** Steps of one plan, which run side by side: so many that a plan's role has room for the names of its services, and no plan grows with the catalogue. */
const stepsOfPlan = 20;

/** Minutes after which a step gives up: a promotion takes minutes, as do tasks that start. */
const stepTimeoutMinutes = 10;

/**
 * The plans that make either region the one that writes: failover and, the other way, failback. The first moves the database; each
 * brings its share of the services to the strength that the other region had. They are started together and take no longer than one,
 * however many services there are. Cron jobs have no strength to bring; tables take writes in both regions all the time, and the names
 * follow the regions' health.
 * @returns the templates by logical id of the nested stack: `RegionSwitch`, `RegionSwitch2`…
 */
export function regionSwitchesOf(rows: readonly ServiceRow[]): ReadonlyMap<string, PlanDefinition> {
  const standing = rows.filter(({ schedule }) => !schedule);
  const shares = [standing.slice(0, stepsOfPlan - 1)];
  for (let from = stepsOfPlan - 1; from < standing.length; from += stepsOfPlan) shares.push(standing.slice(from, from + stepsOfPlan));
  return new Map(shares.map((share, index) => [index === 0 ? 'RegionSwitch' : `RegionSwitch${index + 1}`, planOf(share, index + 1)]));
}

function planOf(rows: readonly ServiceRow[], number: number): PlanDefinition {
  const tail = number === 1 ? '' : `-${number}`;
  return defineTemplate(`region-switch${tail}`, { description: 'LookCard region-switch plan', parameters: {} }, (t) => {
    const { regions } = t.context;
    const clusters = clusterNames.map((cluster) => ({ cluster, own: rows.filter((row) => row.cluster === cluster) })).filter(({ own }) => own.length > 0);
    regionSwitchPlan(t, 'RegionSwitch', {
      name: `switch${tail}`,
      description: `${number === 1 ? 'Makes the database of a region the one that writes and scales its services' : 'Scales more services of a region, beside the first plan'}. Before starting it read ${failoverRunbook}`,
      recoveryTimeObjectiveMinutes: recoveryTargets.timeMinutes,
      ...(number === 1 && { database: auroraGlobalDatabase(regions, { globalCluster: globalClusterIdentifier(t), cluster: auroraClusterIdentifier(t) }) }),
      workloads: allWorkloads(clusters.map(({ cluster, own }) => ecsServices(regions, { cluster: clusterName(t, cluster), services: own.map((row) => ({ name: row.name, service: serviceName(t, row) })) }))),
      stepTimeoutMinutes,
      wayBack: number === 1 ? 'Returns to the primary region, once its cluster replicates again' : 'Gives the primary region the strength of the secondary',
    });
    return {};
  });
}
