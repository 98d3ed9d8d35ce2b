import { expect } from 'chai';
import { lookcard } from '../../../templates/systems/lookcard';
import { environments } from '../../../templates/systems/lookcard/environments';
import type { ServiceRow } from '../../../templates/systems/lookcard/service-row';
import { services } from '../../../templates/systems/lookcard/services';
import { blockOf, BuiltReach, pathsOf, waysBetween, type Resources } from '../../analyse/reachability/built-reach';
import { bothRegions, regionsOf, type EnvironmentName } from './built';

const endpoints = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'kms', 'ssm', 'ssmmessages', 'ec2messages', 'sts', 'xray', 'monitoring', 'sqs', 'elasticache'];
const to = (from: string, port: number, ...targets: readonly string[]): string[] => targets.map((target) => `${from} → ${target}:${port}`);

/** The others differ in nothing that a connection meets. */
const compared: readonly EnvironmentName[] = ['production', 'testing', 'develop'];

const portOf = (name: string): number => services.find((row) => row.name === name)?.port ?? 0;
/** Where clients of the database connect: to the cluster itself where it may pause, which a proxy’s connections would never let it. */
const storesOf = (environment: EnvironmentName): readonly string[] => (environments[environment].settings.database.minimumCapacity === 0 ? ['cluster'] : ['proxy', 'proxy-reader']);

/** What a row opens, and nothing else. */
function waysOf({ name, port = 0, entrance, calls = [], database, cache, internet }: ServiceRow, environment: EnvironmentName): readonly string[] {
  const balancer = entrance && { alb: 'load-balancer', nlb: 'network-load-balancer' }[entrance.kind];
  return [
    ...(balancer ? to(balancer, port, name) : []),
    ...calls.flatMap((callee) => to(name, portOf(callee), callee)),
    ...(internet ? to(name, 443, 'internet') : []),
    ...(database ? to(name, 5432, ...storesOf(environment)) : []),
    ...(cache ? to(name, 6379, 'cache') : []),
    ...to(name, 443, ...endpoints, 's3', 'dynamodb'),
  ];
}

const rotation = (name: string): string[] => [...to(name, 5432, 'cluster'), ...to(name, 6379, 'cache'), ...to(name, 443, ...endpoints)];

/** Everything that anybody may reach in a region of an environment. */
function everythingIn(environment: EnvironmentName, region: string): readonly string[] {
  const stores = storesOf(environment);
  return [
    ...['cloudfront', 'health-checkers'].flatMap((from) => to(from, 443, 'load-balancer')),
    // By PrivateLink, which asks no group; the load balancer listens on the ports of rows only.
    'vpc-link → network-load-balancer:1-65535',
    ...services.flatMap((row) => waysOf(row, environment)),
    // In the proxy's place the cluster has the proxy's group beside its own: that may reach the database, which is itself.
    ...stores.flatMap((store) => to(store, 5432, 'cluster')),
    ...to('bastion', 5432, ...stores),
    ...to('bastion', 443, ...endpoints),
    ...rotation('cache-rotation'),
    // The database password is rotated where the secret is written.
    ...(region === bothRegions[0] ? rotation('rotate-password') : []),
  ];
}

