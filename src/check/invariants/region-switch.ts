import { dataTypes, type EnvironmentResources } from './environment-resources';
import type { Invariant, Violation } from './invariant';
import type { PlacedResource } from './placed-resource';

/** @see https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html */
export const regionSwitch: Invariant = {
  id: 'regions_can_be_switched',
  title: 'A production system with data in two regions has a region-switch plan, for exactly these regions',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-10', 'NIST 800-53 r5 CP-2', 'SOC 2 A1.3', 'MAS TRM 2021 8.2'],
  requirements: ['KSH-79'],
  fix: 'Add regionSwitchPlan() with both regions to the edge deployment',
  ofCatalogue: true,
  judge: (environment) => {
    const regions = environment.dataRegions();
    if (!environment.isProduction || regions.length < 2) return 'did-not-apply';
    const plans = environment.of('AWS::ARCRegionSwitch::Plan');
    return plans.length === 0 ? missing(environment, regions) : plans.flatMap((plan) => wrongRegions(plan, regions));
  },
};

function missing(environment: EnvironmentResources, regions: readonly string[]): Violation[] {
  const [resource] = environment.of(...dataTypes);
  return [{ resource, what: `Nothing moves the system from ${regions.join(' to ')}`, now: 'no AWS::ARCRegionSwitch::Plan' }];
}

function wrongRegions(plan: PlacedResource, regions: readonly string[]): Violation[] {
  const named = plan.all('Regions.*');
  if (named.some((region) => typeof region !== 'string') || [...named].sort().join() === regions.join()) return [];
  return [{ resource: plan, property: 'Regions', what: 'The plan is for other regions than those of the data', now: `Regions: ${named.join(', ')}; the data: ${regions.join(', ')}` }];
}
