import type { PlacedResource } from '../system-index';
import type { Value } from '../../resolve';
import { addressesOf } from './addresses';
import { locationOf } from './location';
import { prefixListOf } from './prefix-list';
import { difference, intersection, type Ranges } from './ranges';
import type { RegionResources } from './region-resources';

/** Where a route sends packets. */
export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly resource: PlacedResource }
  | { readonly kind: 'nat-gateway'; readonly resource: PlacedResource }
  /** An instance or network interface that forwards packets. */
  | { readonly kind: 'appliance'; readonly resource: PlacedResource }
  /** What is not followed: another network, or known at deployment only. */
  | { readonly kind: 'other'; readonly text: string };

/** One route of a table. */
export interface Route {
  /** Undefined for the VPC's own, which no template writes. */
  readonly location?: string;
  /** As the template has it, for example `0.0.0.0/0`. */
  readonly text: string;
  /** Undefined where they are known at deployment only. */
  readonly destinations: Ranges | undefined;
  readonly target: RouteTarget;
}

/** A route table: the VPC's own route and those of the templates. */
export interface RouteTable {
  readonly resource: PlacedResource;
  readonly routes: readonly Route[];
  /** The gateway endpoints that it leads to. */
  readonly endpoints: readonly PlacedResource[];
}

/** The properties of a route that name its target, with what they lead to. */
const targets: readonly (readonly [property: string, type: string, kind: 'internet-gateway' | 'nat-gateway' | 'appliance'])[] = [
  ['GatewayId', 'AWS::EC2::InternetGateway', 'internet-gateway'],
  ['NatGatewayId', 'AWS::EC2::NatGateway', 'nat-gateway'],
  ['NetworkInterfaceId', 'AWS::EC2::NetworkInterface', 'appliance'],
  ['InstanceId', 'AWS::EC2::Instance', 'appliance'],
];

/** The route tables of a region, without the VPC's own route, which needs no entry. */
export function routeTablesOf(region: RegionResources): readonly RouteTable[] {
  const gatewayEndpoints = region.ofType('AWS::EC2::VPCEndpoint').filter(({ properties }) => properties['VpcEndpointType'] === 'Gateway' || properties['VpcEndpointType'] === undefined);
  return region.ofType('AWS::EC2::RouteTable').map((resource) => ({
    resource,
    routes: region.naming('AWS::EC2::Route', 'RouteTableId', resource).flatMap((route) => routeOf(region, route)),
    endpoints: gatewayEndpoints.filter(({ properties }) => region.allNamed('AWS::EC2::RouteTable', properties['RouteTableIds']).includes(resource)),
  }));
}

function routeOf(region: RegionResources, route: PlacedResource): readonly Route[] {
  const { DestinationCidrBlock: block, DestinationPrefixListId: list } = route.properties;
  const target = targetOf(region, route);
  const location = locationOf(route);
  if (typeof block === 'string') return [{ location, text: block, destinations: addressesOf(block), target }];
  if (list !== undefined) return listRoute(region, list, location, target);
  return block === undefined ? [] : [{ location, text: 'a block known at deployment', destinations: undefined, target }];
}

function listRoute(region: RegionResources, id: Value, location: string, target: RouteTarget): readonly Route[] {
  const list = prefixListOf(region, id);
  return [{ location, text: list?.name ?? 'a prefix list known at deployment', destinations: list?.addresses, target }];
}

function targetOf(region: RegionResources, route: PlacedResource): RouteTarget {
  for (const [property, type, kind] of targets) {
    const resource = region.named(type, route.properties[property]);
    if (resource) return { kind, resource };
  }
  const [named] = Object.keys(route.properties).filter((key) => key.endsWith('Id') && key !== 'RouteTableId' && key !== 'DestinationPrefixListId');
  return { kind: 'other', text: named ?? 'nothing' };
}

/** What a table does with some destinations. */
export interface Way {
  readonly destinations: Ranges;
  /** Undefined where the table has no route to them. */
  readonly route: Route | undefined;
}

/**
 * Shares destinations out among the routes: each goes by the one with the longest prefix, the VPC's own among them.
 * @param local the VPC's range
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function waysTo(table: RouteTable | undefined, local: Ranges, destinations: Ranges): readonly Way[] {
  const own: Route = { text: 'local', destinations: local, target: { kind: 'local' } };
  const routes = [own, ...(table?.routes ?? [])].flatMap((route) => (route.destinations ?? []).map((part) => ({ route, part: [part] as Ranges })));
  const byPrefix = routes.sort((a, b) => sizeOf(a.part) - sizeOf(b.part));
  const ways: Way[] = [];
  let left = destinations;
  for (const { route, part } of byPrefix) {
    const taken = intersection(left, part);
    if (taken.length === 0) continue;
    ways.push({ destinations: taken, route });
    left = difference(left, taken);
  }
  return left.length > 0 ? [...ways, { destinations: left, route: undefined }] : ways;
}

function sizeOf(addresses: Ranges): number {
  return addresses.reduce((size, [first, last]) => size + last - first + 1, 0);
}

