import { drop, edit, onlyFirst, removed, set, turn, when, withElement } from '../mistakes';
import type { Operator } from '../operator';
import { isObject } from '../json';

const availability = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];
const record = ['PCI DSS 4.0.1 10.2.1', 'CIS AWS 5.0.0 3.7', 'NIST 800-53 r5 AU-12'];
const boundary = ['PCI DSS 4.0.1 1.4.1', 'NIST 800-53 r5 SC-7'];
const nacl = ['CIS AWS 5.0.0 5.2', 'PCI DSS 4.0.1 1.3.1', 'NIST 800-53 r5 SC-7'];

/** Mistakes in networks: subnets, routes, NAT, endpoints, network ACLs and their records. */
export const ec2NetworkOperators: readonly Operator[] = [
  { id: 'flow-log-removed', title: 'Nobody records the traffic of the network', severity: 'HIGH', controls: record, types: ['AWS::EC2::FlowLog'], mistake: removed },
  { id: 'flow-log-rejected-only', title: 'Only refused traffic is recorded, an intruder who gets through is not', severity: 'MEDIUM', controls: record, types: ['AWS::EC2::FlowLog'], mistake: set('TrafficType', 'REJECT') },
  { id: 'flow-log-accepted-only', title: 'Refused traffic is not recorded, attempts stay unseen', severity: 'MEDIUM', controls: record, types: ['AWS::EC2::FlowLog'], mistake: set('TrafficType', 'ACCEPT') },
  { id: 'flow-log-of-one-subnet', title: 'The flow log records one subnet instead of the network', severity: 'MEDIUM', controls: record, types: ['AWS::EC2::FlowLog'], mistake: set('ResourceType', 'Subnet') },
  { id: 'subnet-public-addresses', title: 'Whatever starts in a private subnet gets a public address', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.4.4', 'NIST 800-53 r5 SC-7'], types: ['AWS::EC2::Subnet'], mistake: set('MapPublicIpOnLaunch', true) },
  { id: 'subnet-same-zone', title: 'A subnet moves to the zone in which another one stands already', severity: 'HIGH', controls: availability, types: ['AWS::EC2::Subnet'],
    mistake: edit('AvailabilityZone', (zone) => (isObject(zone) && Array.isArray(zone['Fn::Select']) && zone['Fn::Select'][0] !== 0 && zone['Fn::Select'][0] !== '0' ? { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } : undefined)) },
  { id: 'subnet-fixed-zone', title: 'A subnet names a zone of one region: the other region cannot create it', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-7'], types: ['AWS::EC2::Subnet'], mistake: edit('AvailabilityZone', (zone) => (isObject(zone) ? 'us-east-1a' : undefined)) },
  { id: 'vpc-name-resolution-off', title: 'Names are not resolved in the network: private endpoints and databases are not found', severity: 'MEDIUM', controls: availability, types: ['AWS::EC2::VPC'], mistake: set('EnableDnsSupport', false) },
  { id: 'vpc-host-names-off', title: 'Interface endpoints keep their public names: traffic leaves the network', severity: 'MEDIUM', controls: boundary, types: ['AWS::EC2::VPC'], mistake: set('EnableDnsHostnames', false) },
  { id: 'vpc-same-range', title: 'Both regions use the same address range: they can never be peered', severity: 'LOW', controls: ['NIST 800-53 r5 CP-7'], types: ['AWS::EC2::VPC'], mistake: edit('CidrBlock', (range) => (isObject(range) ? '10.0.0.0/16' : undefined)) },
  { id: 'route-private-to-internet', title: 'A private subnet is routed straight to the internet gateway', severity: 'CRITICAL', controls: boundary, types: ['AWS::EC2::Route'], mistake: when(({ NatGatewayId, NetworkInterfaceId, InstanceId }) => (NatGatewayId ?? NetworkInterfaceId ?? InstanceId) !== undefined, (resource) => {
    const { NatGatewayId: _gateway, NetworkInterfaceId: _interface, InstanceId: _instance, ...others } = isObject(resource.Properties) ? resource.Properties : {};
    return [{ place: 'NatGatewayId', change: 'NAT → internet gateway', resource: { ...resource, Properties: { ...others, GatewayId: { Ref: 'InternetGateway' } } } }];
  }) },
  { id: 'route-removed', title: 'A subnet lost its way out: image pulls and calls to AWS fail', severity: 'HIGH', controls: availability, types: ['AWS::EC2::Route'], mistake: removed },
  { id: 'nat-gateway-private', title: 'The NAT gateway has no public side: nothing gets out', severity: 'HIGH', controls: availability, types: ['AWS::EC2::NatGateway'], mistake: set('ConnectivityType', 'private') },
  { id: 'nat-gateways-share-a-subnet', title: 'A NAT gateway stands in the zone of another one', severity: 'HIGH', controls: availability, types: ['AWS::EC2::NatGateway'], mistake: edit('SubnetId', (subnet) => (isObject(subnet) && typeof subnet.Ref === 'string' && /\D[2-9]$|[B-Z]$/.test(subnet.Ref) ? { Ref: subnet.Ref.replace(/[2-9]$/, '1').replace(/[B-Z]$/, 'A') } : undefined)) },
  { id: 'private-tables-share-a-gateway', title: 'A zone sends its traffic through the NAT gateway of another zone', severity: 'HIGH', controls: availability, types: ['AWS::EC2::Route'], mistake: edit('NatGatewayId', (gateway) => (isObject(gateway) && typeof gateway.Ref === 'string' && /\D[2-9]$|[B-Z]$/.test(gateway.Ref) ? { Ref: gateway.Ref.replace(/[2-9]$/, '1').replace(/[B-Z]$/, 'A') } : undefined)) },
  { id: 'endpoint-policy-removed', title: 'Through the endpoint anybody may do anything at the service', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-4', 'SOC 2 CC6.6'], types: ['AWS::EC2::VPCEndpoint'], mistake: drop('PolicyDocument') },
  { id: 'endpoint-policy-any', title: 'The endpoint policy allows everything to everybody', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-4', 'SOC 2 CC6.6'], types: ['AWS::EC2::VPCEndpoint'], mistake: set('PolicyDocument', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] }) },
  { id: 'endpoint-private-name-off', title: 'Clients keep using the public name: the endpoint is not used', severity: 'MEDIUM', controls: boundary, types: ['AWS::EC2::VPCEndpoint'], mistake: turn('PrivateDnsEnabled', false) },
  { id: 'endpoint-one-zone', title: 'The interface endpoint stands in one zone', severity: 'MEDIUM', controls: availability, types: ['AWS::EC2::VPCEndpoint'], mistake: onlyFirst('SubnetIds', 1) },
  { id: 'endpoint-default-group', title: 'The interface endpoint takes the default security group', severity: 'MEDIUM', controls: boundary, types: ['AWS::EC2::VPCEndpoint'], mistake: drop('SecurityGroupIds') },
  { id: 'endpoint-removed', title: 'An endpoint is gone: its traffic goes over the internet, or nowhere', severity: 'MEDIUM', controls: boundary, types: ['AWS::EC2::VPCEndpoint'], mistake: removed },
  { id: 'nacl-everything-in', title: 'The network ACL lets everything in', severity: 'HIGH', controls: nacl, types: ['AWS::EC2::NetworkAclEntry'], mistake: when(({ Egress, RuleAction }) => Egress !== true && RuleAction === 'allow', (resource) => opened(resource, '0.0.0.0/0')) },
  { id: 'nacl-everything-out', title: 'The network ACL of a closed tier lets everything out', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 1.3.2', 'NIST 800-53 r5 SC-7'], types: ['AWS::EC2::NetworkAclEntry'], mistake: when(({ Egress, RuleAction }) => Egress === true && RuleAction === 'allow', (resource) => opened(resource, '0.0.0.0/0')) },
  { id: 'nacl-administration-from-anywhere', title: 'The network ACL lets SSH in from anywhere', severity: 'HIGH', controls: nacl, types: ['AWS::EC2::NetworkAclEntry'],
    mistake: when(({ Egress, RuleAction }) => Egress !== true && RuleAction === 'allow', (resource) => [{ place: 'PortRange', change: '→ 22 from 0.0.0.0/0', resource: { ...resource, Properties: { ...(isObject(resource.Properties) ? resource.Properties : {}), Protocol: 6, CidrBlock: '0.0.0.0/0', PortRange: { From: 22, To: 22 } } } }]) },
  { id: 'nacl-denial-removed', title: 'An entry of the network ACL that denies is gone', severity: 'MEDIUM', controls: nacl, types: ['AWS::EC2::NetworkAclEntry'], mistake: when(({ RuleAction }) => RuleAction === 'deny', removed) },
  { id: 'nacl-association-removed', title: 'A subnet falls back to the default network ACL, which lets everything through', severity: 'HIGH', controls: nacl, types: ['AWS::EC2::SubnetNetworkAclAssociation'], mistake: removed },
  { id: 'route-table-association-removed', title: 'A subnet falls back to the main route table', severity: 'HIGH', controls: availability, types: ['AWS::EC2::SubnetRouteTableAssociation'], mistake: removed },
  { id: 'prefix-list-everybody', title: 'The list of who may come in holds half of the internet', severity: 'HIGH', controls: boundary, types: ['AWS::EC2::PrefixList'], mistake: withElement('Entries', { Cidr: '0.0.0.0/1', Description: 'Everybody' }) },
  { id: 'transit-peering-attached-by-default', title: 'Whoever attaches to the transit gateway is accepted', severity: 'HIGH', controls: boundary, types: ['AWS::EC2::TransitGateway'], mistake: set('AutoAcceptSharedAttachments', 'enable') },
];

function opened(resource: Parameters<Operator['mistake']>[0], range: string): ReturnType<Operator['mistake']> {
  const { PortRange: _ports, Ipv6CidrBlock: _range, ...others } = isObject(resource.Properties) ? resource.Properties : {};
  const after = { ...resource, Properties: { ...others, Protocol: -1, CidrBlock: range } };
  return [{ place: 'CidrBlock', change: `→ every protocol and port, ${range}`, resource: after }];
}
