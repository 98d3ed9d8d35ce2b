import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import type { Template } from '../../../src/resolve';
import { ephemeralPorts } from '../../../templates/modules/network/network-acl';
import { placeSubnets } from '../../../templates/modules/network/placed-subnets';
import { environments } from '../../../templates/systems/lookcard/environments';
import { network } from '../../../templates/systems/lookcard/network';
import { services } from '../../../templates/systems/lookcard/services';
import { subnetPlan } from '../../../templates/systems/lookcard/subnet-plan';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { recorded } from '../../requirements/view';
import { bounds } from '../modules/network/bounds';
import { only, plain } from '../plain';
import { contextOf, emitted, environmentNames, ofType, regionsOf, resolved, type EnvironmentName } from './built';

type Row = Readonly<Record<string, any>>;
type Tier = keyof typeof plan;

const zones = [1, 2, 3];

/** The owner's plan, after the first two numbers of a VPC's range, and the requirement of each subnet. */
const plan = {
  Public: [['LKC-16', '24.0/23'], ['LKC-17', '26.0/23'], ['LKC-18', '28.0/23']],
  Private: [['LKC-19', '0.0/21'], ['LKC-20', '8.0/21'], ['LKC-21', '16.0/21']],
  Isolated: [['LKC-25', '30.0/23'], ['LKC-26', '32.0/23'], ['LKC-27', '34.0/23']],
  Database: [['LKC-22', '36.0/24'], ['LKC-23', '37.0/24'], ['LKC-24', '38.0/24']],
} as const;
const tiers = Object.keys(plan) as Tier[];

/** What each VPC's range begins with. */
const ranges: Readonly<Record<EnvironmentName, Readonly<Record<string, string>>>> = {
  production: { 'ap-southeast-1': '10.0', 'us-east-1': '10.1' },
  staging: { 'ap-southeast-1': '10.2' },
  testing: { 'ap-southeast-1': '10.3' },
  develop: { 'ap-southeast-1': '10.4' },
  sandbox: { 'ap-southeast-1': '10.5' },
};
const rangeOf = (environment: EnvironmentName, region: string, tier: Tier, zone: number): string => `${ranges[environment][region]}.${plan[tier][zone - 1]?.[1]}`;
/** The zones in which an environment pays for something by the zone. */
const paidZones = (environment: EnvironmentName): readonly number[] => (environment === 'production' || environment === 'staging' ? zones : [1]);

/** Asserts something of every environment's network in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: string, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of regionsOf(environment)) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(network, region, environment), type), region, environment));
    }
  }
}

/** The network of production with other settings. */
function rebuilt(settings: Partial<(typeof environments)['production']['settings']>): Template {
  const context = contextOf('production');
  return JSON.parse(render(network.build({ ...context, settings: { ...context.settings, ...settings } }).template)) as Template;
}