describe('Who reaches whom in LookCard', function () {
  this.timeout(120_000);
  const [primary] = bothRegions;
  let built: BuiltReach;
  const changed = (file: string, change: (resources: Resources) => void) => built.region('production', primary, { file, to: change });

  before(async () => {
    built = await BuiltReach.of(lookcard, { DomainName: 'lookcard.example.com', AlarmEmail: 'alerts@example.com', DnsAccountId: '222222222222' });
  });
  after(() => built.remove());

  for (const environment of compared) {
    for (const region of regionsOf(environment)) {
      it(`LKC-28 LKC-29 LKC-32 is exactly what the rows and requirements name, in ${environment} in ${region}`, () => {
        expect(pathsOf(built.region(environment, region))).to.have.members(everythingIn(environment, region));
      });
    }
  }

  it('LKC-79 lets API Gateway’s requests reach the services of the Network Load Balancer, and nobody else’s', () => {
    const reach = built.region('production', primary);
    for (const { name, entrance } of services) {
      const open = waysBetween(reach, 'vpc-link', name).filter(({ state }) => state === 'open');
      expect(open, name).to.have.length(entrance?.kind === 'nlb' ? 1 : 0);
    }
  });

  it('LKC-77 LKC-82 lets CloudFront’s requests, which carry its header, reach the services of the public load balancer, and the health checkers’ the region’s health only', () => {
    const reach = built.region('production', primary);
    for (const { name, entrance, answersForRegion } of services) {
      const open = (from: string) => waysBetween(reach, from, name).filter(({ state }) => state === 'open');
      expect(open('cloudfront').length > 0, name).to.equal(entrance?.kind === 'alb');
      expect(open('health-checkers').map(({ requests }) => requests.map(({ when }) => when).join()), name).to.have.length(answersForRegion ? 1 : 0);
      expect(open('internet'), name).to.deep.equal([]);
    }
  });

  const closed: readonly { readonly from: string; readonly to: string; readonly port: number; readonly who: string }[] = [
    { from: 'internet', to: 'load-balancer', port: 443, who: 'security group PublicLoadBalancerSecurityGroup, HealthCheckersSecurityGroup of load-balancer' },
    { from: 'internet', to: 'load-balancer', port: 80, who: 'network ACL PublicAcl, inbound' },
    { from: 'internet', to: 'bastion', port: 22, who: 'bastion' },
    { from: 'internet', to: 'account-api', port: 8001, who: 'account-api' },
    { from: 'internet', to: 'cluster', port: 5432, who: 'cluster' },
    { from: 'account-api', to: 'bastion', port: 22, who: 'security group AccountApiGroup, ServicesGroup, DatabaseClientsGroup, CacheClientsGroup of account-api' },
    { from: 'account-api', to: 'cluster', port: 5432, who: 'security group AccountApiGroup, ServicesGroup, DatabaseClientsGroup, CacheClientsGroup of account-api' },
    { from: 'account-api', to: 'network-load-balancer', port: 8021, who: 'security group AccountApiGroup, ServicesGroup, DatabaseClientsGroup, CacheClientsGroup of account-api' },
    { from: 'account-api', to: 'internet', port: 443, who: 'security group AccountApiGroup, ServicesGroup, DatabaseClientsGroup, CacheClientsGroup of account-api' },
    { from: 'bastion', to: 'cluster', port: 5432, who: 'security group BastionSecurityGroup of bastion' },
    { from: 'bastion', to: 'internet', port: 443, who: 'security group BastionSecurityGroup of bastion' },
    { from: 'cluster', to: 'internet', port: 443, who: 'security group DatabaseSecurityGroup of cluster' },
    { from: 'cache', to: 'internet', port: 443, who: 'security group CacheSecurityGroup of cache' },
    { from: 'load-balancer', to: 'cluster', port: 5432, who: 'security group PublicLoadBalancerSecurityGroup, HealthCheckersSecurityGroup of load-balancer' },
  ];
  for (const { from, to: target, port, who } of closed) {
    it(`LKC-28 LKC-29 blocks ${from} → ${target}:${port}`, () => {
      expect(blockOf(built.region('production', primary), from, target, port)).to.include({ state: 'blocked', who });
    });
  }

  const network = 'foundation/network.json';
  const removed: readonly { readonly file: string; readonly id: string; readonly from: string; readonly to: string; readonly port: number; readonly state: string; readonly who: string }[] = [
    { file: network, id: 'ProxyToDatabase', from: 'proxy', to: 'cluster', port: 5432, state: 'blocked', who: 'security group ProxySecurityGroup of proxy' },
    { file: network, id: 'BastionToProxy', from: 'bastion', to: 'proxy', port: 5432, state: 'blocked', who: 'security group BastionSecurityGroup of bastion' },
    { file: network, id: 'BastionToEndpoints', from: 'bastion', to: 'ssmmessages', port: 443, state: 'blocked', who: 'security group BastionSecurityGroup of bastion' },
    { file: network, id: 'RotationToCache', from: 'cache-rotation', to: 'cache', port: 6379, state: 'blocked', who: 'security group RotationSecurityGroup of cache-rotation' },
    { file: network, id: 'PrivateAclOut17', from: 'account-api', to: 'cache', port: 6379, state: 'partly', who: 'network ACL PrivateAcl, outbound' },
    { file: network, id: 'IsolatedAclIn1', from: 'account-api', to: 'cache', port: 6379, state: 'partly', who: 'network ACL IsolatedAcl, inbound' },
    { file: network, id: 'DatabaseAclOut8', from: 'proxy', to: 'cluster', port: 5432, state: 'partly', who: 'network ACL DatabaseAcl, outbound' },
    { file: network, id: 'PrivateDefaultRoute1', from: 'reap-proxy', to: 'internet', port: 443, state: 'partly', who: 'route table PrivateRoutes1' },
    { file: network, id: 'PublicDefaultRoute', from: 'cloudfront', to: 'load-balancer', port: 443, state: 'blocked', who: 'route table PublicRoutes' },
  ];
  for (const { file, id, from, to: target, port, state, who } of removed) {
    it(`LKC-28 LKC-29 LKC-30 finds the hop that blocks ${from} → ${target}:${port} without ${id}`, () => {
      const reach = changed(file, (resources) => {
        expect(resources).to.have.property(id);
        delete resources[id];
      });
      expect(blockOf(reach, from, target, port)).to.include({ state, who });
    });
  }

  it('LKC-31 finds the zone whose route table a gateway endpoint leaves out', () => {
    for (const [id, service] of [['S3Endpoint', 's3'], ['DynamodbEndpoint', 'dynamodb']] as const) {
      const reach = changed(network, (resources) => {
        const { RouteTableIds } = resources[id]!.Properties;
        resources[id]!.Properties['RouteTableIds'] = (RouteTableIds as readonly { readonly Ref: string }[]).filter(({ Ref }) => Ref !== 'PrivateRoutes2');
      });
      expect(blockOf(reach, 'account-api', service, 443)).to.include({ state: 'partly', who: 'route table PrivateRoutes2' });
    }
  });

  it('LKC-28 finds that the isolated tier got a way out', () => {
    const reach = changed(network, (resources) => {
      resources['IsolatedDefaultRoute'] = { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'IsolatedRoutes' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'NatGateway1' } } };
      resources['DatabaseToAnywhere'] = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { 'Fn::GetAtt': ['DatabaseSecurityGroup', 'GroupId'] }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' } };
    });
    expect(blockOf(reach, 'cluster', 'internet', 443)).to.include({ state: 'blocked', who: 'network ACL DatabaseAcl, outbound' });
  });
});
