import { regionReach, type RegionReach } from '../../../src/analyse/reachability';
import { resolveRoot } from '../../resolve/resolving';
import type { TemplateResource } from '../../../src/resolve';

/** Resources of a template by logical id, in short: type after `AWS::`, and properties. */
export type Short = Readonly<Record<string, readonly [type: string, properties?: Readonly<Record<string, unknown>>]>>;

const ref = (logicalId: string): object => ({ Ref: logicalId });

/** A group that lets one port in from somebody. */
export const lets = (port: number, from: Readonly<Record<string, unknown>>): object => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from });

/** A VPC with a function in subnet A and a PostgreSQL database in subnet B, whose groups and ACLs let everything through. */
export const smallNetwork: Short = {
  Vpc: ['EC2::VPC', { CidrBlock: '10.0.0.0/16' }],
  SubnetA: ['EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24' }],
  SubnetB: ['EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24' }],
  CallerGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc') }],
  StoreGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupIngress: [lets(5432, { SourceSecurityGroupId: ref('CallerGroup') })] }],
  Caller: ['Lambda::Function', { VpcConfig: { SubnetIds: [ref('SubnetA')], SecurityGroupIds: [ref('CallerGroup')] } }],
  StoreSubnets: ['RDS::DBSubnetGroup', { SubnetIds: [ref('SubnetB')] }],
  Store: ['RDS::DBInstance', { Engine: 'postgres', DBSubnetGroupName: ref('StoreSubnets'), VPCSecurityGroups: [ref('StoreGroup')] }],
};

/** A NAT gateway in subnet B, with an internet gateway behind it and routes to both. */
export const nat: Short = {
  Gateway: ['EC2::InternetGateway'],
  Attachment: ['EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') }],
  TableA: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
  TableB: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
  TableOfA: ['EC2::SubnetRouteTableAssociation', { SubnetId: ref('SubnetA'), RouteTableId: ref('TableA') }],
  TableOfB: ['EC2::SubnetRouteTableAssociation', { SubnetId: ref('SubnetB'), RouteTableId: ref('TableB') }],
  Nat: ['EC2::NatGateway', { SubnetId: ref('SubnetB') }],
  RouteA: ['EC2::Route', { RouteTableId: ref('TableA'), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Nat') }],
  RouteB: ['EC2::Route', { RouteTableId: ref('TableB'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') }],
};

/** A network ACL of subnet B that lets everything through, as entries 1000 in and out. */
export const aclOfB: Short = {
  Acl: ['EC2::NetworkAcl', { VpcId: ref('Vpc') }],
  AclOfB: ['EC2::SubnetNetworkAclAssociation', { SubnetId: ref('SubnetB'), NetworkAclId: ref('Acl') }],
  AllIn: ['EC2::NetworkAclEntry', { NetworkAclId: ref('Acl'), RuleNumber: 1000, Protocol: -1, RuleAction: 'allow', CidrBlock: '0.0.0.0/0' }],
  AllOut: ['EC2::NetworkAclEntry', { NetworkAclId: ref('Acl'), RuleNumber: 1000, Protocol: -1, RuleAction: 'allow', Egress: true, CidrBlock: '0.0.0.0/0' }],
};

/** An entry of that ACL. */
export const entry = (number: number, action: 'allow' | 'deny', more: Readonly<Record<string, unknown>> = {}): Short[string] => [
  'EC2::NetworkAclEntry',
  { NetworkAclId: ref('Acl'), RuleNumber: number, Protocol: 6, RuleAction: action, CidrBlock: '10.0.0.0/16', PortRange: { From: 5432, To: 5432 }, ...more },
];

/** What such resources come to; a parameter `Later` has no value. */
export function reachOf(...parts: readonly Short[]): RegionReach {
  const all = JSON.parse(JSON.stringify(Object.assign({}, ...parts))) as Short;
  const Resources = Object.fromEntries(Object.entries(all).map(([id, [type, Properties = {}]]): [string, TemplateResource] => [id, { Type: type.includes('::') && !type.startsWith('Custom') ? `AWS::${type}` : type, Properties }]));
  const instance = resolveRoot({ Parameters: { Later: { Type: 'String' } }, Resources });
  return regionReach([{ deployment: 'base', region: 'us-east-1', instance }], 'us-east-1');
}
