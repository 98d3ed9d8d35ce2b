import type { Value } from '../../resolve';
import type { PlacedResource } from '../system-index';
import { addressesOf } from './addresses';
import { networkAclsOf, type NetworkAcl } from './network-acl';
import type { Ranges } from './ranges';
import type { RegionResources } from './region-resources';
import { routeTablesOf, type RouteTable } from './route-table';
import { securityGroupsOf, type SecurityGroup } from './security-group';

/** A subnet and what stands at its border. */
export interface Subnet {
  readonly resource: PlacedResource;
  readonly addresses: Ranges;
  readonly vpc: PlacedResource;
  /** The range of the VPC. */
  readonly local: Ranges;
  /** Undefined for the VPC's main table, which leads nowhere but to the VPC. */
  readonly table: RouteTable | undefined;
  /** Undefined for the VPC's default ACL, which lets everything through. */
  readonly acl: NetworkAcl | undefined;
}

/** What lets packets pass in one region. */
export interface Network {
  readonly subnets: ReadonlyMap<PlacedResource, Subnet>;
  readonly groups: ReadonlyMap<PlacedResource, SecurityGroup>;
  /** Internet gateways by the VPC that each is attached to. */
  readonly attached: ReadonlyMap<PlacedResource, readonly PlacedResource[]>;
  /** The resources that a value is made of. */
  named(value: Value | undefined): readonly PlacedResource[];
}

/**
 * Reads the network of a region. Subnets whose range is known at deployment only, or that have none of IPv4, are left out.
 * @throws MeridianError for a range that is no IPv4 block
 */
export function networkOf(region: RegionResources): Network {
  const tables = routeTablesOf(region);
  const acls = networkAclsOf(region);
  const one = <T extends { readonly resource: PlacedResource }>(all: readonly T[], association: string, property: string, subnet: PlacedResource): T | undefined => {
    const [named] = region.naming(association, 'SubnetId', subnet).flatMap(({ properties }) => region.index.referredBy(properties[property]));
    return all.find(({ resource }) => resource === named);
  };
  const subnets = region.ofType('AWS::EC2::Subnet').flatMap((resource): Subnet[] => {
    const vpc = region.named('AWS::EC2::VPC', resource.properties['VpcId']);
    const [own, whole] = [resource.properties['CidrBlock'], vpc?.properties['CidrBlock']];
    if (!vpc || typeof own !== 'string' || typeof whole !== 'string') return [];
    const table = one(tables, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId', resource);
    const acl = one(acls, 'AWS::EC2::SubnetNetworkAclAssociation', 'NetworkAclId', resource);
    return [{ resource, vpc, addresses: addressesOf(own), local: addressesOf(whole), table, acl }];
  });
  const attachments = region.ofType('AWS::EC2::VPCGatewayAttachment');
  return {
    subnets: new Map(subnets.map((subnet) => [subnet.resource, subnet])),
    groups: securityGroupsOf(region),
    named: (value) => region.index.referredBy(value),
    attached: new Map(
      region.ofType('AWS::EC2::VPC').map((vpc) => [
        vpc,
        attachments.filter(({ properties }) => region.index.referredBy(properties['VpcId']).includes(vpc)).flatMap(({ properties }) => region.allNamed('AWS::EC2::InternetGateway', properties['InternetGatewayId'])),
      ]),
    ),
  };
}
