import { expect } from 'chai';
import { blockOf, pathsOf, waysBetween } from './built-reach';
import { lets, reachOf, smallNetwork, type Short } from './small-network';

const ref = (logicalId: string): object => ({ Ref: logicalId });

const balancer = (more: Readonly<Record<string, unknown>> = {}): Short => ({
  Gate: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, DestinationSecurityGroupId: ref('StoreGroup') }], SecurityGroupIngress: more['ingress'] }],
  Balancer: ['ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Scheme: 'internal', Subnets: [ref('SubnetA')], SecurityGroups: [ref('Gate')], ...(more['properties'] as object | undefined) }],
  Targets: ['ElasticLoadBalancingV2::TargetGroup', { Port: 5432 }],
  Listener: ['ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer'), Port: 8021, DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }] }],
  Web: ['ECS::Service', { LoadBalancers: [{ TargetGroupArn: ref('Targets'), ContainerPort: 5432 }], NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('SubnetB')], SecurityGroups: [ref('StoreGroup')] } } }],
  FromBalancer: ['EC2::SecurityGroupIngress', { GroupId: ref('StoreGroup'), ...lets(5432, { SourceSecurityGroupId: ref('Gate') }) }],
  Link: ['ApiGateway::VpcLink', { TargetArns: [ref('Balancer')] }],
});
const unasked = { properties: { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' } };
const linked = (more?: Readonly<Record<string, unknown>>) => reachOf(smallNetwork, balancer(more));

describe('A VPC link of REST APIs', () => {
  it('reaches its load balancer where PrivateLink is asked for no security group, and nothing else', () => {
    expect(pathsOf(linked(unasked)).filter((path) => path.startsWith('link'))).to.deep.equal(['link → balancer:1-65535']);
  });

  it('is blocked by the group of a load balancer that asks', () => {
    expect(blockOf(linked(), 'link', 'balancer', 8021)).to.include({ state: 'blocked', who: 'security group Gate of balancer' });
  });

  it('may be let in by a range, for nobody knows its addresses, and is by one that holds them all', () => {
    const state = (CidrIp: string) => waysBetween(linked({ ingress: [lets(8021, { CidrIp })] }), 'link', 'balancer').map((way) => way.state);
    expect(state('10.0.0.0/16')).to.deep.equal(['unknown']);
    expect(state('0.0.0.0/0')).to.deep.equal(['open']);
  });

  it('reaches services by what the load balancer passes on only', () => {
    const ways = waysBetween(linked(unasked), 'link', 'web').map(({ requests, state }) => `${requests.map(({ location }) => location).join(', ') || 'directly'}: ${state}`);
    expect(ways).to.deep.equal(['root#Listener: open']);
    expect(waysBetween(linked(unasked), 'link', 'store')).to.deep.equal([]);
    expect(waysBetween(linked(unasked), 'caller', 'link')).to.deep.equal([]);
  });

  it('leads to no load balancer that it doesn’t name', () => {
    const other: Short = { Other: ['ElasticLoadBalancingV2::LoadBalancer', { Type: 'network', Scheme: 'internal', Subnets: [ref('SubnetB')] }] };
    expect(waysBetween(reachOf(smallNetwork, balancer(unasked), other), 'link', 'other')).to.deep.equal([]);
  });
});

describe('The prefix list of a service with a gateway endpoint', () => {
  const endpoint: Short = {
    TableOfA: ['EC2::RouteTable', { VpcId: ref('Vpc') }],
    InA: ['EC2::SubnetRouteTableAssociation', { SubnetId: ref('SubnetA'), RouteTableId: ref('TableOfA') }],
    S3: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), ServiceName: 'com.amazonaws.us-east-1.s3', RouteTableIds: [ref('TableOfA')] }],
    DynamoDb: ['EC2::VPCEndpoint', { VpcId: ref('Vpc'), ServiceName: 'com.amazonaws.us-east-1.dynamodb', RouteTableIds: [ref('TableOfA')] }],
  };
  const callerWith = (DestinationPrefixListId: string): Short => ({ CallerGroup: ['EC2::SecurityGroup', { VpcId: ref('Vpc'), SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId }] }] });

  for (const [list, service] of [['pl-63a5400a', 's3'], ['pl-02cd2c6b', 'dynamodb']] as const) {
    it(`leads to ${service} and nowhere else`, () => {
      expect(pathsOf(reachOf(smallNetwork, endpoint, callerWith(list))).filter((path) => path.startsWith('caller'))).to.deep.equal([`caller → ${service}:443`]);
    });
  }

  it('of which nobody here knows may lead to each', () => {
    expect(pathsOf(reachOf(smallNetwork, endpoint, callerWith('pl-00000000'))).filter((path) => path.startsWith('caller'))).to.deep.equal(['caller → s3:443 (unknown)', 'caller → dynamodb:443 (unknown)']);
  });
});

describe('Things with interfaces', () => {
  const reach = (part: Short) => pathsOf(reachOf(smallNetwork, part));

  it('are instances with a subnet and groups of their own, or with an interface that has them', () => {
    expect(reach({ Bastion: ['EC2::Instance', { SubnetId: ref('SubnetA'), SecurityGroupIds: [ref('CallerGroup')] }] })).to.include('bastion → store:5432');
    expect(reach({ Bastion: ['EC2::Instance', { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref('SubnetA'), GroupSet: [ref('CallerGroup')] }] }] })).to.include('bastion → store:5432');
    expect(reach({ Bastion: ['EC2::Instance', { SubnetId: ref('SubnetA'), SecurityGroupIds: [ref('StoreGroup')] }] })).not.to.include('bastion → store:5432');
  });

  it('are tasks that a schedule starts', () => {
    const target = (SecurityGroups: readonly object[]) => ({ EcsParameters: { TaskDefinitionArn: 'task', NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('SubnetA')], SecurityGroups } } } });
    expect(reach({ Nightly: ['Scheduler::Schedule', { Target: target([ref('CallerGroup')]) }] })).to.include('nightly → store:5432');
    expect(reach({ Nightly: ['Scheduler::Schedule', { Target: { Arn: 'queue' } }] }).filter((path) => path.startsWith('nightly'))).to.deep.equal([]);
  });

  it('are further endpoints of a proxy, on the port of its engine', () => {
    const part: Short = {
      Proxy: ['RDS::DBProxy', { EngineFamily: 'POSTGRESQL', VpcSubnetIds: [ref('SubnetB')], VpcSecurityGroupIds: [ref('StoreGroup')] }],
      Readers: ['RDS::DBProxyEndpoint', { DBProxyName: ref('Proxy'), VpcSubnetIds: [ref('SubnetB')], VpcSecurityGroupIds: [ref('StoreGroup')] }],
    };
    expect(reach(part)).to.include.members(['caller → proxy:5432', 'caller → readers:5432']);
  });
});
