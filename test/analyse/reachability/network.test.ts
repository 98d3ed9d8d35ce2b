import { expect } from 'chai';
import { blockOf, pathsOf, waysBetween } from './built-reach';
import { aclOfB, entry, lets, nat, reachOf, smallNetwork, type Short } from './small-network';

const ref = (logicalId: string): object => ({ Ref: logicalId });
const store = 'caller → store:5432';
const open = (...parts: readonly Short[]): string[] => pathsOf(reachOf(smallNetwork, ...parts));
const group = (more: object): Short => ({ StoreGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), ...more }] });

interface Case {
  readonly it: string;
  readonly parts: readonly Short[];
  readonly open: readonly string[];
}

/** Each case as a test of everything that is open. */
function cases(all: readonly Case[]): void {
  for (const { it: title, parts, open: expected } of all) it(title, () => expect(open(...parts)).to.have.members(expected));
}

describe('A network ACL', () => {
  cases([
    { it: 'that the templates leave to the VPC lets everything through', parts: [], open: [store] },
    { it: 'decides by the entry with the lowest number, whatever comes later', parts: [aclOfB, { Deny: entry(10, 'deny') }], open: [] },
    { it: 'does not look at an entry behind the one that decided', parts: [aclOfB, { Deny: entry(2000, 'deny') }], open: [store] },
    { it: 'tries an allowance before a denial with a higher number', parts: [aclOfB, { Deny: entry(20, 'deny'), Allow: entry(10, 'allow') }], open: [store] },
    { it: 'denies what no entry takes', parts: [aclOfB, { AllIn: entry(10, 'allow', { PortRange: { From: 443, To: 443 } }) }], open: [] },
    { it: 'stops the answers, of which it knows nothing, at any port of the client', parts: [aclOfB, { Deny: entry(10, 'deny', { Egress: true, PortRange: { From: 40_000, To: 40_000 } }) }], open: [] },
    { it: 'may keep the remote-desktop port closed to answers', parts: [aclOfB, { Deny: entry(10, 'deny', { Egress: true, PortRange: { From: 3389, To: 3389 } }) }], open: [store] },
    { it: 'ignores entries for UDP and IPv6', parts: [aclOfB, { Udp: entry(10, 'deny', { Protocol: 17 }), Six: entry(11, 'deny', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }) }], open: [store] },
    { it: 'that denies a part of the clients leaves the others', parts: [aclOfB, { Deny: entry(10, 'deny', { CidrBlock: '10.0.1.0/25' }) }], open: [`${store} (partly, 10.0.1.128/25)`] },
    { it: 'is undecided where only deployment knows the addresses of an entry', parts: [aclOfB, { Later: entry(10, 'deny', { CidrBlock: ref('Later') }) }], open: [`${store} (unknown)`] },
  ]);

  it('is not asked between interfaces of one subnet', () => {
    const together: Short = { Caller: ['Lambda::Function', { VpcConfig: { SubnetIds: [ref('SubnetB')], SecurityGroupIds: [ref('CallerGroup')] } }] };
    expect(open(aclOfB, { Deny: entry(10, 'deny') }, together)).to.deep.equal([store]);
  });
});

describe('A security group', () => {
  const self: Short = {
    Copy: ['RDS::DBInstance', { SourceDBInstanceIdentifier: ref('Store'), VPCSecurityGroups: [ref('StoreGroup')] }],
    SelfIn: ['EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['StoreGroup', 'GroupId'] }, ...lets(5432, { SourceSecurityGroupId: ref('StoreGroup') }) }],
  };
  cases([
    { it: 'lets nobody in whom it does not name', parts: [group({})], open: [] },
    { it: 'that names itself lets its members in, those that copy the database too', parts: [group({}), self], open: ['store → store:5432', 'store → copy:5432', 'copy → store:5432', 'copy → copy:5432'] },
    { it: 'with an egress rule has no other', parts: [{ CallerGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupEgress: [lets(443, { CidrIp: '0.0.0.0/0' })] }] }], open: [] },
    { it: 'keeps its default egress beside a rule that stands by itself', parts: [{ Out: ['EC2::SecurityGroupEgress', { GroupId: ref('CallerGroup'), ...lets(443, { CidrIp: '0.0.0.0/0' }) }] }], open: [store] },
    { it: 'lets the addresses in that it names, and no port beside them', parts: [group({ SecurityGroupIngress: [lets(5432, { CidrIp: '10.0.1.0/24' })] })], open: [store] },
    { it: 'with a range of ports opens all of them, though nothing answers on the others', parts: [group({ SecurityGroupIngress: [{ IpProtocol: '-1', SourceSecurityGroupId: ref('CallerGroup') }] })], open: ['caller → store:1-65535'] },
    { it: 'is undecided where only deployment knows whom a rule names', parts: [group({ SecurityGroupIngress: [lets(5432, { CidrIp: ref('Later') })] })], open: ['caller → store:5432 (unknown)', 'store → store:5432 (unknown)'] },
    { it: 'lets nobody in for UDP or from IPv6', parts: [group({ SecurityGroupIngress: [lets(5432, { IpProtocol: 'udp', CidrIp: '0.0.0.0/0' }), lets(5432, { CidrIpv6: '::/0' })] })], open: [] },
  ]);
});

