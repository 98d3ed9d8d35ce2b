import { join } from 'node:path';
import { assumptions, availabilityOf, type SlaFigure } from '../../src/analyse/availability';
import { readPriceList } from '../../src/analyse/cost';
import { checkout } from '../../src/toolchain';
import { assumptionsTable, availabilityTable, lostMinutesTable, recoveryTable, requestPathTable, slaTable, type ByEnvironment } from './availability';
import { computedCostsTable, priceTable, usageTable } from './computed-costs';
import type { ResolvedEnvironment } from './environment';
import { ownCostsTable, ownLeversTable } from './own-costs';
import { leversTable, ownerCostsTable, readOwnerCosts } from './owner-costs';
import { quantitiesTable } from './quantities';
import { recoveryTargetsTable } from './recovery-targets';
import { runbookNames } from './runbook-names';
import { hasRestoreTest, maintenanceTable, restoreTestTable } from './schedules';

/** The blocks of a system that compare its environments, by title. None for a system that users don't reach. */
export function comparingBlocks(system: string, environments: readonly ResolvedEnvironment[], figures: readonly SlaFigure[]): readonly (readonly [title: string, content: string])[] {
  const availability: ByEnvironment = new Map(
    environments.flatMap(({ environment, deployments, recovery }) => {
      const computed = availabilityOf(deployments, figures, { ...assumptions, ...(recovery && { decisionMinutes: recovery.targets.decisionMinutes }) });
      return computed ? [[environment, computed] as const] : [];
    }),
  );
  const [production] = environments;
  if (availability.size === 0 || !production) return [];
  const prices = readPriceList(join(checkout, 'prices/list.json'));
  const costs = readOwnerCosts(join(checkout, `docs/systems/${system}-owner-costs.yaml`));
  return [
    [`availability of ${system}`, availabilityTable(availability, goalOf(production))],
    [`request path of ${system}`, requestPathTable(availability)],
    [`recovery of ${system}`, recoveryTable(availability)],
    ...(production.recovery ? [[`recovery targets of ${system}`, recoveryTargetsTable(environments)] as const] : []),
    [`lost minutes of ${system}`, lostMinutesTable(availability)],
    [`quantities of ${system}`, quantitiesTable(environments)],
    [`cost of ${system}`, computedCostsTable(environments, prices)],
    ...(costs ? [[`owner’s costs of ${system}`, ownerCostsTable(costs)] as const, [`owner’s savings of ${system}`, leversTable(costs)] as const, [`owner’s and our costs of ${system}`, ownCostsTable(costs, environments, prices)] as const, [`owner’s and our savings of ${system}`, ownLeversTable(costs, environments, prices)] as const] : []),
    ...[...runbookNames(system, production)].map(([runbook, names]) => [`names of ${system} in ${runbook}`, names] as const),
    ...(hasRestoreTest(production) ? [[`restore test of ${system}`, restoreTestTable(production)] as const] : []),
    [`maintenance of ${system}`, maintenanceTable(production)],
    ['usage behind the cost', usageTable()],
    ['list prices', priceTable(prices)],
    ['SLA figures', slaTable(figures)],
    ['assumptions of availability', assumptionsTable(assumptions)],
  ];
}

/** The percent that the environment's service level objectives ask for; of several the highest. */
function goalOf({ deployments }: ResolvedEnvironment): number {
  const objectives = deployments.flatMap(({ instance }) => [...instance.resources()].filter(({ type }) => type === 'AWS::ApplicationSignals::ServiceLevelObjective'));
  return Math.max(...objectives.map(({ properties }) => Number((properties['Goal'] as { readonly AttainmentGoal?: number } | undefined)?.AttainmentGoal)));
}