describe('LookCard network', () => {
  everywhere('LKC-10 LKC-15', 'has a range of its own', (all, region, environment) => {
    expect(only(all('AWS::EC2::VPC'), 'CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport')).to.deep.equal({ Vpc: [`${ranges[environment][region]}.0.0/16`, true, true] });
  });

  for (const tier of tiers) {
    for (const [index, [id, offset]] of plan[tier].entries()) {
      everywhere(id, `has ${tier} subnet ${offset} in zone ${index + 1}, which gives nothing a public address by itself`, (all, region, environment) => {
        const subnet = all('AWS::EC2::Subnet')[`${tier}Subnet${index + 1}`];
        expect(only({ subnet }, 'VpcId', 'CidrBlock', 'AvailabilityZone', 'MapPublicIpOnLaunch')).to.deep.equal({ subnet: ['Vpc', `${ranges[environment][region]}.${offset}`, `${region}${'abc'[index]}`, false] });
      });
    }
  }

  everywhere('LKC-27 LKC-62', 'has these twelve subnets and no other, of which no two overlap', (all, region, environment) => {
    const subnets = Object.values(all('AWS::EC2::Subnet')).map(({ CidrBlock }: Row) => CidrBlock as string);
    expect(subnets).to.have.members(tiers.flatMap((tier) => zones.map((zone) => rangeOf(environment, region, tier, zone))));
    const sorted = subnets.map(bounds).sort(([a], [b]) => a - b);
    for (const [index, [first]] of sorted.entries()) expect(first).to.be.greaterThan(sorted[index - 1]?.[1] ?? -1);
  });

  requirement('LKC-15', 'asks each region for its zones and names none', () => {
    const { Resources = {} } = emitted(network);
    for (const tier of tiers) {
      for (const zone of zones) {
        expect(Resources[`${tier}Subnet${zone}`]?.Properties?.['AvailabilityZone']).to.deep.equal({ 'Fn::Select': [zone - 1, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] });
      }
    }
    expect(textsIn(Resources, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g)).to.deep.equal([]);
  });

  it('LKC-10 LKC-15 LKC-27 gives no address to two subnets, in whatever environments and regions they are', () => {
    const placed = environmentNames.flatMap((environment) =>
      Object.values(environments[environment].settings.vpcCidrs).flatMap((range) => Object.values(placeSubnets(range, subnetPlan, 3)).flatMap((subnets) => subnets.map((subnet) => ({ of: `${environment} ${subnet}`, ends: bounds(subnet), vpc: bounds(range) })))),
    );
    expect(placed).to.have.length(72);
    for (const [index, { of, ends: [first, last], vpc: [start, end] }] of placed.entries()) {
      expect(first >= start && last <= end, `${of} in its VPC`).to.equal(true);
      for (const other of placed.slice(index + 1)) expect(last < other.ends[0] || other.ends[1] < first, `${of} and ${other.of}`).to.equal(true);
    }
  });

  it('LKC-15 gives a range to each region that an environment is rolled to, and to no other', () => {
    for (const environment of environmentNames) expect(Object.keys(environments[environment].settings.vpcCidrs), environment).to.deep.equal([...regionsOf(environment)]);
  });

  everywhere('LKC-28 LKC-52', 'lets services out through NAT with a fixed address in each zone that has one, and the isolated and database tiers not at all', (all, _, environment) => {
    const gateways = paidZones(environment);
    const behind = (zone: number): string => `PrivateRoutes${gateways.length === 1 ? 1 : zone}`;
    expect(only(all('AWS::EC2::NatGateway'), 'SubnetId', 'AllocationId')).to.deep.equal(Object.fromEntries(gateways.map((zone) => [`NatGateway${zone}`, [`PublicSubnet${zone}`, `NatAddress${zone}.AllocationId`]])));
    expect(only(all('AWS::EC2::EIP'), 'Domain')).to.deep.equal(Object.fromEntries(gateways.map((zone) => [`NatAddress${zone}`, ['vpc']])));
    expect(only(all('AWS::EC2::Route'), 'RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId')).to.deep.equal({
      PublicDefaultRoute: ['PublicRoutes', '0.0.0.0/0', 'InternetGateway', undefined],
      ...Object.fromEntries(gateways.map((zone) => [`PrivateDefaultRoute${zone}`, [`PrivateRoutes${zone}`, '0.0.0.0/0', undefined, `NatGateway${zone}`]])),
    });
    const tables: Readonly<Record<Tier, (zone: number) => string>> = { Public: () => 'PublicRoutes', Private: behind, Isolated: () => 'IsolatedRoutes', Database: () => 'IsolatedRoutes' };
    expect(only(all('AWS::EC2::SubnetRouteTableAssociation'), 'SubnetId', 'RouteTableId')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}SubnetRoutes${zone}`, [`${tier}Subnet${zone}`, tables[tier](zone)]]))),
    );
  });

  requirement('LKC-52', 'tells the fixed addresses, which those outside admit', () => {
    const { Outputs = {} } = emitted(network);
    expect(Outputs['NatAddresses']?.Value).to.deep.equal({ 'Fn::Join': [',', zones.map((zone) => ({ 'Fn::GetAtt': [`NatAddress${zone}`, 'PublicIp'] }))] });
  });

  everywhere('LKC-30', 'gives each tier a network ACL of its own, which admits requests one way, answers the other and nothing else', (all, region, environment) => {
    expect(only(all('AWS::EC2::NetworkAcl'), 'VpcId')).to.deep.equal(Object.fromEntries(tiers.map((tier) => [`${tier}Acl`, ['Vpc']])));
    expect(only(all('AWS::EC2::SubnetNetworkAclAssociation'), 'SubnetId', 'NetworkAclId')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}SubnetAcl${zone}`, [`${tier}Subnet${zone}`, `${tier}Acl`]]))),
    );
    const entries = Object.values(all('AWS::EC2::NetworkAclEntry')).map(({ NetworkAclId, Egress, CidrBlock, PortRange, Protocol, RuleAction, RuleNumber }: Row) => ({
      entry: `${plain(NetworkAclId) as string} ${RuleAction as string} ${Protocol as number} ${Egress === true ? 'to' : 'from'} ${CidrBlock as string} ${PortRange.From as number}-${PortRange.To as number}`,
      number: RuleNumber as number,
      list: `${plain(NetworkAclId) as string} ${String(Egress)}`,
    }));
    const answers = ['1024-3388', '3390-65535'];
    const any = (acl: Tier, way: string, ...ports: readonly string[]) => ports.map((port) => `${acl}Acl allow 6 ${way} 0.0.0.0/0 ${port}`);
    const each = (acl: Tier, way: string, other: Tier, ...ports: readonly string[]) => zones.flatMap((zone) => ports.map((port) => `${acl}Acl allow 6 ${way} ${rangeOf(environment, region, other, zone)} ${port}`));
    expect(entries.map(({ entry }) => entry)).to.have.members([
      ...any('Public', 'from', '443-443', ...answers),
      ...any('Public', 'to', '443-443', ...answers),
      ...each('Private', 'from', 'Private', '443-443'),
      ...any('Private', 'from', ...answers),
      ...any('Private', 'to', '443-443'),
      ...each('Private', 'to', 'Private', ...answers),
      ...each('Private', 'to', 'Public', ...answers),
      ...each('Private', 'to', 'Database', '5432-5432'),
      ...each('Private', 'to', 'Isolated', '6379-6379'),
      ...each('Isolated', 'from', 'Private', '6379-6379'),
      ...each('Isolated', 'to', 'Private', ...answers),
      ...each('Database', 'from', 'Private', '5432-5432'),
      ...each('Database', 'from', 'Database', '5432-5432', ...answers),
      ...each('Database', 'to', 'Private', ...answers),
      ...each('Database', 'to', 'Database', '5432-5432', ...answers),
    ]);
    for (const list of new Set(entries.map((entry) => entry.list))) {
      const numbers = entries.filter((entry) => entry.list === list).map(({ number }) => number);
      expect(numbers, list).to.deep.equal(numbers.map((_, index) => (index + 1) * 100));
      expect(numbers.length, `${list}: EC2 takes 20 rules a direction`).to.be.at.most(20);
    }
  });

  it('LKC-30 has services on ports that the ACLs let through without naming them', () => {
    const blocked = services.filter(({ port }) => port !== undefined && !ephemeralPorts.some(([from, to]) => port >= from && port <= to)).map(({ name }) => name);
    expect(blocked).to.deep.equal([]);
  });

  const interfaces = [
    ['EcrApi', 'ecr.api'],
    ['EcrDkr', 'ecr.dkr'],
    ['Logs', 'logs'],
    ['Secretsmanager', 'secretsmanager'],
    ['Kms', 'kms'],
    ['Ssm', 'ssm'],
    ['Ssmmessages', 'ssmmessages'],
    ['Ec2messages', 'ec2messages'],
    ['Sts', 'sts'],
    ['Xray', 'xray'],
    ['Monitoring', 'monitoring'],
    ['Sqs', 'sqs'],
    ['Elasticache', 'elasticache'],
  ] as const;
  const mine = { 'aws:PrincipalAccount': '111111111111' };
  const ownIdentities = { Sid: 'OwnIdentities', Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'], Condition: { StringEquals: mine } };
  const ownResources = { ...ownIdentities, Sid: 'OwnIdentitiesAndResources', Condition: { StringEquals: { ...mine, 'aws:ResourceAccount': '111111111111' } } };

  everywhere('LKC-31', 'keeps calls to AWS inside the region, for this account’s identities only', (all, region, environment) => {
    const standing = paidZones(environment).map((zone) => `PrivateSubnet${zone}`);
    const { S3Endpoint: _s3, DynamodbEndpoint: _dynamodb, ...endpoints } = all('AWS::EC2::VPCEndpoint');
    expect(only(endpoints, 'ServiceName', 'VpcEndpointType', 'VpcId', 'SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled', 'PolicyDocument')).to.deep.equal(
      Object.fromEntries(
        interfaces.map(([id, service]) => [
          `${id}Endpoint`,
          [`com.amazonaws.${region}.${service}`, 'Interface', 'Vpc', standing, ['EndpointsSecurityGroup.GroupId'], true, { Version: '2012-10-17', Statement: [service === 'secretsmanager' ? ownResources : ownIdentities] }],
        ]),
      ),
    );
  });

  everywhere('LKC-31', 'reaches S3 and DynamoDB from every tier by gateways, which lead to this account’s data and ECR’s image layers only', (all, region, environment) => {
    const tables = ['PublicRoutes', ...paidZones(environment).map((zone) => `PrivateRoutes${zone}`), 'IsolatedRoutes'];
    const layers = { Sid: 'ImageLayers', Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`] };
    const { S3Endpoint, DynamodbEndpoint } = all('AWS::EC2::VPCEndpoint');
    const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
    expect(only({ S3Endpoint, DynamodbEndpoint }, 'ServiceName', 'VpcEndpointType', 'VpcId', 'RouteTableIds', 'PolicyDocument')).to.deep.equal({
      S3Endpoint: [`com.amazonaws.${region}.s3`, 'Gateway', 'Vpc', tables, policy(ownResources, layers)],
      DynamodbEndpoint: [`com.amazonaws.${region}.dynamodb`, 'Gateway', 'Vpc', tables, policy(ownResources)],
    });
  });

  const listOf = { 'ap-southeast-1': 'pl-31a34658', 'us-east-1': 'pl-3b927c52' };

  everywhere('LKC-29', 'lets CloudFront and the health checkers reach the load balancer on 443, and nobody else but who is named here', (all, region) => {
    const rule = (port: number, Description: string, from: object) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, Description, ...from });
    const from = (port: number, group: string, Description = group) => rule(port, Description, { SourceSecurityGroupId: `${group}SecurityGroup.GroupId` });
    expect(only(all('AWS::EC2::SecurityGroup'), 'VpcId', 'SecurityGroupIngress')).to.deep.equal({
      PublicLoadBalancerSecurityGroup: ['Vpc', [rule(443, 'CloudFront', { SourcePrefixListId: listOf[region as keyof typeof listOf] })]],
      HealthCheckersSecurityGroup: ['Vpc', [rule(443, 'Route 53 health checkers', { SourcePrefixListId: 'HealthCheckPrefixList.PrefixListId' })]],
      NetworkLoadBalancerSecurityGroup: ['Vpc', undefined],
      BastionSecurityGroup: ['Vpc', undefined],
      RotationSecurityGroup: ['Vpc', undefined],
      ProxySecurityGroup: ['Vpc', [from(5432, 'Bastion')]],
      DatabaseSecurityGroup: ['Vpc', [from(5432, 'Proxy', 'RDS Proxy'), from(5432, 'Rotation')]],
      CacheSecurityGroup: ['Vpc', [from(6379, 'Rotation')]],
      EndpointsSecurityGroup: ['Vpc', [from(443, 'Rotation'), from(443, 'Bastion')]],
    });
    expect(Object.keys(all('AWS::EC2::SecurityGroupIngress'))).to.deep.equal([]);
  });

  everywhere('LKC-29', 'lets its groups reach only what they need, and the data stores nothing', (all) => {
    const nothing = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '127.0.0.1/32', Description: 'Nothing; the rules that open something stand by themselves' }];
    const groups = ['PublicLoadBalancer', 'HealthCheckers', 'NetworkLoadBalancer', 'Bastion', 'Rotation', 'Proxy', 'Database', 'Cache', 'Endpoints'];
    expect(only(all('AWS::EC2::SecurityGroup'), 'SecurityGroupEgress')).to.deep.equal(Object.fromEntries(groups.map((group) => [`${group}SecurityGroup`, [nothing]])));
    const edge = (from: string, port: number, to: string) => [`${from}SecurityGroup.GroupId`, 'tcp', port, port, undefined, `${to}SecurityGroup.GroupId`];
    expect(only(all('AWS::EC2::SecurityGroupEgress'), 'GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'DestinationSecurityGroupId')).to.deep.equal({
      ProxyToDatabase: edge('Proxy', 5432, 'Database'),
      RotationToDatabase: edge('Rotation', 5432, 'Database'),
      RotationToCache: edge('Rotation', 6379, 'Cache'),
      RotationToEndpoints: edge('Rotation', 443, 'Endpoints'),
      BastionToProxy: edge('Bastion', 5432, 'Proxy'),
      BastionToEndpoints: edge('Bastion', 443, 'Endpoints'),
    });
  });

  requirement('LKC-83', 'lets nobody but Cloudflare reach the load balancer once Cloudflare answers for the domain', () => {
    const { Resources = {}, Outputs = {} } = recorded('production/network behind Cloudflare', rebuilt({ dnsProvider: 'cloudflare' }));
    const ids = (type: string) => chosen(Object.entries(Resources), ([, { Type }]) => Type === type).map(([id]) => id);
    expect(plain(Outputs['LoadBalancerSecurityGroupIds']?.Value)).to.deep.equal({ 'Fn::Join': [',', [{ 'Fn::GetAtt': ['PublicLoadBalancerSecurityGroup', 'GroupId'] }]] });
    expect(plain(Resources['PublicLoadBalancerSecurityGroup']?.Properties?.['SecurityGroupIngress'])).to.deep.equal([
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Cloudflare', SourcePrefixListId: { 'Fn::GetAtt': ['CloudflareRanges', 'PrefixListId'] } },
    ]);
    expect(ids('AWS::EC2::SecurityGroup')).to.have.members(['PublicLoadBalancer', 'NetworkLoadBalancer', 'Bastion', 'Rotation', 'Proxy', 'Database', 'Cache', 'Endpoints'].map((group) => `${group}SecurityGroup`));
    expect(ids('AWS::EC2::PrefixList')).to.deep.equal(['CloudflareRanges']);
    expect(ids('AWS::Serverless::Function')).to.deep.equal([]);
  });

  everywhere('LKC-29 LKC-30', 'logs all of the VPC’s traffic once a minute, under the region’s own key', (all, _, environment) => {
    expect(only(all('AWS::EC2::FlowLog'), 'ResourceId', 'ResourceType', 'TrafficType', 'LogDestinationType', 'LogGroupName', 'DeliverLogsPermissionArn', 'MaxAggregationInterval')).to.deep.equal({
      FlowLog: ['Vpc', 'VPC', 'ALL', 'cloud-watch-logs', 'FlowLogGroup', 'FlowLogRole.Arn', 60],
    });
    expect(only({ own: all('AWS::Logs::LogGroup')['FlowLogGroup'] }, 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ own: [environment === 'production' ? 400 : 14, '<DataKeyArn>'] });
  });
});
