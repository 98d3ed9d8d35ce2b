import type { PlacedResource } from '../system-index';
import type { Subnet } from './network';
import type { SecurityGroup } from './security-group';

/** What kind of thing a place is, in a user's words. */
export type InsideKind = 'load balancer' | 'service' | 'database' | 'proxy' | 'cache' | 'VPC link' | 'function' | 'canary' | 'instances' | 'control plane' | 'nodes' | 'pods' | 'interface endpoint';

/** Something with network interfaces in subnets. */
export interface InsidePlace {
  readonly kind: InsideKind;
  readonly name: string;
  readonly resource: PlacedResource;
  readonly subnets: readonly Subnet[];
  readonly groups: readonly SecurityGroup[];
  /** Whether some of its subnets, or of its security groups, are known at deployment only. */
  readonly isVague: { readonly subnets: boolean; readonly groups: boolean };
  /** TCP ports on which it answers. */
  readonly listens: readonly number[];
  /** Whether its interfaces have public addresses. */
  readonly isPublic: boolean;
  /** Whether no security group is asked about its connections. */
  readonly isUnfiltered: boolean;
}

/** Somebody outside: anybody on the internet, or who has the addresses of a prefix list. */
export interface OutsidePlace {
  readonly kind: 'internet' | 'prefix list';
  readonly name: string;
}

/**
 * API Gateway as a VPC link of REST APIs brings it in: through PrivateLink to the Network Load Balancers that the link names and to nothing
 * else, from addresses that nobody knows.
 */
export interface LinkPlace {
  readonly kind: 'private link';
  readonly name: string;
  readonly resource: PlacedResource;
  readonly balancers: readonly PlacedResource[];
}

/** An AWS service behind a gateway endpoint, which is a route and has no interfaces. */
export interface GatewayPlace {
  readonly kind: 'gateway endpoint';
  readonly name: string;
  readonly resource: PlacedResource;
}

/** Who connects, or who is connected to. */
export type Place = InsidePlace | OutsidePlace | LinkPlace | GatewayPlace;

/** Whether a place has interfaces in subnets. */
export function isInside(place: Place): place is InsidePlace {
  return 'subnets' in place;
}

/** Whether one place may connect to another at all: what is behind an endpoint only answers, and of two places outside nothing is known. */
export function mayConnect(source: Place, target: Place): boolean {
  if (source.kind === 'private link') return isInside(target) && source.balancers.includes(target.resource);
  const answersOnly = source.kind === 'interface endpoint' || source.kind === 'gateway endpoint';
  return !answersOnly && target.kind !== 'prefix list' && target.kind !== 'private link' && (isInside(source) || isInside(target));
}
