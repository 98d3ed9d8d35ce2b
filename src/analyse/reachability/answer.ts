import { connector, type Connection, type ConnectionState } from './connection';
import type { Network } from './network';
import { isInside, mayConnect, type Place } from './place';
import type { RequestRoute } from './requests';

/** What a region's places, network and listeners come to. */
export interface RegionReach {
  readonly region: string;
  readonly network: Network;
  readonly places: readonly Place[];
  /** What the listeners of load balancers do with requests. */
  readonly routes: readonly RequestRoute[];
  /** Headers with secret values that CloudFront sends, in lower case. */
  readonly headersOfCloudFront: ReadonlySet<string>;
}

/** One try to get from a place to another. */
export interface Attempt {
  /** The rules of load balancers that pass a request on, in the order of the way; none for a direct connection. */
  readonly requests: readonly RequestRoute[];
  /** In the order of the way: one, or one more than there are requests. The last one says where it ends. */
  readonly connections: readonly Connection[];
  /** Whether the way leads to its end. */
  readonly state: Connection['state'];
  /** Why the load balancer does not pass the request on, when that is what blocks. */
  readonly refused?: string;
}

/** The port that is asked of the internet when nobody names one. */
const https = 443;

/**
 * Every way from one place to another: a direct connection to each port, and requests that load balancers pass on. None where the one only
 * answers, or both are outside. A VPC link of REST APIs connects to its load balancers only, and reaches others by what they pass on.
 * @param port only this port of the target. @default each on which it answers
 */
export function attempts(reach: RegionReach, from: Place, to: Place, port?: number): readonly Attempt[] {
  const isDirect = mayConnect(from, to);
  if (!isDirect && from.kind !== 'private link') return [];
  const own = isInside(to) && to.listens.length > 0 ? to.listens : [https];
  const ports = port === undefined ? own : [port];
  return [...(isDirect ? ports : []).map((each) => direct(reach, from, to, each)), ...passedOn(reach, { from, to, port, behind: [] })];
}

function direct({ network }: RegionReach, from: Place, to: Place, port: number): Attempt {
  const connection = connector(network, from, to)(port);
  return { requests: [], connections: [connection], state: connection.state };
}

interface Wish {
  readonly from: Place;
  readonly to: Place;
  readonly port: number | undefined;
  /** The load balancers that the way leads through later. */
  readonly behind: readonly Place[];
}

/** The ways whose last part a load balancer goes; it may be reached through another one. */
function passedOn(reach: RegionReach, { from, to, port, behind }: Wish): readonly Attempt[] {
  return reach.routes.flatMap((route) => {
    const balancer = reach.places.find(({ name }) => name === route.balancer);
    const targets = route.to.filter((target) => target.place === to.name && (port === undefined || target.port === port));
    if (!balancer || balancer === from || behind.includes(balancer) || targets.length === 0) return [];
    const before = [direct(reach, from, balancer, route.port), ...passedOn(reach, { from, to: balancer, port: route.port, behind: [...behind, balancer] })];
    return before.flatMap((attempt) => targets.map((target) => extended(reach, attempt, { from, balancer, to }, route, target.port)));
  });
}

function extended(reach: RegionReach, before: Attempt, { from, balancer, to }: Readonly<Record<'from' | 'balancer' | 'to', Place>>, route: RequestRoute, port: number): Attempt {
  const requests = [...before.requests, route];
  if (before.state === 'blocked') return { ...before, requests };
  const missing = route.secretHeaders.filter((header) => from.name !== 'cloudfront' || !reach.headersOfCloudFront.has(header));
  if (missing.length > 0) return { ...before, requests, state: 'blocked', refused: `${route.location} asks for the header ${missing.join(', ')}, whose secret value ${from.name} does not know` };
  const last = connector(reach.network, balancer, to)(port);
  return { requests, connections: [...before.connections, last], state: worse(before.state, last.state) };
}

const byBadness: readonly ConnectionState[] = ['open', 'partly', 'unknown', 'blocked'];

function worse(a: ConnectionState, b: ConnectionState): ConnectionState {
  return byBadness.indexOf(a) > byBadness.indexOf(b) ? a : b;
}
