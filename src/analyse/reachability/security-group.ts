import type { Value, ValueObject } from '../../resolve';
import { elementsOf, type PlacedResource } from '../system-index';
import { addressesOf, everyAddress } from './addresses';
import { locationOf } from './location';
import { everyPort, tcpPorts } from './ports';
import { prefixListOf, type PrefixList } from './prefix-list';
import type { Ranges } from './ranges';
import type { RegionResources } from './region-resources';

const clusterType = 'AWS::EKS::Cluster';

/** The way of a connection's first packet, seen from who has the rule. */
export type Direction = 'ingress' | 'egress';

/** Who the other side of a security group's rule is. */
export type Peer =
  | { readonly kind: 'addresses'; readonly addresses: Ranges; readonly text: string }
  | { readonly kind: 'group'; readonly group: PlacedResource }
  | { readonly kind: 'prefix-list'; readonly list: PrefixList }
  /** Known at deployment only, or the group of another VPC. */
  | { readonly kind: 'unknown' };

/** One rule of a security group, for TCP over IPv4. */
export interface GroupRule {
  /** The template and logical id that holds the rule. */
  readonly location: string;
  /** Undefined where they are known at deployment only. */
  readonly ports: Ranges | undefined;
  readonly peer: Peer;
}

/** A security group with the rules that it has of its own and those that stand by themselves. */
export interface SecurityGroup {
  /** The group, or the EKS cluster whose group it is. */
  readonly resource: PlacedResource;
  readonly rules: Readonly<Record<Direction, readonly GroupRule[]>>;
}

/**
 * The security groups of a region, those among them that EKS makes for its clusters: a template has only their ids, as an attribute of
 * the cluster, and adds rules that stand by themselves.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
export function securityGroupsOf(region: RegionResources): ReadonlyMap<PlacedResource, SecurityGroup> {
  const type = 'AWS::EC2::SecurityGroup';
  const standalone = { ingress: ownersOf(region, `${type}Ingress`), egress: ownersOf(region, `${type}Egress`) };
  const apart = (resource: PlacedResource, direction: Direction): readonly GroupRule[] => standalone[direction].filter(({ owner }) => owner === resource).flatMap(({ rule }) => ruleOf(region, rule.properties, locationOf(rule)));
  const made = region.ofType(type).map((resource): SecurityGroup => {
    const rules = (direction: Direction): readonly GroupRule[] => [
      ...elementsOf(resource.properties[direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress']).flatMap((rule) => ruleOf(region, rule, locationOf(resource))),
      ...apart(resource, direction),
    ];
    const egress = elementsOf(resource.properties['SecurityGroupEgress']).length > 0 ? [] : [everywhere(resource)];
    return { resource, rules: { ingress: rules('ingress'), egress: [...egress, ...rules('egress')] } };
  });
  const ofClusters = region.ofType(clusterType).map((resource): SecurityGroup => {
    const self: GroupRule = { location: `${locationOf(resource)} (by EKS)`, ports: everyPort, peer: { kind: 'group', group: resource } };
    return { resource, rules: { ingress: [self, ...apart(resource, 'ingress')], egress: [everywhere(resource), ...apart(resource, 'egress')] } };
  });
  return new Map([...made, ...ofClusters].map((group) => [group.resource, group]));
}

/** What a security group can be named by: itself, or the EKS cluster that has it. */
export const groupTypes = ['AWS::EC2::SecurityGroup', clusterType] as const;

/** The groups that a value names: of EC2, or those of EKS clusters by an attribute of theirs. */
export function groupsNamed(region: RegionResources, value: Value | undefined): readonly PlacedResource[] {
  return groupTypes.flatMap((type) => region.allNamed(type, value));
}

/** EC2 gives a group to everywhere what says nothing of egress; a rule that stands by itself doesn't take it away. */
function everywhere(group: PlacedResource): GroupRule {
  return { location: `${locationOf(group)} (default)`, ports: everyPort, peer: { kind: 'addresses', addresses: everyAddress, text: '0.0.0.0/0' } };
}

function ownersOf(region: RegionResources, type: string): readonly { readonly rule: PlacedResource; readonly owner: PlacedResource | undefined }[] {
  return region.ofType(type).map((rule) => ({ rule, owner: groupsNamed(region, rule.properties['GroupId'])[0] }));
}

/** The rule as it concerns TCP over IPv4: none for other protocols and for IPv6. */
function ruleOf(region: RegionResources, rule: ValueObject, location: string): readonly GroupRule[] {
  const ports = tcpPorts(rule['IpProtocol'], rule['FromPort'], rule['ToPort']);
  const peer = peerOf(region, rule);
  return ports?.length === 0 || peer === undefined ? [] : [{ location, ports, peer }];
}

function peerOf(region: RegionResources, rule: ValueObject): Peer | undefined {
  const block = rule['CidrIp'];
  if (block !== undefined) return typeof block === 'string' ? { kind: 'addresses', addresses: addressesOf(block), text: block } : { kind: 'unknown' };
  const list = rule['SourcePrefixListId'] ?? rule['DestinationPrefixListId'];
  if (list !== undefined) return listPeer(region, list);
  const group = rule['SourceSecurityGroupId'] ?? rule['DestinationSecurityGroupId'];
  if (group === undefined) return rule['CidrIpv6'] === undefined ? { kind: 'unknown' } : undefined;
  const [named] = groupsNamed(region, group);
  return named ? { kind: 'group', group: named } : { kind: 'unknown' };
}

function listPeer(region: RegionResources, id: Value): Peer {
  const list = prefixListOf(region, id);
  if (!list) return { kind: 'unknown' };
  return list.addresses ? { kind: 'addresses', addresses: list.addresses, text: list.name } : { kind: 'prefix-list', list };
}
