import type { Value } from '../../resolve';
import type { PlacedResource } from '../system-index';
import { readings } from './interfaces';
import type { Network } from './network';
import type { InsidePlace } from './place';
import type { RegionResources } from './region-resources';

/** Everything in a region that has interfaces in subnets, by kind and then as the templates have it. Each has a name of its own. */
export function insidePlaces(region: RegionResources, network: Network): readonly InsidePlace[] {
  const names = new Set<string>();
  return readings.flatMap(({ type, kind, read }) =>
    region.ofType(type).flatMap((resource): InsidePlace[] => {
      const found = read(resource, region);
      if (!found) return [];
      const { isUnfiltered = false, isPublic = false } = found;
      const named = <T>(type: string, value: Value | undefined, known: ReadonlyMap<PlacedResource, T>): readonly T[] => region.allNamed(type, value).flatMap((each) => known.get(each) ?? []);
      const subnets = named('AWS::EC2::Subnet', found.subnets, network.subnets);
      const groups = named('AWS::EC2::SecurityGroup', found.groups, network.groups);
      const isVague = { subnets: subnets.length === 0 || region.isVague('AWS::EC2::Subnet', found.subnets), groups: !isUnfiltered && region.isVague('AWS::EC2::SecurityGroup', found.groups) };
      const name = freeName(names, found.name ?? kebab(resource.logicalId));
      const listens = [...new Set((found.listens ?? []).filter((port): port is number => port !== undefined))].sort((a, b) => a - b);
      return [{ kind, name, resource, subnets, groups, listens, isPublic, isUnfiltered, isVague }];
    }),
  );
}

function kebab(logicalId: string): string {
  return logicalId.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

function freeName(taken: Set<string>, wish: string): string {
  let name = wish;
  for (let count = 2; taken.has(name); count += 1) name = `${wish}-${count}`;
  taken.add(name);
  return name;
}
