import { expect } from 'chai';
import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { blockOf, BuiltReach, pathsOf, waysBetween, type Resources } from '../../analyse/reachability/built-reach';
import { bothRegions, environmentNames } from './built';

const endpoints = ['ecr.api', 'ecr.dkr', 'secretsmanager', 'ssm', 'ssmmessages', 'ec2messages', 'sts', 'logs', 'ec2', 'eks', 'eks-auth', 'elasticloadbalancing', 'autoscaling', 'monitoring', 'elasticache'];
const to = (from: string, port: number, ...targets: readonly string[]): string[] => targets.map((target) => `${from} → ${target}:${port}`);

/** What has the group that EKS makes for a cluster. */
const members = ['control-plane', 'system-nodes', 'pods'];
const sameSubnet = [1, 2, 3].map((zone) => `PrivateSubnet${zone} → PrivateSubnet${zone}`).join('; ');
/** Members of one group reach each other on every port; from subnet to subnet the network ACL lets names, HTTPS and high ports through. */
const together = members.flatMap((from) =>
  members.flatMap((target) => [`${from} → ${target}:53, 443, 1024-3388, 3390-65535`, `${from} → ${target}:1-52, 54-442, 444-1023, 3389 (partly, ${sameSubnet}, nothing listens)`]),
);
const rotation = (name: string): string[] => [...to(name, 5432, 'cluster'), ...to(name, 6379, 'cache'), ...to(name, 443, ...endpoints)];

/** What the requirements name, in each environment and region. */
const everywhere = [
  ...['internet', 'cloudfront', 'health-checkers'].flatMap((from) => to(from, 443, 'load-balancer')),
  'load-balancer → pods:8080',
  ...['control-plane', 'system-nodes'].map((target) => `load-balancer → ${target}:8080 (nothing listens)`),
  ...members.flatMap((from) => [...to(from, 443, ...endpoints, 's3', 'dynamodb', 'internet', 'load-balancer'), ...to(from, 5432, 'cluster'), ...to(from, 6379, 'cache')]),
  ...together,
  ...rotation('cache-rotation'),
];
/** The function that rotates the administrator's password runs where the secret is written. */
const inPrimary = rotation('rotate-password');

