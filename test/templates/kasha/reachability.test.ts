import { expect } from 'chai';
import { kasha } from '../../../templates/systems/kasha';
import { blockOf, BuiltReach, pathsOf, waysBetween, type Resources } from '../../analyse/reachability/built-reach';

const endpoints = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'sqs'];
const to = (from: string, port: number, ...targets: readonly string[]): string[] => targets.map((target) => `${from} → ${target}:${port}`);

/** What every environment has open in each region, but for its databases. */
const services = [
  ...to('cloudfront', 443, 'load-balancer'),
  ...to('health-checkers', 443, 'load-balancer'),
  ...to('load-balancer', 80, 'frontend'),
  ...to('backend-load-balancer', 8080, 'backend'),
  ...to('frontend', 8080, 'backend-load-balancer'),
  ...to('frontend', 443, ...endpoints, 's3', 'dynamodb', 'internet'),
  ...to('backend', 443, ...endpoints, 's3', 'dynamodb', 'internet'),
];
const rotation = [...to('rotate-password', 443, ...endpoints), ...to('rotate-password', 3306, 'primary', 'read-replica')];
const withoutProxy = [...rotation, ...to('backend', 3306, 'primary', 'read-replica')];
const withProxy = [...rotation, ...to('backend', 3306, 'primary', 'read-replica', 'proxy'), ...to('proxy', 3306, 'primary', 'read-replica')];
const standby = to('backend', 3306, 'standby-replica');

const matrix: readonly { readonly environment: string; readonly region: string; readonly databases: readonly string[] }[] = [
  { environment: 'production', region: 'us-east-1', databases: withProxy },
  { environment: 'production', region: 'ap-southeast-1', databases: standby },
  { environment: 'production-as-specified', region: 'us-east-1', databases: withoutProxy },
  { environment: 'production-as-specified', region: 'ap-southeast-1', databases: [] },
  { environment: 'staging', region: 'us-east-1', databases: withProxy },
  { environment: 'staging', region: 'ap-southeast-1', databases: standby },
  { environment: 'develop', region: 'us-east-1', databases: withoutProxy },
  { environment: 'develop', region: 'ap-southeast-1', databases: standby },
];