describe('A prefix list', () => {
  const listed = (id: unknown): Short => group({ SecurityGroupIngress: [lets(5432, { SourcePrefixListId: id })] });
  const list = (...blocks: readonly string[]): Short => ({ Offices: ['EC2::PrefixList', { Entries: blocks.map((Cidr) => ({ Cidr })) }] });
  const exposed: Short = { Store: ['RDS::DBInstance', { Engine: 'postgres', PubliclyAccessible: true, DBSubnetGroupName: ref('StoreSubnets'), VPCSecurityGroups: [ref('StoreGroup')] }] };

  cases([
    { it: 'of the templates stands for its blocks', parts: [list('10.0.1.0/24'), listed(ref('Offices'))], open: [store] },
    { it: 'whose blocks are elsewhere lets nobody in', parts: [list('192.0.2.0/24'), listed(ref('Offices'))], open: [] },
    { it: 'of the templates opens a public database to its blocks only', parts: [nat, exposed, list('192.0.2.0/24'), listed({ 'Fn::GetAtt': ['Offices', 'PrefixListId'] })], open: ['internet → store:5432 (partly, 192.0.2.0/24)', 'cloudfront → store:5432 (unknown)', 'health-checkers → store:5432 (unknown)', 'caller → internet:1-65535', 'store → internet:1-65535'] },
    { it: 'of CloudFront’s lets CloudFront in and not the internet', parts: [nat, exposed, listed('pl-3b927c52')], open: ['cloudfront → store:5432', 'caller → internet:1-65535', 'store → internet:1-65535'] },
    {
      it: 'that a custom resource looks up by name is known by it',
      parts: [nat, exposed, { Checkers: ['Custom::ManagedPrefixList', { Name: 'route53-healthchecks' }] }, listed({ 'Fn::GetAtt': ['Checkers', 'PrefixListId'] })],
      open: ['health-checkers → store:5432', 'caller → internet:1-65535', 'store → internet:1-65535'],
    },
  ]);
});