describe('Who reaches whom in FinTech Global', function () {
  this.timeout(120_000);
  const [primary] = bothRegions;
  let built: BuiltReach;
  const changed = (file: string, change: (resources: Resources) => void) => built.region('production', primary, { file, to: change });

  before(async () => {
    built = await BuiltReach.of(fintechGlobal, { DomainName: 'fintechglobal.example.com', AlertEmail: 'alerts@example.com' });
  });
  after(() => built.remove());

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      it(`FTG-11 FTG-31 FTG-40 is exactly what the requirements name, in ${environment} in ${region}`, () => {
        expect(pathsOf(built.region(environment, region))).to.have.members([...everywhere, ...(region === primary ? inPrimary : [])]);
      });
    }
  }

  it('FTG-18 lets a request from anywhere reach the API’s pods by the load balancer, and nobody by any other way', () => {
    for (const from of ['internet', 'health-checkers']) {
      const ways = waysBetween(built.region('production', primary), from, 'pods').map(({ requests, state }) => `${requests.map(({ location }) => location).join(', ') || 'directly'}: ${state}`);
      expect(ways, from).to.have.members(['directly: blocked', 'platform/entrance#HttpsListener: open']);
    }
  });

  const closed: readonly { readonly from: string; readonly to: string; readonly port: number; readonly who: string }[] = [
    { from: 'internet', to: 'load-balancer', port: 80, who: 'network ACL PublicAcl, inbound' },
    { from: 'internet', to: 'pods', port: 8080, who: 'pods' },
    { from: 'internet', to: 'control-plane', port: 443, who: 'control-plane' },
    { from: 'internet', to: 'cluster', port: 5432, who: 'cluster' },
    { from: 'internet', to: 'cache', port: 6379, who: 'cache' },
    { from: 'load-balancer', to: 'cluster', port: 5432, who: 'security group LoadBalancerSecurityGroup of load-balancer' },
    { from: 'load-balancer', to: 'pods', port: 8081, who: 'security group LoadBalancerSecurityGroup of load-balancer' },
    { from: 'cluster', to: 'internet', port: 443, who: 'security group DatabaseSecurityGroup of cluster' },
    { from: 'cache', to: 'pods', port: 8080, who: 'security group CacheSecurityGroup of cache' },
    { from: 'pods', to: 'internet', port: 80, who: 'network ACL PrivateAcl, outbound' },
    { from: 'rotate-password', to: 'internet', port: 443, who: 'security group RotationSecurityGroup of rotate-password' },
  ];
  for (const { from, to: target, port, who } of closed) {
    it(`FTG-11 FTG-78 blocks ${from} → ${target}:${port}`, () => {
      expect(blockOf(built.region('production', primary), from, target, port)).to.include({ state: 'blocked', who });
    });
  }

  const network = 'foundation/network.json';
  const compute = 'platform/compute.json';
  const removed: readonly { readonly file: string; readonly id: string; readonly from: string; readonly to: string; readonly port: number; readonly state: string; readonly who: string }[] = [
    { file: network, id: 'RotationToCache', from: 'cache-rotation', to: 'cache', port: 6379, state: 'blocked', who: 'security group RotationSecurityGroup of cache-rotation' },
    { file: compute, id: 'LoadBalancerToApi', from: 'load-balancer', to: 'pods', port: 8080, state: 'blocked', who: 'security group LoadBalancerSecurityGroup of load-balancer' },
    { file: compute, id: 'ApiFromLoadBalancer', from: 'load-balancer', to: 'pods', port: 8080, state: 'blocked', who: 'security group Cluster of pods' },
    { file: compute, id: 'DatabaseFromPods', from: 'pods', to: 'cluster', port: 5432, state: 'blocked', who: 'security group DatabaseSecurityGroup of cluster' },
    { file: compute, id: 'CacheFromPods', from: 'pods', to: 'cache', port: 6379, state: 'blocked', who: 'security group CacheSecurityGroup of cache' },
    { file: compute, id: 'EndpointsFromPods', from: 'pods', to: 'ecr.api', port: 443, state: 'blocked', who: 'security group EndpointsSecurityGroup of ecr.api' },
    { file: network, id: 'DataAclIn2', from: 'pods', to: 'cache', port: 6379, state: 'blocked', who: 'network ACL DataAcl, inbound' },
    { file: network, id: 'DataAclOut1', from: 'pods', to: 'cluster', port: 5432, state: 'blocked', who: 'network ACL DataAcl, outbound' },
    { file: network, id: 'PrivateAclIn3', from: 'pods', to: 'control-plane', port: 443, state: 'partly', who: 'network ACL PrivateAcl, inbound' },
    { file: network, id: 'PrivateDefaultRoute1', from: 'pods', to: 'internet', port: 443, state: 'partly', who: 'route table PrivateRoutes1' },
    { file: network, id: 'PublicDefaultRoute', from: 'internet', to: 'load-balancer', port: 443, state: 'blocked', who: 'route table PublicRoutes' },
  ];
  for (const { file, id, from, to: target, port, state, who } of removed) {
    it(`FTG-11 finds the hop that blocks ${from} → ${target}:${port} without ${id}`, () => {
      const reach = changed(file, (resources) => {
        expect(resources).to.have.property(id);
        delete resources[id];
      });
      expect(blockOf(reach, from, target, port)).to.include({ state, who });
    });
  }

  it('FTG-12 FTG-13 finds the zone whose route table a gateway endpoint leaves out', () => {
    for (const [id, service] of [['S3Endpoint', 's3'], ['DynamodbEndpoint', 'dynamodb']] as const) {
      const reach = changed(network, (resources) => {
        const { RouteTableIds } = resources[id]!.Properties;
        resources[id]!.Properties['RouteTableIds'] = (RouteTableIds as readonly { readonly Ref: string }[]).filter(({ Ref }) => Ref !== 'PrivateRoutes2');
      });
      expect(blockOf(reach, 'pods', service, 443)).to.include({ state: 'partly', who: 'route table PrivateRoutes2' });
    }
  });
});
