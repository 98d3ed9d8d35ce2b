import { everyAddress, publicAddresses } from './addresses';
import { aclStep } from './acl-step';
import { egressBranches } from './egress';
import { groupSteps, type Other } from './group-step';
import { locationOf } from './location';
import type { Network, Subnet } from './network';
import { isInside, type GatewayPlace, type InsidePlace, type LinkPlace, type OutsidePlace, type Place } from './place';
import { waysTo, type Route } from './route-table';
import { attachmentStep, wayToStep, wayStep } from './route-step';
import { always, type Flow, type Side, type Step } from './step';

/** One of the ways that a connection between two places can take: from one subnet to another, by one route. */
export interface Branch {
  /** `FrontendSubnet1 → BackendSubnet2`. */
  readonly between: string;
  readonly start: Omit<Flow, 'port'>;
  /** The addresses of the two ends, of which the route takes `start`. */
  readonly whole?: Omit<Flow, 'port'>;
  readonly steps: readonly Step[];
}

/** Every way between two places, whatever the port. */
export function branchesBetween(network: Network, source: Place, target: Place): readonly Branch[] {
  if (source.kind === 'gateway endpoint') return [];
  const vague = [source, target].filter(isInside).filter(({ isVague }) => isVague.subnets).map((place) => vagueBranch(place, source, target));
  return [...knownBranches(network, source, target), ...vague];
}

function knownBranches(network: Network, source: InsidePlace | OutsidePlace | LinkPlace, target: Place): readonly Branch[] {
  if (source.kind === 'private link') return isInside(target) ? throughLink(source, target) : [];
  if (!isInside(source)) return isInside(target) ? fromOutside(network, source, target) : [];
  if (isInside(target)) return source.subnets.flatMap((from) => target.subnets.flatMap((to) => inside(source, from, target, to)));
  return source.subnets.flatMap((from) => (target.kind === 'gateway endpoint' ? throughEndpoint(source, from, target) : egressBranches(network, source, from)));
}

/** A place as the other end's security group sees it. */
function otherOf(place: Place, side: Side): Other {
  if (isInside(place)) return { name: place.name, side, groups: place.groups.map(({ resource }) => resource), isVague: place.isVague.groups };
  return { name: place.name, side, groups: [], ...(place.kind === 'internet' ? {} : { list: place.name }) };
}

/** What is sure though nobody knows where a place stands: what the security groups say. */
function vagueBranch(place: InsidePlace, source: Place, target: Place): Branch {
  return {
    between: `a subnet of ${place.name}`,
    start: { from: isInside(source) ? everyAddress : publicAddresses, to: isInside(target) ? everyAddress : publicAddresses },
    steps: [
      always('unknown', { who: place.name, says: 'has a subnet that is known at deployment only', rules: [] }),
      ...(isInside(source) ? groupSteps(source, 'egress', otherOf(target, 'to')) : isInside(target) ? [addressStep(target)] : []),
      ...(isInside(target) ? groupSteps(target, 'ingress', otherOf(source, 'from')) : []),
    ],
  };
}

function inside(source: InsidePlace, from: Subnet, target: InsidePlace, to: Subnet): readonly Branch[] {
  const between = `${from.resource.logicalId} → ${to.resource.logicalId}`;
  if (from.vpc !== to.vpc) {
    const apart = always('blocked', { who: `VPC ${from.vpc.logicalId}`, says: `is not ${to.vpc.logicalId}, in which ${target.name} stands`, rules: [], needed: 'a connection between the networks, which is not followed' });
    return [{ between, start: { from: from.addresses, to: to.addresses }, steps: [apart] }];
  }
  const border = from !== to;
  return waysTo(from.table, from.local, to.addresses).map((way) => ({
    between,
    start: { from: from.addresses, to: way.destinations },
    whole: { from: from.addresses, to: to.addresses },
    steps: [
      ...groupSteps(source, 'egress', otherOf(target, 'to')),
      wayStep(from, way),
      ...(way.route && way.route.target.kind !== 'local' && way.route.target.kind !== 'other' ? [astray(from, way.route)] : []),
      ...(border ? [aclStep(from, { direction: 'outbound', remote: 'to' }), aclStep(to, { direction: 'inbound', remote: 'from' })] : []),
      ...groupSteps(target, 'ingress', otherOf(source, 'from')),
      ...(border ? [wayToStep(to, 'from', 'local'), aclStep(to, { direction: 'outbound', remote: 'from', reply: true }), aclStep(from, { direction: 'inbound', remote: 'to', reply: true })] : []),
    ],
  }));
}

/** A route that is longer than the VPC's own and leads packets to somebody who may pass them on or not. */
function astray({ resource, table }: Subnet, { text, location }: Route): Step {
  return always('unknown', { who: `route table ${table?.resource.logicalId ?? `of ${resource.logicalId}`}`, says: `takes ${text} out of the VPC's own route, to somebody who may pass it on`, rules: location === undefined ? [] : [location] });
}

function addressStep({ name, isPublic }: InsidePlace): Step {
  return isPublic
    ? always('open', { who: name, says: 'has public addresses', rules: [] })
    : always('blocked', { who: name, says: 'has no public address', rules: [], needed: `a public address of ${name}, or a load balancer before it` });
}

function fromOutside(network: Network, source: OutsidePlace, target: InsidePlace): readonly Branch[] {
  return target.subnets.map((to) => ({
    between: `${source.name} → ${to.resource.logicalId}`,
    start: { from: publicAddresses, to: to.addresses },
    steps: [
      addressStep(target),
      attachmentStep(network, to),
      aclStep(to, { direction: 'inbound', remote: 'from' }),
      ...groupSteps(target, 'ingress', otherOf(source, 'from')),
      wayToStep(to, 'from', 'internet-gateway'),
      aclStep(to, { direction: 'outbound', remote: 'from', reply: true }),
    ],
  }));
}

/**
 * PrivateLink stands behind subnets and routes: no ACL is asked. The load balancer's security groups are, unless it says otherwise; they see
 * addresses that are known to nobody.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function throughLink(source: LinkPlace, target: InsidePlace): readonly Branch[] {
  if (!source.balancers.includes(target.resource)) return [];
  const asked = target.resource.properties['EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic'] !== 'off';
  const link = always('open', { who: source.name, says: `leads to ${target.name}${asked ? '' : ', whose security groups do not ask PrivateLink'}`, rules: [locationOf(source.resource)] });
  return [{ between: `${source.name} → ${target.name}`, start: { from: everyAddress, to: everyAddress }, steps: [link, ...(asked ? groupSteps(target, 'ingress', otherOf(source, 'from')) : [])] }];
}

function throughEndpoint(source: InsidePlace, from: Subnet, target: GatewayPlace): readonly Branch[] {
  const who = `route table ${from.table?.resource.logicalId ?? `by default of ${from.resource.logicalId}`}`;
  const id = target.resource.logicalId;
  const route = from.table?.endpoints.includes(target.resource)
    ? always('open', { who, says: `sends ${target.name} to ${id}`, rules: [] })
    : always('blocked', { who, says: `does not lead to ${id}`, rules: [], needed: `${from.table?.resource.logicalId ?? 'a route table'} among the RouteTableIds of ${id}` });
  return [
    {
      between: `${from.resource.logicalId} → ${target.name}`,
      start: { from: from.addresses, to: publicAddresses },
      steps: [
        ...groupSteps(source, 'egress', otherOf(target, 'to')),
        route,
        aclStep(from, { direction: 'outbound', remote: 'to' }),
        aclStep(from, { direction: 'inbound', remote: 'to', reply: true }),
      ],
    },
  ];
}
