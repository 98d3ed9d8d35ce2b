import type { Value } from '../../resolve';
import type { PlacedResource } from '../system-index';
import { publicAddresses } from './addresses';
import { aclStep } from './acl-step';
import type { Branch } from './branch';
import { groupStep, groupSteps, type Other } from './group-step';
import type { Network, Subnet } from './network';
import type { InsidePlace } from './place';
import { attachmentStep, wayToStep, wayStep } from './route-step';
import { waysTo, type Way } from './route-table';
import { always, type Step } from './step';

const internet: Other = { name: 'the internet', side: 'to', groups: [] };

/**
 * The ways of a place from one of its subnets to the internet: through an internet gateway with an address of its own, through a NAT
 * gateway, or through an instance that forwards.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
export function egressBranches(network: Network, source: InsidePlace, from: Subnet): readonly Branch[] {
  return waysTo(from.table, from.local, publicAddresses).map((way) => ({
    between: `${from.resource.logicalId} → internet`,
    start: { from: from.addresses, to: way.destinations },
    whole: { from: from.addresses, to: publicAddresses },
    steps: [
      ...groupSteps(source, 'egress', internet),
      wayStep(from, way),
      aclStep(from, { direction: 'outbound', remote: 'to' }),
      ...beyond(network, source, from, way),
      aclStep(from, { direction: 'inbound', remote: 'to', reply: true }),
    ],
  }));
}

function beyond(network: Network, source: InsidePlace, from: Subnet, { route }: Way): readonly Step[] {
  const target = route?.target;
  switch (target?.kind) {
    case 'internet-gateway':
      return [publicAddress(source), attachmentStep(network, from, target.resource)];
    case 'nat-gateway':
      return throughNat(network, from, target.resource);
    case 'appliance':
      return throughAppliance(network, source, from, target.resource);
    default:
      return [];
  }
}

function publicAddress({ name, isPublic }: InsidePlace): Step {
  return isPublic
    ? always('open', { who: name, says: 'has public addresses', rules: [] })
    : always('blocked', { who: name, says: 'has no public address, which an internet gateway asks for', rules: [], needed: `a public address of ${name}, or a route through NAT` });
}

function throughNat(network: Network, from: Subnet, gateway: PlacedResource): readonly Step[] {
  const who = `NAT gateway ${gateway.logicalId}`;
  const { SubnetId, ConnectivityType, AvailabilityMode } = gateway.properties;
  if (ConnectivityType === 'private') return [always('blocked', { who, says: 'is private and leads to no internet', rules: [], needed: 'a public NAT gateway' })];
  // A regional one stands in no subnet, and no network ACL is asked on its far side.
  if (AvailabilityMode === 'regional') return [always('open', { who, says: 'translates to an address of its own', rules: [] })];
  const subnet = subnetOf(network, SubnetId);
  return subnet ? through(network, from, subnet) : [always('unknown', { who, says: 'its subnet is known at deployment only', rules: [] })];
}

/** An instance forwards packets for others only with its check of source and destination off. */
function throughAppliance(network: Network, source: InsidePlace, from: Subnet, appliance: PlacedResource): readonly Step[] {
  const who = `${appliance.type.replace('AWS::EC2::', '')} ${appliance.logicalId}`;
  const { SubnetId, SourceDestCheck, GroupSet, SecurityGroupIds } = appliance.properties;
  const subnet = subnetOf(network, SubnetId);
  if (!subnet) return [always('unknown', { who, says: 'its subnet is known at deployment only', rules: [] })];
  if (SourceDestCheck !== false) return [always('blocked', { who, says: 'drops packets that are not its own: its check of source and destination is on', rules: [], needed: `SourceDestCheck: false of ${appliance.logicalId}` })];
  const groups = [...network.groups.values()].filter(({ resource }) => network.named(GroupSet ?? SecurityGroupIds).includes(resource));
  const gate = { name: appliance.logicalId, groups, isVague: groups.length === 0 };
  const client: Other = { name: source.name, side: 'from', groups: source.groups.map(({ resource }) => resource) };
  return [groupStep(gate, 'ingress', client), ...through(network, from, subnet), groupStep(gate, 'egress', internet)];
}

/** Into the subnet of something that translates addresses, out of it, and the answers back. */
function through(network: Network, from: Subnet, via: Subnet): readonly Step[] {
  const border = via !== from;
  return [
    ...(border ? [aclStep(via, { direction: 'inbound', remote: 'from' })] : []),
    attachmentStep(network, via),
    wayToStep(via, 'to', 'internet-gateway'),
    aclStep(via, { direction: 'outbound', remote: 'to' }),
    aclStep(via, { direction: 'inbound', remote: 'to', reply: true }),
    ...(border ? [wayToStep(via, 'from', 'local'), aclStep(via, { direction: 'outbound', remote: 'from', reply: true })] : []),
  ];
}

function subnetOf(network: Network, id: Value | undefined): Subnet | undefined {
  return network.named(id).map((resource) => network.subnets.get(resource)).find((subnet) => subnet !== undefined);
}
