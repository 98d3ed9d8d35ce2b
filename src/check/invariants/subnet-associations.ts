import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/**
 * A subnet without an association of its own falls back to the VPC's main route table and default network ACL, which let everything through.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export const subnetAssociations: Invariant = {
  id: 'subnets_have_their_own_routes_and_acl',
  title: 'Every subnet is associated with a route table, and with a network ACL where its VPC has any',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 1.2.1', 'NIST 800-53 r5 SC-7', 'SOC 2 CC6.6', 'MAS TRM 2021 11.2'],
  requirements: ['KSH-10', 'KSH-20'],
  fix: 'Let vpc() make the subnet, which associates it with the routes and the ACL of its tier',
  judge: (environment) => {
    const routed = associated(environment, 'AWS::EC2::SubnetRouteTableAssociation');
    const filtered = associated(environment, 'AWS::EC2::SubnetNetworkAclAssociation');
    const acls = environment.of('AWS::EC2::NetworkAcl');
    return judgeEach(environment.of('AWS::EC2::Subnet'), (subnet) => {
      const vpc = environment.target(subnet.at('VpcId'));
      const hasAcls = vpc !== undefined && acls.some((acl) => environment.target(acl.at('VpcId')) === vpc);
      return [
        ...(routed.lacks(subnet) && environment.of('AWS::EC2::RouteTable').length > 0 ? [{ resource: subnet, what: 'The subnet has no route table of its own', now: 'no SubnetRouteTableAssociation names it' }] : []),
        ...(hasAcls && filtered.lacks(subnet) ? [{ resource: subnet, what: 'The subnet has no network ACL of its own', now: 'no SubnetNetworkAclAssociation names it' }] : []),
      ];
    });
  },
};

/** The subnets that associations of a type name; one that names an unknown subnet may mean any. */
function associated(environment: EnvironmentResources, type: string): { lacks(subnet: PlacedResource): boolean } {
  const associations = environment.of(type);
  const named = new Set(associations.map((each) => environment.target(each.at('SubnetId'))));
  const undecided = associations.some((each) => typeof each.at('SubnetId') === 'object' && !environment.target(each.at('SubnetId')));
  return { lacks: (subnet) => !undecided && !named.has(subnet) };
}
