import type { Value } from '../../resolve';
import { isList } from '../../resolve/value';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/** Where each type lists its subnets. */
const subnetLists: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'VPCZoneIdentifier',
  'AWS::ECS::Service': 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
  'AWS::EKS::Cluster': 'ResourcesVpcConfig.SubnetIds',
  'AWS::EKS::FargateProfile': 'Subnets',
  'AWS::EKS::Nodegroup': 'Subnets',
  'AWS::ElastiCache::SubnetGroup': 'SubnetIds',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Subnets',
  'AWS::Lambda::Function': 'VpcConfig.SubnetIds',
  'AWS::RDS::DBProxy': 'VpcSubnetIds',
  'AWS::RDS::DBSubnetGroup': 'SubnetIds',
};

/** What is paid by zone, and may save one outside production. */
const paidByZone: Readonly<Record<string, string>> = { 'AWS::EC2::VPCEndpoint': 'SubnetIds' };

/**
 * Two subnets may well be in one zone: only their own resources tell.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
 */
export const subnetZones: Invariant = {
  id: 'subnets_span_two_zones',
  title: 'What stands in subnets stands in two Availability Zones or more',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 CP-2', 'NIST 800-53 r5 SC-36', 'SOC 2 A1.2', 'CIS AWS 5.0.0 2.2.4', 'MAS TRM 2021 8.1'],
  requirements: ['KSH-07', 'KSH-08', 'KSH-32'],
  fix: 'Pass the subnets of all zones, which vpc() gives tier by tier',
  judge: (environment) => {
    const users = Object.entries(environment.isProduction ? { ...subnetLists, ...paidByZone } : subnetLists).flatMap(([type, property]) => environment.of(type).filter((user) => user.at(property) !== undefined).map((user) => ({ user, property })));
    return judgeEach(users, ({ user, property }) => [...oneZone(environment, user, property)]);
  },
};

function oneZone(environment: EnvironmentResources, user: PlacedResource, property: string): Violation[] {
  const listed = user.at(property);
  if (listed === undefined || !isList(listed)) return [];
  const subnets = listed.map((subnet) => environment.target(subnet));
  const zones = subnets.map((subnet) => (subnet?.type === 'AWS::EC2::Subnet' ? zoneOf(subnet) : undefined));
  if (zones.includes(undefined) || new Set(zones).size > 1) return [];
  return [{ resource: user, property, what: listed.length > 1 ? 'The subnets are all in one Availability Zone' : 'There is one subnet, so one Availability Zone', now: `${property}: ${subnets.map((subnet) => subnet?.logicalId).join(', ')} in ${shownName(zones[0] ?? '')}` }];
}

function zoneOf(subnet: PlacedResource): Value | undefined {
  const zone = subnet.at('AvailabilityZone') ?? subnet.at('AvailabilityZoneId');
  return typeof zone === 'string' ? zone : undefined;
}
