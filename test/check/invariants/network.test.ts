import { securityGroups } from '../../../src/check/invariants/security-groups';
import { subnetAssociations } from '../../../src/check/invariants/subnet-associations';
import { subnetZones } from '../../../src/check/invariants/subnet-zones';
import { vpcFlowLogs } from '../../../src/check/invariants/vpc-flow-logs';
import { vpcRanges } from '../../../src/check/invariants/vpc-ranges';
import { waysOut } from '../../../src/check/invariants/ways-out';
import { zonesOfRegion } from '../../../src/check/invariants/zones-of-region';
import { att, itJudges, ref, resource, type Case, type Resources } from './small-system';

const here = (resources: Resources): Case['system'] => ({ foundation: { 'us-east-1': resources } });
const Vpc = resource('AWS::EC2::VPC');
const flowLog = (ResourceId: unknown, TrafficType: unknown = 'ALL', ResourceType: unknown = 'VPC') => resource('AWS::EC2::FlowLog', { ResourceId, ResourceType, TrafficType });
const subnet = (AvailabilityZone: unknown, VpcId: unknown = ref('Vpc')) => resource('AWS::EC2::Subnet', { VpcId, AvailabilityZone });
const database = (...subnets: string[]) => resource('AWS::RDS::DBSubnetGroup', { SubnetIds: subnets.map(ref) });
const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });

describe('the flow log of a VPC', () => {
  const cases: Case[] = [
    { name: 'does not apply without a VPC', system: here({ Topic: resource('AWS::SNS::Topic') }), verdict: 'did-not-apply' },
    { name: 'is there', system: here({ Vpc, Log: flowLog(ref('Vpc')) }), verdict: [] },
    { name: 'is missing', system: here({ Vpc }), verdict: ['Vpc us-east-1: No flow log records the traffic of the VPC'] },
    { name: 'is that of another VPC', system: here({ Vpc, Other: Vpc, Log: flowLog(ref('Other')) }), verdict: ['Vpc us-east-1: No flow log records the traffic of the VPC'] },
    { name: 'records a part only', system: here({ Vpc, Log: flowLog(ref('Vpc'), 'REJECT') }), verdict: ['Log us-east-1: The only flow log of the VPC leaves out part of its traffic'] },
    { name: 'is of one subnet', system: here({ Vpc, Log: flowLog(ref('Vpc'), 'ALL', 'Subnet') }), verdict: ['Vpc us-east-1: No flow log records the traffic of the VPC'] },
    { name: 'is in one of two regions', system: { foundation: { 'us-east-1': { Vpc, Log: flowLog(ref('Vpc')) }, 'ap-southeast-1': { Vpc } } }, verdict: ['Vpc ap-southeast-1: No flow log records the traffic of the VPC'] },
    { name: 'may be one of a VPC that deployment names', system: here({ Vpc, Log: flowLog(ref('Given')) }), options: { unknown: ['Given'] }, verdict: [] },
    { name: 'may record what deployment says', system: here({ Vpc, Log: flowLog(ref('Vpc'), ref('Given')) }), options: { unknown: ['Given'] }, verdict: [] },
  ];
  itJudges(vpcFlowLogs, cases);
});

describe('a subnet', () => {
  const routes = resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
  const acl = resource('AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') });
  const routed = (SubnetId: unknown = ref('Subnet')) => resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId, RouteTableId: ref('Routes') });
  const filtered = (SubnetId: unknown = ref('Subnet')) => resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId, NetworkAclId: ref('Acl') });
  const Subnet = subnet(zone(0));
  const cases: Case[] = [
    { name: 'does not apply where there is none', system: here({ Vpc }), verdict: 'did-not-apply' },
    { name: 'has routes and an ACL', system: here({ Vpc, Routes: routes, Acl: acl, Subnet, Routed: routed(), Filtered: filtered() }), verdict: [] },
    { name: 'has no routes', system: here({ Vpc, Routes: routes, Subnet }), verdict: ['Subnet us-east-1: The subnet has no route table of its own'] },
    { name: 'has no ACL while its VPC has some', system: here({ Vpc, Routes: routes, Acl: acl, Subnet, Routed: routed() }), verdict: ['Subnet us-east-1: The subnet has no network ACL of its own'] },
    { name: 'needs no ACL in a VPC without any', system: here({ Vpc, Routes: routes, Subnet, Routed: routed() }), verdict: [] },
    { name: 'may be the one that deployment names', system: here({ Vpc, Routes: routes, Subnet, Routed: routed(ref('Given')) }), options: { unknown: ['Given'] }, verdict: [] },
  ];
  itJudges(subnetAssociations, cases);
});

