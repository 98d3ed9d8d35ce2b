import { expect } from 'chai';
import { network } from '../../../templates/systems/customer-portal/network';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { only, plain } from '../plain';
import { bothRegions, emitted, environmentNames, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const zones = [1, 2, 3];
const tiers = ['Public', 'Service', 'Database'];
const inside: Readonly<Record<Region, string>> = { 'us-east-1': '10.30', 'ap-southeast-1': '10.40' };
const rangeOf = (region: Region, tier: string, zone: number): string =>
  tier === 'Service' ? `${inside[region]}.${(zone - 1) * 16}.0/20` : `${inside[region]}.${(tier === 'Public' ? 64 : 68) + zone - 1}.0/24`;

/** Asserts something of every environment's network in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: Region, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(network, region, environment), type), region, environment));
    }
  }
}

describe('Customer portal network', () => {
  everywhere('CUS-06', 'has a range of its own, which the other region’s does not overlap', (all, region) => {
    expect(only(all('AWS::EC2::VPC'), 'CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport')).to.deep.equal({ Vpc: [`${inside[region]}.0.0/16`, true, true] });
  });

  everywhere('CUS-06 CUS-07 CUS-08', 'has a public, a service and a database subnet in each of three zones, and gives nothing a public address by itself', (all, region) => {
    expect(only(all('AWS::EC2::Subnet'), 'VpcId', 'CidrBlock', 'AvailabilityZone', 'MapPublicIpOnLaunch')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}Subnet${zone}`, ['Vpc', rangeOf(region, tier, zone), `${region}${'abc'[zone - 1]}`, false]]))),
    );
  });

  requirement('CUS-06', 'asks each region for its zones and names none', () => {
    const { Resources = {} } = emitted(network);
    for (const tier of tiers) {
      for (const zone of zones) {
        expect(Resources[`${tier}Subnet${zone}`]?.Properties?.['AvailabilityZone']).to.deep.equal({ 'Fn::Select': [zone - 1, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] });
      }
    }
    expect(textsIn(Resources, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g)).to.deep.equal([]);
  });

  everywhere('CUS-07 CUS-08 CUS-12', 'routes public subnets to the internet, services to the NAT of their own zone and the database nowhere', (all) => {
    expect(only(all('AWS::EC2::RouteTable'), 'VpcId')).to.deep.equal(Object.fromEntries(['PublicRoutes', ...zones.map((zone) => `PrivateRoutes${zone}`), 'IsolatedRoutes'].map((table) => [table, ['Vpc']])));
    expect(only(all('AWS::EC2::Route'), 'RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId', 'NetworkInterfaceId')).to.deep.equal({
      PublicDefaultRoute: ['PublicRoutes', '0.0.0.0/0', 'InternetGateway', undefined, undefined],
      ...Object.fromEntries(zones.map((zone) => [`PrivateDefaultRoute${zone}`, [`PrivateRoutes${zone}`, '0.0.0.0/0', undefined, undefined, `NatInterface${zone}`]])),
    });
    const tables: Readonly<Record<string, (zone: number) => string>> = { Public: () => 'PublicRoutes', Service: (zone) => `PrivateRoutes${zone}`, Database: () => 'IsolatedRoutes' };
    expect(only(all('AWS::EC2::SubnetRouteTableAssociation'), 'SubnetId', 'RouteTableId')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}SubnetRoutes${zone}`, [`${tier}Subnet${zone}`, tables[tier]?.(zone)]]))),
    );
    expect(only(all('AWS::EC2::VPCGatewayAttachment'), 'VpcId', 'InternetGatewayId')).to.deep.equal({ InternetGatewayAttachment: ['Vpc', 'InternetGateway'] });
  });

  everywhere('CUS-14 CUS-70', 'keeps what the services ask of AWS off the NAT, by endpoints for this account’s identities, image layers and packages only', (all, region, environment) => {
    const production = environment === 'production';
    const ownIdentities = { Sid: 'OwnIdentities', Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'], Condition: { StringEquals: { 'aws:PrincipalAccount': '111111111111' } } };
    const imageLayers = { Sid: 'ImageLayers', Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::prod-${region}-starport-layer-bucket/*`] };
    const packages = { Sid: 'Packages', Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::al2023-repos-${region}-de612dc2/*`] };
    const tables = ['PublicRoutes', ...zones.map((zone) => `PrivateRoutes${zone}`), 'IsolatedRoutes'];
    const gateway = (service: string, ...statements: readonly object[]) => [`com.amazonaws.${region}.${service}`, 'Gateway', 'Vpc', tables, undefined, undefined, undefined, { Version: '2012-10-17', Statement: statements }];
    const standing = (production ? zones : [1]).map((zone) => `ServiceSubnet${zone}`);
    const interfaceOf = (service: string) => [`com.amazonaws.${region}.${service}`, 'Interface', 'Vpc', undefined, standing, ['EndpointsSecurityGroup.GroupId'], true, { Version: '2012-10-17', Statement: [ownIdentities] }];
    expect(only(all('AWS::EC2::VPCEndpoint'), 'ServiceName', 'VpcEndpointType', 'VpcId', 'RouteTableIds', 'SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled', 'PolicyDocument')).to.deep.equal({
      S3Endpoint: gateway('s3', ownIdentities, imageLayers, packages),
      DynamodbEndpoint: gateway('dynamodb', ownIdentities),
      EcrApiEndpoint: interfaceOf('ecr.api'),
      EcrDkrEndpoint: interfaceOf('ecr.dkr'),
      LogsEndpoint: interfaceOf('logs'),
      SecretsmanagerEndpoint: interfaceOf('secretsmanager'),
    });
  });

  everywhere('CUS-11 CUS-71', 'lets nobody connect but who is named here, on the one port that is named', (all, region) => {
    const on443 = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    const from = (port: number, group: string, Description: string) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, Description, SourceSecurityGroupId: `${group}SecurityGroup.GroupId` });
    const cloudFront = { 'us-east-1': 'pl-3b927c52', 'ap-southeast-1': 'pl-31a34658' }[region];
    expect(only(all('AWS::EC2::SecurityGroup'), 'SecurityGroupIngress')).to.deep.equal({
      PublicLoadBalancerSecurityGroup: [[{ ...on443, Description: 'CloudFront', SourcePrefixListId: cloudFront }]],
      HealthCheckersSecurityGroup: [[{ ...on443, Description: 'Route 53 health checkers', SourcePrefixListId: 'HealthCheckPrefixList.PrefixListId' }]],
      VpcLinkSecurityGroup: [undefined],
      ApiLoadBalancerSecurityGroup: [[from(443, 'VpcLink', 'VPC link of API Gateway')]],
      FrontendSecurityGroup: [[from(8080, 'PublicLoadBalancer', 'Public load balancer')]],
      BackendSecurityGroup: [[from(3000, 'PublicLoadBalancer', 'Public load balancer'), from(3000, 'ApiLoadBalancer', 'Load balancer of API Gateway')]],
      RotationSecurityGroup: [undefined],
      DatabaseSecurityGroup: [[from(5432, 'Backend', 'Backend tasks'), from(5432, 'Rotation', 'Password rotation')]],
      EndpointsSecurityGroup: [[from(443, 'Frontend', 'Frontend tasks'), from(443, 'Backend', 'Backend tasks'), from(443, 'Rotation', 'Password rotation')]],
      NatSecurityGroup: [zones.map((zone) => ({ ...on443, Description: 'Private subnet', CidrIp: rangeOf(region, 'Service', zone) }))],
      NatInstanceSecurityGroup: [undefined],
    });
    expect(only(all('Custom::ManagedPrefixList'), 'Name')).to.deep.equal({ HealthCheckPrefixList: ['route53-healthchecks'] });
  });

  everywhere('CUS-71', 'lets only the services and NAT out of the VPC, on 443, and everything else only to where it is needed', (all) => {
    const nothing = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '127.0.0.1/32', Description: 'Nothing; the rules that open something stand by themselves' }];
    const groups = ['NatInstance', 'Nat', 'PublicLoadBalancer', 'HealthCheckers', 'VpcLink', 'ApiLoadBalancer', 'Frontend', 'Backend', 'Rotation', 'Database', 'Endpoints'];
    expect(only(all('AWS::EC2::SecurityGroup'), 'SecurityGroupEgress')).to.deep.equal(Object.fromEntries(groups.map((group) => [`${group}SecurityGroup`, [nothing]])));
    const edge = (from: string, port: number, to: string) => [`${from}SecurityGroup.GroupId`, 'tcp', port, port, undefined, `${to}SecurityGroup.GroupId`];
    const anywhere = (from: string) => [`${from}SecurityGroup.GroupId`, 'tcp', 443, 443, '0.0.0.0/0', undefined];
    expect(only(all('AWS::EC2::SecurityGroupEgress'), 'GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'DestinationSecurityGroupId')).to.deep.equal({
      PublicLoadBalancerToFrontend: edge('PublicLoadBalancer', 8080, 'Frontend'),
      PublicLoadBalancerToBackend: edge('PublicLoadBalancer', 3000, 'Backend'),
      VpcLinkToApiLoadBalancer: edge('VpcLink', 443, 'ApiLoadBalancer'),
      ApiLoadBalancerToBackend: edge('ApiLoadBalancer', 3000, 'Backend'),
      FrontendToHttps: anywhere('Frontend'),
      BackendToHttps: anywhere('Backend'),
      NatTo443: anywhere('Nat'),
      NatInstanceToHttps: anywhere('NatInstance'),
      BackendToDatabase: edge('Backend', 5432, 'Database'),
      RotationToDatabase: edge('Rotation', 5432, 'Database'),
      RotationToEndpoints: edge('Rotation', 443, 'Endpoints'),
    });
    expect(Object.keys(all('AWS::EC2::SecurityGroupIngress'))).to.deep.equal([]);
  });

  everywhere('CUS-13', 'gives each tier a network ACL of its own, which admits requests one way, answers the other and nothing else', (all, region) => {
    expect(only(all('AWS::EC2::NetworkAcl'), 'VpcId')).to.deep.equal({ PublicAcl: ['Vpc'], ServiceAcl: ['Vpc'], DatabaseAcl: ['Vpc'] });
    expect(only(all('AWS::EC2::SubnetNetworkAclAssociation'), 'SubnetId', 'NetworkAclId')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}SubnetAcl${zone}`, [`${tier}Subnet${zone}`, `${tier}Acl`]]))),
    );
    const entries = Object.values(all('AWS::EC2::NetworkAclEntry')).map(({ NetworkAclId, Egress, CidrBlock, PortRange, Protocol, RuleAction, RuleNumber }: Row) => ({
      entry: `${plain(NetworkAclId) as string} ${RuleAction as string} ${Protocol === 6 ? 'TCP' : 'other'} ${Egress === true ? 'to' : 'from'} ${CidrBlock as string} ${PortRange.From as number}-${PortRange.To as number}`,
      number: RuleNumber as number,
      list: `${plain(NetworkAclId) as string} ${String(Egress)}`,
    }));
    const answers = ['1024-3388', '3390-65535'];
    const each = (acl: string, way: string, tier: string, ports: readonly string[]) => zones.flatMap((zone) => ports.map((range) => `${acl}Acl allow TCP ${way} ${rangeOf(region, tier, zone)} ${range}`));
    const any = (acl: string, way: string, ports: readonly string[]) => ports.map((range) => `${acl}Acl allow TCP ${way} 0.0.0.0/0 ${range}`);
    expect(entries.map(({ entry }) => entry)).to.have.members([
      ...any('Public', 'from', ['443-443', ...answers]),
      ...any('Public', 'to', ['443-443', ...answers]),
      ...each('Public', 'to', 'Service', ['8080-8080', '3000-3000']),
      ...each('Service', 'from', 'Public', ['8080-8080', '3000-3000']),
      ...each('Service', 'from', 'Service', ['443-443', '3000-3000']),
      ...any('Service', 'from', answers),
      ...any('Service', 'to', ['443-443']),
      ...each('Service', 'to', 'Database', ['5432-5432']),
      ...each('Service', 'to', 'Public', answers),
      ...each('Service', 'to', 'Service', ['3000-3000', ...answers]),
      ...each('Database', 'from', 'Service', ['5432-5432']),
      ...each('Database', 'to', 'Service', answers),
    ]);
    for (const list of new Set(entries.map((entry) => entry.list))) {
      const numbers = entries.filter((entry) => entry.list === list).map(({ number }) => number);
      expect(numbers, list).to.deep.equal(numbers.map((_, index) => (index + 1) * 100));
      expect(numbers.length, `${list}: EC2 takes 20 rules a direction`).to.be.at.most(20);
    }
  });

  everywhere('CUS-60', 'logs all of the VPC’s traffic once a minute', (all) => {
    expect(only(all('AWS::EC2::FlowLog'), 'ResourceId', 'ResourceType', 'TrafficType', 'LogDestinationType', 'LogGroupName', 'DeliverLogsPermissionArn', 'MaxAggregationInterval')).to.deep.equal({
      FlowLog: ['Vpc', 'VPC', 'ALL', 'cloud-watch-logs', 'FlowLogGroup', 'FlowLogRole.Arn', 60],
    });
  });

  everywhere('CUS-60', 'keeps its logs as long as the environment wants, under the region’s own key, and copies them to the archive', (all, _, environment) => {
    const days = environment === 'production' ? 14 : 7;
    expect(only(all('AWS::Logs::LogGroup'), 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ FlowLogGroup: [days, '<DefaultKeyArn>'], LookUpPrefixListLog: [days, '<DefaultKeyArn>'] });
    const copied = ['<ArchiveStreamArn>', '<ArchiveRoleArn>', ''];
    expect(only(all('AWS::Logs::SubscriptionFilter'), 'LogGroupName', 'DestinationArn', 'RoleArn', 'FilterPattern')).to.deep.equal({ FlowLogGroupArchive: ['FlowLogGroup', ...copied], LookUpPrefixListLogArchive: ['LookUpPrefixListLog', ...copied] });
  });
});
