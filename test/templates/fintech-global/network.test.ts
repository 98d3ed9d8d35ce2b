import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { resolveInstance, type Template } from '../../../src/resolve';
import { network } from '../../../templates/systems/fintech-global/network';
import { requirement } from '../../requirements/requirement';
import { textsIn } from '../../requirements/selection';
import { only, plain } from '../plain';
import { bothRegions, contextOf, emitted, environmentNames, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const zones = [1, 2, 3];
const tiers = ['Public', 'Private', 'Data'];
const account = '111111111111';
const inside: Readonly<Record<Region, string>> = { 'us-east-1': '10.50', 'ap-southeast-1': '10.60' };
const rangeOf = (region: Region, tier: string, zone: number): string =>
  tier === 'Private' ? `${inside[region]}.${(zone - 1) * 16}.0/20` : `${inside[region]}.${(tier === 'Public' ? 64 : 68) + zone - 1}.0/24`;
const tierOf = (region: Region, tier: string): string => `${inside[region]}.${{ Private: '0.0/18', Public: '64.0/22', Data: '68.0/22' }[tier] ?? ''}`;
/** The zones in which an environment pays for something by the zone. */
const paidZones = (environment: EnvironmentName): readonly number[] => (environment === 'production' ? zones : [1]);

/** Asserts something of every environment's network in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: Region, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(network, region, environment), type), region, environment));
    }
  }
}

describe('FinTech Global network', () => {
  everywhere('FTG-09', 'has a range of its own, which the other region’s does not overlap', (all, region) => {
    expect(only(all('AWS::EC2::VPC'), 'CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport')).to.deep.equal({ Vpc: [`${inside[region]}.0.0/16`, true, true] });
  });

  everywhere('FTG-09', 'has a public, a private and a data subnet in each of three zones, and gives nothing a public address by itself', (all, region) => {
    expect(only(all('AWS::EC2::Subnet'), 'VpcId', 'CidrBlock', 'AvailabilityZone', 'MapPublicIpOnLaunch')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}Subnet${zone}`, ['Vpc', rangeOf(region, tier, zone), `${region}${'abc'[zone - 1]}`, false]]))),
    );
  });

  requirement('FTG-09', 'asks each region for its zones and names none', () => {
    const { Resources = {} } = emitted(network);
    for (const tier of tiers) {
      for (const zone of zones) {
        expect(Resources[`${tier}Subnet${zone}`]?.Properties?.['AvailabilityZone']).to.deep.equal({ 'Fn::Select': [zone - 1, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] });
      }
    }
    expect(textsIn(Resources, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g)).to.deep.equal([]);
  });

  everywhere('FTG-10 FTG-11', 'lets pods out through NAT, in each zone in production, and the data tier not at all', (all, _, environment) => {
    const gateways = paidZones(environment);
    const behind = (zone: number): string => `PrivateRoutes${gateways.length === 1 ? 1 : zone}`;
    expect(only(all('AWS::EC2::NatGateway'), 'SubnetId', 'AllocationId')).to.deep.equal(Object.fromEntries(gateways.map((zone) => [`NatGateway${zone}`, [`PublicSubnet${zone}`, `NatAddress${zone}.AllocationId`]])));
    expect(only(all('AWS::EC2::Route'), 'RouteTableId', 'DestinationCidrBlock', 'GatewayId', 'NatGatewayId')).to.deep.equal({
      PublicDefaultRoute: ['PublicRoutes', '0.0.0.0/0', 'InternetGateway', undefined],
      ...Object.fromEntries(gateways.map((zone) => [`PrivateDefaultRoute${zone}`, [`PrivateRoutes${zone}`, '0.0.0.0/0', undefined, `NatGateway${zone}`]])),
    });
    const tables: Readonly<Record<string, (zone: number) => string>> = { Public: () => 'PublicRoutes', Private: behind, Data: () => 'IsolatedRoutes' };
    expect(only(all('AWS::EC2::SubnetRouteTableAssociation'), 'SubnetId', 'RouteTableId')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}SubnetRoutes${zone}`, [`${tier}Subnet${zone}`, tables[tier]?.(zone)]]))),
    );
  });

  for (const region of bothRegions) {
    it(`leads nowhere but to AWS’s own services once an environment wants no NAT, in ${region}`, () => {
      const context = contextOf('production');
      const root = JSON.parse(render(network.build({ ...context, settings: { ...context.settings, egressMode: 'none' } }).template)) as Template;
      const stack = resolveInstance({ root, region, accountId: account, parameters: { DataKeyArn: 'key' } }).root;
      expect(ofType(stack, 'AWS::EC2::NatGateway')).to.deep.equal({});
      expect(Object.keys(ofType(stack, 'AWS::EC2::Route'))).to.deep.equal(['PublicDefaultRoute']);
      const tables = ['PublicRoutes', 'PrivateRoutes1', 'PrivateRoutes2', 'PrivateRoutes3', 'IsolatedRoutes'];
      expect(only(ofType(stack, 'AWS::EC2::VPCEndpoint'), 'RouteTableIds')).to.deep.include({ S3Endpoint: [tables], DynamodbEndpoint: [tables] });
      const entries = Object.values(ofType(stack, 'AWS::EC2::NetworkAclEntry'));
      expect(entries.filter(({ NetworkAclId, Egress, PortRange }) => plain(NetworkAclId) === 'PublicAcl' && Egress === true && PortRange.From === 443)).to.deep.equal([]);
    });
  }

  const interfaces: readonly (readonly [ids: string, id: string, service: string])[] = [
    ['FTG-14', 'EcrApi', 'ecr.api'],
    ['FTG-14', 'EcrDkr', 'ecr.dkr'],
    ['FTG-15', 'Secretsmanager', 'secretsmanager'],
    ['FTG-16', 'Ssm', 'ssm'],
    ['FTG-16', 'Ssmmessages', 'ssmmessages'],
    ['FTG-16', 'Ec2messages', 'ec2messages'],
    ['FTG-17', 'Sts', 'sts'],
    ['FTG-17', 'Logs', 'logs'],
    ['FTG-17', 'Ec2', 'ec2'],
    ['FTG-17', 'Eks', 'eks'],
    ['FTG-17', 'EksAuth', 'eks-auth'],
    ['FTG-17', 'Elasticloadbalancing', 'elasticloadbalancing'],
    ['FTG-17', 'Autoscaling', 'autoscaling'],
    ['FTG-17', 'Monitoring', 'monitoring'],
    ['FTG-17', 'Elasticache', 'elasticache'],
  ];
  const mine = { 'aws:PrincipalAccount': account };
  const ownIdentities = { Sid: 'OwnIdentities', Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'], Condition: { StringEquals: mine } };
  const ownResources = { ...ownIdentities, Sid: 'OwnIdentitiesAndResources', Condition: { StringEquals: { ...mine, 'aws:ResourceAccount': account } } };
  const serviceAccounts = { Sid: 'ServiceAccounts', Effect: 'Allow', Principal: '*', Action: ['sts:AssumeRoleWithWebIdentity'], Resource: [`arn:aws:iam::${account}:role/*`] };
  const policyOf = (service: string): readonly object[] => {
    if (service === 'sts') return [ownIdentities, serviceAccounts];
    return service === 'secretsmanager' ? [ownResources] : [ownIdentities];
  };

  for (const [ids, id, service] of interfaces) {
    everywhere(ids, `keeps calls to ${service} inside the region, for this account’s identities only`, (all, region, environment) => {
      const standing = paidZones(environment).map((zone) => `PrivateSubnet${zone}`);
      expect(only({ own: all('AWS::EC2::VPCEndpoint')[`${id}Endpoint`] }, 'ServiceName', 'VpcEndpointType', 'VpcId', 'SubnetIds', 'SecurityGroupIds', 'PrivateDnsEnabled', 'PolicyDocument')).to.deep.equal({
        own: [`com.amazonaws.${region}.${service}`, 'Interface', 'Vpc', standing, ['EndpointsSecurityGroup.GroupId'], true, { Version: '2012-10-17', Statement: policyOf(service) }],
      });
    });
  }

  for (const [ids, id, service] of [['FTG-12', 'S3', 's3'], ['FTG-13', 'Dynamodb', 'dynamodb']] as const) {
    everywhere(ids, `reaches ${service} from every tier by a gateway, which leads to this account’s data only`, (all, region, environment) => {
      const tables = ['PublicRoutes', ...paidZones(environment).map((zone) => `PrivateRoutes${zone}`), 'IsolatedRoutes'];
      const read = (Sid: string, bucket: string) => ({ Sid, Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] });
      const amazons = [read('ImageLayers', `prod-${region}-starport-layer-bucket`), read('Packages', `al2023-repos-${region}-de612dc2`)];
      expect(only({ own: all('AWS::EC2::VPCEndpoint')[`${id}Endpoint`] }, 'ServiceName', 'VpcEndpointType', 'VpcId', 'RouteTableIds', 'PolicyDocument')).to.deep.equal({
        own: [`com.amazonaws.${region}.${service}`, 'Gateway', 'Vpc', tables, { Version: '2012-10-17', Statement: [ownResources, ...(service === 's3' ? amazons : [])] }],
      });
    });
  }

  everywhere('FTG-17', 'has these endpoints and no other', (all) => {
    expect(Object.keys(all('AWS::EC2::VPCEndpoint'))).to.have.members(['S3Endpoint', 'DynamodbEndpoint', ...interfaces.map(([, id]) => `${id}Endpoint`)]);
  });

  everywhere('FTG-11 FTG-18', 'lets the internet reach the load balancer on 443, and nobody else but who is named here', (all) => {
    const from = (port: number, group: string, Description: string) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, Description, SourceSecurityGroupId: `${group}SecurityGroup.GroupId` });
    expect(only(all('AWS::EC2::SecurityGroup'), 'VpcId', 'SecurityGroupIngress')).to.deep.equal({
      LoadBalancerSecurityGroup: ['Vpc', [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Clients and Route 53 health checkers', CidrIp: '0.0.0.0/0' }]],
      RotationSecurityGroup: ['Vpc', undefined],
      DatabaseSecurityGroup: ['Vpc', [from(5432, 'Rotation', 'Rotation')]],
      CacheSecurityGroup: ['Vpc', [from(6379, 'Rotation', 'Rotation')]],
      EndpointsSecurityGroup: ['Vpc', [from(443, 'Rotation', 'Rotation')]],
    });
    expect(Object.keys(all('AWS::EC2::SecurityGroupIngress'))).to.deep.equal([]);
  });

  everywhere('FTG-11', 'lets its groups reach only what they need, and the data stores nothing', (all) => {
    const nothing = [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '127.0.0.1/32', Description: 'Nothing; the rules that open something stand by themselves' }];
    const groups = ['LoadBalancer', 'Rotation', 'Database', 'Cache', 'Endpoints'];
    expect(only(all('AWS::EC2::SecurityGroup'), 'SecurityGroupEgress')).to.deep.equal(Object.fromEntries(groups.map((group) => [`${group}SecurityGroup`, [nothing]])));
    const edge = (from: string, port: number, to: string) => [`${from}SecurityGroup.GroupId`, 'tcp', port, port, undefined, `${to}SecurityGroup.GroupId`];
    expect(only(all('AWS::EC2::SecurityGroupEgress'), 'GroupId', 'IpProtocol', 'FromPort', 'ToPort', 'CidrIp', 'DestinationSecurityGroupId')).to.deep.equal({
      RotationToDatabase: edge('Rotation', 5432, 'Database'),
      RotationToCache: edge('Rotation', 6379, 'Cache'),
      RotationToEndpoints: edge('Rotation', 443, 'Endpoints'),
    });
  });

  everywhere('FTG-11', 'gives each tier a network ACL of its own, which admits requests one way, answers the other and nothing else', (all, region) => {
    expect(only(all('AWS::EC2::NetworkAcl'), 'VpcId')).to.deep.equal({ PublicAcl: ['Vpc'], PrivateAcl: ['Vpc'], DataAcl: ['Vpc'] });
    expect(only(all('AWS::EC2::SubnetNetworkAclAssociation'), 'SubnetId', 'NetworkAclId')).to.deep.equal(
      Object.fromEntries(tiers.flatMap((tier) => zones.map((zone) => [`${tier}SubnetAcl${zone}`, [`${tier}Subnet${zone}`, `${tier}Acl`]]))),
    );
    const entries = Object.values(all('AWS::EC2::NetworkAclEntry')).map(({ NetworkAclId, Egress, CidrBlock, PortRange, Protocol, RuleAction, RuleNumber }: Row) => ({
      entry: `${plain(NetworkAclId) as string} ${RuleAction as string} ${{ 6: 'TCP', 17: 'UDP' }[Protocol as number] ?? 'other'} ${Egress === true ? 'to' : 'from'} ${CidrBlock as string} ${PortRange.From as number}-${PortRange.To as number}`,
      number: RuleNumber as number,
      list: `${plain(NetworkAclId) as string} ${String(Egress)}`,
    }));
    const answers = ['1024-3388', '3390-65535'];
    const range = (acl: string, way: string, cidr: string, ports: readonly string[], protocol = 'TCP') => ports.map((each) => `${acl}Acl allow ${protocol} ${way} ${cidr} ${each}`);
    const tier = (acl: string, way: string, other: string, ports: readonly string[], protocol?: string) => range(acl, way, tierOf(region, other), ports, protocol);
    const any = (acl: string, way: string, ports: readonly string[]) => range(acl, way, '0.0.0.0/0', ports);
    expect(entries.map(({ entry }) => entry)).to.have.members([
      ...any('Public', 'from', ['443-443', ...answers]),
      ...any('Public', 'to', ['443-443', ...answers]),
      ...tier('Public', 'to', 'Private', ['8080-8080']),
      ...tier('Private', 'from', 'Public', ['8080-8080']),
      ...tier('Private', 'from', 'Private', ['53-53', '443-443']),
      ...tier('Private', 'from', 'Private', ['53-53', ...answers], 'UDP'),
      ...any('Private', 'from', answers),
      ...any('Private', 'to', ['443-443']),
      ...tier('Private', 'to', 'Private', ['53-53', ...answers]),
      ...tier('Private', 'to', 'Private', ['53-53', ...answers], 'UDP'),
      ...tier('Private', 'to', 'Data', ['5432-5432', '6379-6379']),
      ...tier('Private', 'to', 'Public', answers),
      ...tier('Data', 'from', 'Private', ['5432-5432', '6379-6379']),
      ...tier('Data', 'to', 'Private', answers),
    ]);
    for (const list of new Set(entries.map((entry) => entry.list))) {
      const numbers = entries.filter((entry) => entry.list === list).map(({ number }) => number);
      expect(numbers, list).to.deep.equal(numbers.map((_, index) => (index + 1) * 100));
      expect(numbers.length, `${list}: EC2 takes 20 rules a direction`).to.be.at.most(20);
    }
  });

  everywhere('FTG-11', 'logs all of the VPC’s traffic once a minute, under the region’s own key', (all, _, environment) => {
    expect(only(all('AWS::EC2::FlowLog'), 'ResourceId', 'ResourceType', 'TrafficType', 'LogDestinationType', 'LogGroupName', 'DeliverLogsPermissionArn', 'MaxAggregationInterval')).to.deep.equal({
      FlowLog: ['Vpc', 'VPC', 'ALL', 'cloud-watch-logs', 'FlowLogGroup', 'FlowLogRole.Arn', 60],
    });
    expect(only(all('AWS::Logs::LogGroup'), 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ FlowLogGroup: [environment === 'production' ? 400 : 14, '<DataKeyArn>'] });
  });
});