describe('A route table', () => {
  const internet = ['caller → internet:1-65535', 'store → internet:1-65535', store];
  const route = (destination: string, target: object): Short => ({ Other: ['EC2::Route', { RouteTableId: ref('TableA'), DestinationCidrBlock: destination, ...target }] });
  // The store has no public address: its table leads to the internet gateway, which then takes nothing of it.
  const own = internet.filter((line) => !line.startsWith('store'));

  cases([
    { it: 'leads out through NAT', parts: [nat], open: own },
    { it: 'sends packets by the longest prefix, here to where nobody follows', parts: [nat, route('203.0.113.0/24', { TransitGatewayId: 'tgw-1' })], open: [`caller → internet:1-65535 (partly, SubnetA → internet any address but 203.0.113.0/24)`, store] },
    { it: 'may take some of the VPC out of its own route', parts: [nat, route('10.0.2.0/25', { NatGatewayId: ref('Nat') })], open: ['caller → internet:1-65535', `${store} (partly, SubnetA → SubnetB 10.0.2.128/25)`] },
    { it: 'without a default route leads nowhere', parts: [nat, { RouteA: ['EC2::Route', { RouteTableId: ref('TableA'), DestinationCidrBlock: '192.168.0.0/16', NatGatewayId: ref('Nat') }] }], open: [store] },
  ]);

  const stops: readonly { readonly it: string; readonly part: Short; readonly who: string; readonly says: string }[] = [
    { it: 'a NAT gateway whose own subnet does not lead to the internet gateway', part: { RouteB: ['EC2::RouteTable', { VpcId: ref('Vpc') }] }, who: 'route table TableB', says: 'has no route to any address by an internet gateway' },
    { it: 'a private NAT gateway', part: { Nat: ['EC2::NatGateway', { SubnetId: ref('SubnetB'), ConnectivityType: 'private' }] }, who: 'NAT gateway Nat', says: 'is private and leads to no internet' },
    { it: 'an internet gateway that nobody attached', part: { Attachment: ['EC2::EIP'] }, who: 'VPC Vpc', says: 'has no internet gateway attached' },
    { it: 'the route to an internet gateway of a function, which has no public address', part: { RouteA: ['EC2::Route', { RouteTableId: ref('TableA'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') }] }, who: 'caller', says: 'has no public address, which an internet gateway asks for' },
    { it: 'the network ACL of the NAT gateway’s subnet', part: { ...aclOfB, Deny: entry(10, 'deny', { CidrBlock: '10.0.1.0/24', PortRange: { From: 443, To: 443 } }) }, who: 'network ACL Acl, inbound', says: 'does not let 443 in from 10.0.1.0/24: entry 10 denies it' },
  ];
  for (const { it: title, part, who, says } of stops) {
    it(`ends at ${title}`, () => {
      expect(blockOf(reachOf(smallNetwork, nat, part), 'caller', 'internet', 443)).to.include({ state: 'blocked', who, says });
    });
  }
});

describe('A NAT instance', () => {
  const forwards = (properties: object): Short => ({
    NatGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupIngress: [lets(443, { SourceSecurityGroupId: ref('CallerGroup') })] }],
    Interface: ['EC2::NetworkInterface', { SubnetId: ref('SubnetB'), GroupSet: [ref('NatGroup')], ...properties }],
    RouteA: ['EC2::Route', { RouteTableId: ref('TableA'), DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: ref('Interface') }],
  });

  it('forwards what its own security group lets in', () => {
    expect(open(nat, forwards({ SourceDestCheck: false }))).to.deep.equal(['caller → internet:443', store]);
  });

  it('forwards nothing while it checks source and destination', () => {
    expect(blockOf(reachOf(smallNetwork, nat, forwards({})), 'caller', 'internet', 443)).to.include({ state: 'blocked', who: 'NetworkInterface Interface', needed: 'SourceDestCheck: false of Interface' });
  });
});

describe('An endpoint', () => {
  const endpoint = (...tables: readonly object[]): Short => ({ S3: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), ServiceName: 'com.amazonaws.us-east-1.s3', VpcEndpointType: 'Gateway', RouteTableIds: tables }] });

  it('of the gateway kind serves the subnets whose route tables it names', () => {
    expect(waysBetween(reachOf(smallNetwork, nat, endpoint(ref('TableA'))), 'caller', 's3')[0]?.state).to.equal('open');
    expect(blockOf(reachOf(smallNetwork, nat, endpoint(ref('TableB'))), 'caller', 's3', 443)).to.include({ state: 'blocked', who: 'route table TableA', needed: 'TableA among the RouteTableIds of S3' });
  });

  it('of the interface kind is a place with a security group', () => {
    const logs: Short = { Logs: ['EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.us-east-1.logs', VpcEndpointType: 'Interface', SubnetIds: [ref('SubnetB')], SecurityGroupIds: [ref('StoreGroup')] }] };
    expect(blockOf(reachOf(smallNetwork, logs), 'caller', 'logs', 443)).to.include({ who: 'security group StoreGroup of logs', needed: 'an ingress rule of StoreGroup for tcp 443 from CallerGroup' });
  });
});

describe('What only deployment can tell', () => {
  const caller = (subnets: readonly object[], groups: readonly object[]): Short => ({ Caller: ['Lambda::Function', { VpcConfig: { SubnetIds: subnets, SecurityGroupIds: groups } }] });
  cases([
    { it: 'is neither open nor blocked for a place in an unknown subnet, where security groups let it pass', parts: [caller([ref('Later')], [ref('CallerGroup')])], open: [`${store} (unknown)`, 'caller → internet:1-65535 (unknown)'] },
    { it: 'leaves a place open in part that stands in an unknown subnet too', parts: [caller([ref('SubnetA'), ref('Later')], [ref('CallerGroup')])], open: [`${store} (partly, SubnetA → SubnetB)`, 'caller → internet:1-65535 (unknown)'] },
    { it: 'may be open by a security group that is not known', parts: [caller([ref('SubnetA')], [ref('Later')])], open: [`${store} (unknown)`, ...['caller', 'store'].map((from) => `${from} → caller:1-65535 (unknown, nothing listens)`)] },
    { it: 'may be open to a security group that is not known', parts: [group({}), { Store: ['RDS::DBInstance', { Port: '5432', DBSubnetGroupName: ref('StoreSubnets'), VPCSecurityGroups: [ref('StoreGroup'), ref('Later')] }] }], open: ['caller → store:1-65535 (unknown)', 'store → store:1-65535 (unknown)'] },
  ]);
});