describe('Who reaches whom in Kasha', function () {
  this.timeout(60_000);
  let built: BuiltReach;
  const network = (change: (resources: Resources) => void) => built.region('production', 'us-east-1', { file: 'foundation/network.json', to: change });
  const without = (...ids: readonly string[]) => network((resources) => ids.forEach((id) => {
    expect(resources).to.have.property(id);
    delete resources[id];
  }));

  before(async () => {
    built = await BuiltReach.of(kasha, { DomainName: 'shop.example.com' });
  });
  after(() => built.remove());

  for (const { environment, region, databases } of matrix) {
    it(`KSH-14 KSH-15 KSH-16 KSH-17 KSH-18 is exactly what the requirements name, in ${environment} in ${region}`, () => {
      expect(pathsOf(built.region(environment, region))).to.have.members([...services, ...databases]);
    });
  }

  it('covers every environment and region', () => {
    expect(new Set(matrix.map(({ environment }) => environment))).to.deep.equal(new Set(kasha.environments));
    expect(matrix).to.have.length(kasha.environments.length * 2);
  });

  const closed: readonly { readonly id: string; readonly from: string; readonly to: string; readonly port: number; readonly who: string }[] = [
    { id: 'KSH-14', from: 'internet', to: 'load-balancer', port: 443, who: 'security group PublicLoadBalancerSecurityGroup, HealthCheckersSecurityGroup of load-balancer' },
    { id: 'KSH-15', from: 'internet', to: 'frontend', port: 80, who: 'frontend' },
    { id: 'KSH-17', from: 'internet', to: 'backend', port: 8080, who: 'backend' },
    { id: 'KSH-17', from: 'frontend', to: 'backend', port: 8080, who: 'security group FrontendSecurityGroup of frontend' },
    { id: 'KSH-18', from: 'internet', to: 'primary', port: 3306, who: 'primary' },
    { id: 'KSH-18', from: 'frontend', to: 'primary', port: 3306, who: 'security group FrontendSecurityGroup of frontend' },
    { id: 'KSH-10', from: 'primary', to: 'internet', port: 443, who: 'security group DatabaseSecurityGroup of primary' },
  ];
  for (const { id, from, to: target, port, who } of closed) {
    it(`${id} blocks ${from} → ${target}:${port} at ${who}`, () => {
      expect(blockOf(built.region('production', 'us-east-1'), from, target, port)).to.include({ state: 'blocked', who });
    });
  }

  it('KSH-14 lets a request through that has no secret header only on the path of the health checks', () => {
    const { routes } = built.region('production', 'us-east-1');
    expect(routes.filter(({ balancer, secretHeaders }) => balancer === 'load-balancer' && secretHeaders.length === 0).map(({ port, when, does }) => `${port} ${when}: ${does}`)).to.deep.equal([
      '443 path /health/deep: forwards',
      '443 any other request: answers 403',
      '80 any other request: redirects to HTTPS 443',
    ]);
  });

  const ways = (from: string) => waysBetween(built.region('production', 'us-east-1'), from, 'frontend').flatMap(({ requests, state, refused }) => requests.map(({ location }) => ({ location, state, refused })));

  it('KSH-14 passes the requests of CloudFront on, which knows the header, and of the health checkers those for their path', () => {
    expect(ways('cloudfront')).to.deep.equal([
      { location: 'platform/compute#HealthRule', state: 'open', refused: undefined },
      { location: 'platform/compute#CloudFrontRule', state: 'open', refused: undefined },
    ]);
    expect(ways('health-checkers')).to.deep.equal([
      { location: 'platform/compute#HealthRule', state: 'open', refused: undefined },
      { location: 'platform/compute#CloudFrontRule', state: 'blocked', refused: 'platform/compute#CloudFrontRule asks for the header x-origin-verify, whose secret value health-checkers does not know' },
    ]);
  });

  const removed: readonly { readonly what: string; readonly ids: readonly string[]; readonly from: string; readonly to: string; readonly port: number; readonly block: object }[] = [
    {
      what: 'the rule of a security group that lets the frontend out to the backend’s load balancer',
      ids: ['FrontendToBackendLoadBalancer'],
      from: 'frontend', to: 'backend-load-balancer', port: 8080,
      block: { state: 'blocked', who: 'security group FrontendSecurityGroup of frontend', says: 'does not let 8080 out to backend-load-balancer', needed: 'an egress rule of FrontendSecurityGroup for tcp 8080 to BackendLoadBalancerSecurityGroup' },
    },
    {
      what: 'the network ACL’s entry that lets the load balancer into the frontend’s subnets',
      ids: ['FrontendAclIn1'],
      from: 'load-balancer', to: 'frontend', port: 80,
      block: { state: 'blocked', who: 'network ACL FrontendAcl, inbound', says: 'does not let 80 in from 10.0.128.0/24', needed: 'an inbound entry of FrontendAcl that allows tcp 80 from 10.0.128.0/24' },
    },
    {
      what: 'one of the entries that let the database’s answers back to the first backend subnet',
      ids: ['DatabaseAclOut1'],
      from: 'backend', to: 'primary', port: 3306,
      block: { state: 'partly', between: 'BackendSubnet1 → DatabaseSubnet1', who: 'network ACL DatabaseAcl, outbound', says: 'does not let answers (1024-3388, 3390-65535) out to 10.0.64.0/20' },
    },
    {
      what: 'the default route of one private route table',
      ids: ['PrivateDefaultRoute1'],
      from: 'frontend', to: 'internet', port: 443,
      block: { state: 'partly', between: 'FrontendSubnet1 → internet', who: 'route table PrivateRoutes1', says: 'has no route to any address', needed: 'a route of PrivateRoutes1 to any address' },
    },
    {
      what: 'the public subnets’ route to the internet gateway',
      ids: ['PublicDefaultRoute'],
      from: 'cloudfront', to: 'load-balancer', port: 443,
      block: { state: 'blocked', who: 'route table PublicRoutes', says: 'has no route to any address by an internet gateway' },
    },
    {
      what: 'the public subnets’ route to the internet gateway, on which NAT depends',
      ids: ['PublicDefaultRoute'],
      from: 'backend', to: 'internet', port: 443,
      block: { state: 'blocked', who: 'route table PublicRoutes' },
    },
  ];
  for (const { what, ids, from, to: target, port, block } of removed) {
    it(`finds the hop that blocks ${from} → ${target}:${port} without ${what}`, () => {
      const reach = without(...ids);
      expect(blockOf(reach, from, target, port)).to.include(block);
      expect(pathsOf(reach)).not.to.include(`${from} → ${target}:${port}`);
    });
  }

  it('finds that the backend may not connect once the database’s group does not name it', () => {
    const reach = network((resources) => resources['DatabaseSecurityGroup']?.Properties['SecurityGroupIngress'].splice(0, 1));
    expect(blockOf(reach, 'backend', 'primary', 3306)).to.include({ state: 'blocked', who: 'security group DatabaseSecurityGroup of primary', needed: 'an ingress rule of DatabaseSecurityGroup for tcp 3306 from BackendSecurityGroup' });
    expect(pathsOf(reach)).to.include('proxy → primary:3306');
  });

  it('finds the entry that denies what a later one allows', () => {
    const reach = network((resources) => {
      const allowing = resources['FrontendAclIn1'];
      resources['Deny'] = { Type: 'AWS::EC2::NetworkAclEntry', Properties: { ...allowing?.Properties, RuleNumber: 50, RuleAction: 'deny' } };
    });
    expect(blockOf(reach, 'load-balancer', 'frontend', 80)).to.include({ state: 'blocked', says: 'does not let 80 in from 10.0.128.0/24: entry 50 denies it' });
  });

  const opened: readonly { readonly what: string; readonly change: (resources: Resources) => void; readonly more: readonly string[] }[] = [
    {
      what: 'the public load balancer to everybody, tasks that may connect to any address among them',
      change: (resources) => resources['PublicLoadBalancerSecurityGroup']?.Properties['SecurityGroupIngress'].push({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }),
      more: ['internet → load-balancer:443', 'frontend → load-balancer:443', 'backend → load-balancer:443'],
    },
    {
      what: 'the public load balancer to one office, on the port that redirects as well',
      change: (resources) => {
        resources['PublicLoadBalancerSecurityGroup']?.Properties['SecurityGroupIngress'].push({ IpProtocol: 'tcp', FromPort: 80, ToPort: 443, CidrIp: '203.0.113.0/24' });
        resources['PublicAclIn0'] = { Type: 'AWS::EC2::NetworkAclEntry', Properties: { ...resources['PublicAclIn1']?.Properties, RuleNumber: 10, PortRange: { From: 80, To: 80 } } };
      },
      more: ['internet → load-balancer:80, 443 (partly, 203.0.113.0/24)', 'cloudfront → load-balancer:80 (unknown)', 'health-checkers → load-balancer:80 (unknown)'],
    },
    {
      what: 'the database to the frontend, on both sides; the network ACL still stops it',
      change: (resources) => {
        resources['Out'] = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { ...resources['BackendToDatabase']?.Properties, GroupId: resources['FrontendToHttps']?.Properties['GroupId'] } };
        resources['In'] = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: resources['BackendToDatabase']?.Properties['DestinationSecurityGroupId'], IpProtocol: '-1', SourceSecurityGroupId: resources['FrontendToHttps']?.Properties['GroupId'] } };
      },
      more: [],
    },
    {
      what: 'a group whose egress says nothing, which EC2 opens to everywhere: network ACLs leave HTTPS and, for answers, the clients’ ports',
      change: (resources) => delete resources['RotationSecurityGroup']?.Properties['SecurityGroupEgress'],
      more: ['internet', 's3', 'dynamodb'].map((target) => `rotate-password → ${target}:443, 1024-3388, 3390-65535`),
    },
  ];
  for (const { what, change, more } of opened) {
    it(`shows what opening does: ${what}`, () => {
      const before = pathsOf(built.region('production', 'us-east-1'));
      expect(pathsOf(network(change)).filter((line) => !before.includes(line))).to.have.members(more);
    });
  }
});