describe('the subnets of a database, a service or a load balancer', () => {
  const published = (value: object) => resource('AWS::SSM::Parameter', { Type: 'String', Name: '/a', Value: value });
  const cases: Case[] = [
    { name: 'do not apply where nothing stands in any', system: here({ Vpc, A: subnet('us-east-1a') }), verdict: 'did-not-apply' },
    { name: 'are in two zones', system: here({ Vpc, A: subnet(zone(0)), B: subnet(zone(1)), Group: database('A', 'B') }), verdict: [] },
    { name: 'are two in one zone', system: here({ Vpc, A: subnet(zone(0)), B: subnet(zone(0)), Group: database('A', 'B') }), verdict: ['Group us-east-1: The subnets are all in one Availability Zone'] },
    { name: 'are one alone', system: here({ Vpc, A: subnet(zone(0)), Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: [ref('A')] }) }), verdict: ['Balancer us-east-1: There is one subnet, so one Availability Zone'] },
    {
      name: 'are two in one zone, in another deployment',
      system: { foundation: { 'us-east-1': { Vpc, A: subnet('us-east-1a'), B: subnet('us-east-1a'), Wire: published({ 'Fn::Join': [',', [ref('A'), ref('B')]] }) } }, platform: { 'us-east-1': { Service: resource('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: { 'Fn::Split': [',', ref('/a')] } } } }) } } },
      verdict: ['Service us-east-1: The subnets are all in one Availability Zone'],
    },
    { name: 'may be one for an endpoint outside production', system: here({ Vpc, A: subnet(zone(0)), Endpoint: resource('AWS::EC2::VPCEndpoint', { SubnetIds: [ref('A')] }) }), options: { environment: 'develop' }, verdict: 'did-not-apply' },
    { name: 'are one alone for an endpoint of production', system: here({ Vpc, A: subnet(zone(0)), Endpoint: resource('AWS::EC2::VPCEndpoint', { SubnetIds: [ref('A')] }) }), verdict: ['Endpoint us-east-1: There is one subnet, so one Availability Zone'] },
    { name: 'may be in zones that deployment names', system: here({ Vpc, A: subnet(ref('Given')), B: subnet(ref('Given')), Group: database('A', 'B') }), options: { unknown: ['Given'] }, verdict: [] },
    { name: 'may be ones that deployment names', system: here({ Group: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('Given')] }) }), options: { unknown: ['Given'] }, verdict: [] },
  ];
  itJudges(subnetZones, cases);
});

describe('a security group', () => {
  const Group = resource('AWS::EC2::SecurityGroup', { GroupDescription: 'a' });
  const task = resource('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [att('Group', 'GroupId')] } } });
  const open = resource('AWS::EC2::SecurityGroupIngress', { GroupId: att('Group', 'GroupId') });
  const cases: Case[] = [
    { name: 'does not apply where there is none', system: here({ Vpc }), verdict: 'did-not-apply' },
    { name: 'guards a service', system: here({ Group, Task: task }), verdict: [] },
    { name: 'guards nothing', system: here({ Group }), verdict: ['Group us-east-1: Nothing is in the security group'] },
    { name: 'guards nothing although a rule opens it', system: here({ Group, Open: open }), verdict: ['Group us-east-1: Nothing is in the security group'] },
    { name: 'is in use in one region of its deployment', system: { foundation: { 'us-east-1': { Group, Task: task }, 'ap-southeast-1': { Group } } }, verdict: [] },
  ];
  itJudges(securityGroups, cases);
});

describe('the zone that a subnet or a database names', () => {
  itJudges(zonesOfRegion, [
    { name: 'is none', system: here({ Vpc }), verdict: 'did-not-apply' },
    { name: 'is one of its region', system: { foundation: { 'us-east-1': { Vpc, A: subnet(zone(0)) }, 'ap-southeast-1': { Vpc, A: subnet(zone(0)) } } }, verdict: [] },
    { name: 'is one of another region', system: { foundation: { 'us-east-1': { Vpc, A: subnet('us-east-1a') }, 'ap-southeast-1': { Vpc, A: subnet('us-east-1a') } } }, verdict: ['A ap-southeast-1: The zone is not one of ap-southeast-1, where the deployment stands too'] },
    { name: 'may be what deployment says', system: here({ Vpc, A: subnet(ref('Given')) }), options: { unknown: ['Given'] }, verdict: 'did-not-apply' },
  ]);
});

describe('the way out of a service', () => {
  const Service = resource('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('A')] } } });
  const network: Resources = { Vpc, A: subnet(zone(0)), Routes: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }), Routed: resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('A'), RouteTableId: ref('Routes') }), Service };
  const route = (DestinationCidrBlock: unknown) => resource('AWS::EC2::Route', { RouteTableId: ref('Routes'), DestinationCidrBlock });
  const lost = ['Routes us-east-1: What stands in A has no way out: nothing there reaches AWS, or is reached'];
  itJudges(waysOut, [
    { name: 'is no question without services', system: here({ Vpc }), verdict: 'did-not-apply' },
    { name: 'is a default route', system: here({ ...network, Route: route('0.0.0.0/0') }), verdict: [] },
    { name: 'is missing', system: here(network), verdict: lost },
    { name: 'is missing for a NAT gateway', system: here({ ...network, Service: resource('AWS::EC2::NatGateway', { SubnetId: ref('A') }) }), verdict: lost },
    { name: 'leads to a peer only', system: here({ ...network, Route: route('10.1.0.0/16') }), verdict: lost },
    { name: 'may lead where deployment says', system: here({ ...network, Route: route(ref('Given')) }), options: { unknown: ['Given'] }, verdict: [] },
  ]);
});

describe('the addresses of VPCs', () => {
  const vpc = (CidrBlock: unknown) => resource('AWS::EC2::VPC', { CidrBlock });
  const two = (primary: unknown, secondary: unknown): Case['system'] => ({ foundation: { 'us-east-1': { Vpc: vpc(primary) }, 'ap-southeast-1': { Vpc: vpc(secondary) } } });
  itJudges(vpcRanges, [
    { name: 'are no question of one', system: here({ Vpc: vpc('10.0.0.0/16') }), verdict: 'did-not-apply' },
    { name: 'are of two ranges', system: two('10.0.0.0/16', '10.1.0.0/16'), verdict: [] },
    { name: 'are the same in two regions', system: two('10.0.0.0/16', '10.0.0.0/16'), verdict: ['Vpc ap-southeast-1: The VPC has addresses of Vpc in us-east-1'] },
    { name: 'are part of the other’s', system: two('10.0.0.0/16', '10.0.128.0/20'), verdict: ['Vpc ap-southeast-1: The VPC has addresses of Vpc in us-east-1'] },
    { name: 'may be what deployment says', system: two(ref('Given'), ref('Given')), options: { unknown: ['Given'] }, verdict: 'did-not-apply' },
  ]);
});