describe('A load balancer', () => {
  const balancer = (properties: object): Short => ({
    Front: ['ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: [ref('SubnetB')], ...properties }],
    Listener: ['ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Front'), Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Chained') }] }],
    Chained: ['ElasticLoadBalancingV2::TargetGroup', { TargetType: 'alb', Port: 443, Targets: [{ Id: ref('Inner') }] }],
    Inner: ['ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: [ref('SubnetB')], SecurityGroups: [ref('InnerGroup')] }],
    InnerListener: ['ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Inner'), Port: 443, DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }] }],
    InnerGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupIngress: [lets(443, { CidrIp: '10.0.2.0/24' })] }],
    Targets: ['ElasticLoadBalancingV2::TargetGroup', { Port: 5432 }],
    Web: ['ECS::Service', { LoadBalancers: [{ TargetGroupArn: ref('Targets'), ContainerPort: 5432 }], NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('SubnetB')], SecurityGroups: [ref('WebGroup')] } } }],
    WebGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupIngress: [lets(5432, { SourceSecurityGroupId: ref('InnerGroup') })] }],
  });

  it('of the network kind without security groups is open to whom routes and ACLs let through', () => {
    expect(open(balancer({ Type: 'network' }))).to.include('caller → front:1-65535');
    expect(waysBetween(reachOf(smallNetwork, balancer({})), 'caller', 'front', 80)[0]?.state).to.equal('unknown');
  });

  it('may stand before another, which passes requests on in turn', () => {
    const ways = waysBetween(reachOf(smallNetwork, balancer({ Type: 'network' })), 'caller', 'web');
    expect(ways.map(({ connections, state }) => [state, ...connections.map(({ from, to, port }) => `${from} → ${to}:${port}`)])).to.deep.equal([
      ['blocked', 'caller → web:443'],
      ['blocked', 'caller → inner:443'],
      ['open', 'caller → front:80', 'front → inner:443', 'inner → web:5432'],
    ]);
  });
});

describe('Instances of an Auto Scaling group', () => {
  const instances = (data: object): Short => ({
    Template: ['EC2::LaunchTemplate', { LaunchTemplateData: data }],
    Group: ['AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: [ref('SubnetB')], LaunchTemplate: { LaunchTemplateId: ref('Template'), Version: '1' } }],
    GroupGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc') }],
  });

  it('stand in its subnets with the public address and the security groups that their launch template gives them', () => {
    const first = { DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [ref('GroupGroup')] };
    expect(open(nat, instances({ NetworkInterfaces: [first] }))).to.include('group → internet:1-65535');
    expect(open(nat, instances({ NetworkInterfaces: [{ ...first, AssociatePublicIpAddress: false }] }))).not.to.include('group → internet:1-65535');
    expect(open(nat, instances({ NetworkInterfaces: [{ ...first, Groups: [ref('CallerGroup')] }] }))).to.include('group → store:5432');
  });

  it('have the launch template’s own security groups when it describes no interface', () => {
    expect(open(instances({ SecurityGroupIds: [ref('CallerGroup')] }))).to.include('group → store:5432');
    expect(open(instances({ SecurityGroupIds: [ref('GroupGroup')] }))).not.to.include('group → store:5432');
  });
});

describe('A cache and a VPC link', () => {
  it('are places like databases and functions', () => {
    const parts: Short = {
      CacheSubnets: ['ElastiCache::SubnetGroup', { SubnetIds: [ref('SubnetB')] }],
      Cache: ['ElastiCache::ReplicationGroup', { CacheSubnetGroupName: ref('CacheSubnets'), SecurityGroupIds: [ref('CacheGroup')] }],
      CacheGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupIngress: [lets(6379, { SourceSecurityGroupId: ref('LinkGroup') })] }],
      Link: ['ApiGatewayV2::VpcLink', { SubnetIds: [ref('SubnetA')], SecurityGroupIds: [ref('LinkGroup')] }],
      LinkGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc') }],
    };
    expect(open(parts)).to.have.members([store, 'link → cache:6379']);
  });
});
