import type { Manifest } from '../../src/build/manifest';
import { loadSystem } from '../../src/resolve';
import { table } from './table';

/**
 * The deployments of a built system, with what stands in each region: resources that conditions leave out there are not counted,
 * nested stacks are not either, their resources are.
 * @param dist folder of the build
 */
export function deploymentsTable(dist: string, { system, environment, deployments, regions }: Manifest): string {
  const instances = loadSystem(dist, system, environment);
  const pair = [regions.primary, regions.secondary];
  const count = (deployment: string, region: string): number =>
    instances
      .filter((each) => each.deployment === deployment && each.region === region)
      .reduce((sum, { instance }) => sum + [...instance.resources()].filter(({ id }) => !instance.stacks.has(id)).length, 0);
  const shown = (resources: number): string | number => (resources === 0 ? '–' : resources);
  const rows = deployments.map(({ name, regions: order, templates }) => [
    `\`${name}\``,
    order.create.join(', '),
    Object.keys(templates).filter((template) => template !== 'root').join(', '),
    ...pair.map((region) => shown(count(name, region))),
  ]);
  const totals = pair.map((region) => deployments.reduce((sum, { name }) => sum + count(name, region), 0));
  return table(['Deployment', 'First rolled to', 'Nested templates', ...pair.map((region) => `Resources in ${region}`)], [...rows, ['All', '', '', ...totals]]);
}
