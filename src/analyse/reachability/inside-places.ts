import type { PlacedResource } from '../system-index';
import { readings } from './interfaces';
import type { Network } from './network';
import type { InsidePlace } from './place';
import type { RegionResources } from './region-resources';
import { groupsNamed, groupTypes } from './security-group';

/**
 * Everything in a region that has interfaces in subnets, by kind and then as the templates have it. Each has a name of its own: things of one
 * kind that have one logical id in several nested stacks are called by those.
 */
export function insidePlaces(region: RegionResources, network: Network): readonly InsidePlace[] {
  const names = new Set<string>();
  return readings.flatMap(({ type, kind, read }) => {
    const resources = region.ofType(type);
    return resources.flatMap((resource): InsidePlace[] => {
      const found = read(resource, region);
      if (!found) return [];
      const { isUnfiltered = false, isPublic = false, clusters = [] } = found;
      const subnets = region.allNamed('AWS::EC2::Subnet', found.subnets).flatMap((each) => network.subnets.get(each) ?? []);
      const groups = [...new Set([...clusters, ...groupsNamed(region, found.groups)])].flatMap((each) => network.groups.get(each) ?? []);
      const hasOwnGroups = isUnfiltered || (clusters.length > 0 && found.groups === undefined);
      const isVague = { subnets: subnets.length === 0 || region.isVague(['AWS::EC2::Subnet'], found.subnets), groups: !hasOwnGroups && region.isVague(groupTypes, found.groups) };
      const name = freeName(names, found.name ?? kebab(idAmong(resources, resource)));
      const listens = [...new Set((found.listens ?? []).filter((port): port is number => port !== undefined))].sort((a, b) => a - b);
      return [{ kind, name, resource, subnets, groups, listens, isPublic, isUnfiltered, isVague }];
    });
  });
}

/** What tells a resource from others of its type: its logical id, or the nested stack in which alone it has that. */
function idAmong(resources: readonly PlacedResource[], { logicalId, stack }: PlacedResource): string {
  const alike = resources.filter((other) => other.logicalId === logicalId);
  const own = stack.split('/').at(-1) ?? '';
  return alike.length > 1 && own !== '' && alike.filter((other) => other.stack === stack).length === 1 ? own : logicalId;
}

/** A logical id as people read it: `load-balancer` for `LoadBalancer`. */
export function kebab(logicalId: string): string {
  return logicalId.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

function freeName(taken: Set<string>, wish: string): string {
  let name = wish;
  for (let count = 2; taken.has(name); count += 1) name = `${wish}-${count}`;
  taken.add(name);
  return name;
}
