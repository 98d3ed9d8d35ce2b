import { expect } from 'chai';
import { customerPortal } from '../../../templates/systems/customer-portal';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { blockOf, BuiltReach, pathsOf, waysBetween, type Resources } from '../../analyse/reachability/built-reach';
import { plain } from '../plain';
import { bothRegions, environmentNames, resourceOf } from './built';
import { everywhere as everyInstance } from './compute-instance';
import { wholePortal } from './whole';

type Row = Readonly<Record<string, any>>;

const endpoints = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'];
const to = (from: string, port: number, ...targets: readonly string[]): string[] => targets.map((target) => `${from} → ${target}:${port}`);

/** What the requirements name, in each environment and region. */
const everywhere = [
  ...to('cloudfront', 443, 'load-balancer'),
  ...to('health-checkers', 443, 'load-balancer'),
  ...to('vpc-link', 443, 'api-load-balancer'),
  ...to('load-balancer', 8080, 'frontend'),
  ...to('load-balancer', 3000, 'backend'),
  ...to('api-load-balancer', 3000, 'backend'),
  ...to('frontend', 443, ...endpoints, 's3', 'dynamodb', 'internet'),
  ...to('backend', 443, ...endpoints, 's3', 'dynamodb', 'internet'),
  ...to('backend', 5432, 'cluster'),
  ...['nat-group1', 'nat-group2', 'nat-group3'].flatMap((group) => to(group, 443, 's3', 'dynamodb', 'internet')),
];
/** The function that rotates the administrator's password runs where the secret is written. */
const inPrimary = [...to('rotate-password', 5432, 'cluster'), ...to('rotate-password', 443, ...endpoints)];

describe('Who reaches whom in the customer portal', function () {
  this.timeout(60_000);
  const [primary] = bothRegions;
  let built: BuiltReach;
  const network = (change: (resources: Resources) => void) => built.region('production', primary, { file: 'foundation/network.json', to: change });

  before(async () => {
    built = await BuiltReach.of(customerPortal, { DomainName: 'customers.example.com' });
  });
  after(() => built.remove());

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      it(`CUS-71 CUS-85 is exactly what the requirements name, in ${environment} in ${region}`, () => {
        expect(pathsOf(built.region(environment, region))).to.have.members([...everywhere, ...(region === primary ? inPrimary : [])]);
      });
    }
  }

  it('CUS-71 CUS-85 lets nobody open the database but the backend and the rotation of its password', () => {
    for (const region of bothRegions) {
      const callers = pathsOf(built.region('production', region)).flatMap((path) => (path.includes('→ cluster:') ? [path.split(' → ')[0]] : []));
      expect(callers, region).to.have.members(['backend', ...(region === primary ? ['rotate-password'] : [])]);
    }
  });

  const requests = (from: string, target: string) =>
    waysBetween(built.region('production', primary), from, target).flatMap(({ requests: passed, state }) => passed.map(({ location, when }) => `${location} ${state}: ${when}`));

  it('CUS-85 lets a request of CloudFront reach each service from end to end, and one without its header only the deep health path', () => {
    expect(requests('cloudfront', 'frontend').filter((each) => each.includes(' open: '))).to.have.length(1);
    expect(requests('cloudfront', 'backend').filter((each) => each.includes(' open: '))).to.have.length(2);
    expect(requests('health-checkers', 'frontend').filter((each) => each.includes(' open: '))).to.deep.equal([]);
    expect(requests('health-checkers', 'backend').filter((each) => each.includes(' open: ')).map((each) => each.split(': ')[1])).to.deep.equal(['path /health/deep']);
    expect([...requests('internet', 'frontend'), ...requests('internet', 'backend')].filter((each) => !each.includes(' blocked: '))).to.deep.equal([]);
  });

  it('CUS-85 lets a call of API Gateway reach the backend’s API and nothing else', () => {
    const open = requests('vpc-link', 'backend').filter((each) => each.includes(' open: '));
    expect(open).to.have.length(1);
    expect(open[0]).to.match(/path \/api\/\*/);
    expect(requests('vpc-link', 'frontend').filter((each) => each.includes(' open: '))).to.deep.equal([]);
  });

  const closed: readonly { readonly from: string; readonly to: string; readonly port: number; readonly who: string }[] = [
    { from: 'internet', to: 'load-balancer', port: 443, who: 'security group' },
    { from: 'internet', to: 'api-load-balancer', port: 443, who: 'api-load-balancer' },
    { from: 'internet', to: 'backend', port: 3000, who: 'backend' },
    { from: 'internet', to: 'cluster', port: 5432, who: 'cluster' },
    { from: 'internet', to: 'nat-group1', port: 22, who: 'network ACL PublicAcl' },
    { from: 'internet', to: 'nat-group1', port: 443, who: 'security group NatInstanceSecurityGroup of nat-group1' },
    { from: 'frontend', to: 'cluster', port: 5432, who: 'security group FrontendSecurityGroup of frontend' },
    { from: 'load-balancer', to: 'cluster', port: 5432, who: 'security group' },
    { from: 'vpc-link', to: 'cluster', port: 5432, who: 'security group VpcLinkSecurityGroup of vpc-link' },
    { from: 'nat-group1', to: 'cluster', port: 5432, who: 'security group NatInstanceSecurityGroup of nat-group1' },
    { from: 'cluster', to: 'internet', port: 443, who: 'security group DatabaseSecurityGroup of cluster' },
  ];
  for (const { from, to: target, port, who } of closed) {
    it(`CUS-71 CUS-85 blocks ${from} → ${target}:${port}`, () => {
      const block = blockOf(built.region('production', primary), from, target, port);
      expect(block).to.include({ state: 'blocked' });
      expect(block?.who).to.match(new RegExp(`^${who}`));
    });
  }

  const removed: readonly { readonly id: string; readonly from: string; readonly to: string; readonly port: number; readonly state: string; readonly who: string }[] = [
    { id: 'BackendToDatabase', from: 'backend', to: 'cluster', port: 5432, state: 'blocked', who: 'security group BackendSecurityGroup of backend' },
    { id: 'DatabaseAclOut1', from: 'backend', to: 'cluster', port: 5432, state: 'partly', who: 'network ACL DatabaseAcl, outbound' },
    { id: 'VpcLinkToApiLoadBalancer', from: 'vpc-link', to: 'api-load-balancer', port: 443, state: 'blocked', who: 'security group VpcLinkSecurityGroup of vpc-link' },
    { id: 'PrivateDefaultRoute1', from: 'backend', to: 'internet', port: 443, state: 'partly', who: 'route table PrivateRoutes1' },
    { id: 'PublicDefaultRoute', from: 'cloudfront', to: 'load-balancer', port: 443, state: 'blocked', who: 'route table PublicRoutes' },
    { id: 'NatTo443', from: 'backend', to: 'internet', port: 443, state: 'blocked', who: 'NatInterface1' },
  ];
  for (const { id, from, to: target, port, state, who } of removed) {
    it(`finds the hop that blocks ${from} → ${target}:${port} without ${id}`, () => {
      const reach = network((resources) => {
        expect(resources).to.have.property(id);
        delete resources[id];
        // The NAT instances wait for what leads them out.
        for (const each of Object.values(resources) as { DependsOn?: readonly string[] }[]) if (Array.isArray(each.DependsOn)) each.DependsOn = each.DependsOn.filter((name) => name !== id);
      });
      const block = blockOf(reach, from, target, port);
      expect(block).to.include({ state });
      expect(block?.who).to.contain(who);
    });
  }

  it('CUS-11 CUS-85 loses its way out in one zone when the interface of that zone’s NAT checks whose packets it forwards', () => {
    const reach = network((resources) => {
      resources['NatInterface2']!.Properties['SourceDestCheck'] = true;
    });
    expect(blockOf(reach, 'frontend', 'internet', 443)).to.include({ state: 'partly', who: 'NetworkInterface NatInterface2' });
  });
});

describe('Where requests of the customer portal arrive', () => {
  const portal = wholePortal();

  everyInstance('CUS-85', 'is a port on which a container listens, asked for the health path before, by each rule of both load balancers', ({ stack }) => {
    const of = (id: string) => resourceOf(stack, id).properties as Row;
    const chain = (rule: string) => {
      const { Conditions, Actions } = of(rule);
      const [path] = chosen(Conditions as readonly Row[], ({ Field }) => Field === 'path-pattern');
      return [rule, path?.['PathPatternConfig']['Values'][0], Actions[0]['TargetGroupArn']] as unknown[];
    };
    expect(plain(['HealthRule', 'BackendRule', 'FrontendRule', 'ApiRule'].map(chain))).to.deep.equal([
      ['HealthRule', '/health/deep', 'BackendTargets'],
      ['BackendRule', '/api/*', 'BackendTargets'],
      ['FrontendRule', '/*', 'FrontendTargets'],
      ['ApiRule', '/api/*', 'ApiTargets'],
    ]);
    const answering = (id: string, index: number) => {
      const { TargetGroupArn, ContainerName, ContainerPort } = of(id)['LoadBalancers'][index] as Row;
      const targets = plain(TargetGroupArn) as string;
      const { Port, HealthCheckPath, HealthCheckPort } = of(targets);
      const { Name, PortMappings } = of(`${id}Task`)['ContainerDefinitions'][0] as Row;
      return [targets, ContainerName, ContainerPort, Port, HealthCheckPath, HealthCheckPort, Name, PortMappings[0]['ContainerPort']] as unknown[];
    };
    const arrives = (targets: string, name: string, port: number) => [targets, name, port, port, '/health/ready', undefined, name, port];
    expect(plain(answering('Frontend', 0))).to.deep.equal(arrives('FrontendTargets', 'frontend', 8080));
    expect(plain(answering('Backend', 0))).to.deep.equal(arrives('BackendTargets', 'backend', 3000));
    expect(plain(answering('Backend', 1))).to.deep.equal(arrives('ApiTargets', 'backend', 3000));
  });

  for (const environment of environmentNames) {
    requirement('CUS-85', `is where Route 53 looks whether the region answers, /health/deep, and where CloudFront sends /api/*: ${environment}`, () => {
      const whole = portal(environment);
      for (const region of bothRegions) {
        const { Type, ResourcePath, Port } = whole.instance('platform', region).resource('Dns/EndpointCheck')?.properties['HealthCheckConfig'] as Row;
        expect([Type, ResourcePath, Port], region).to.deep.equal(['HTTPS', '/health/deep', 443]);
      }
      const { CacheBehaviors, DefaultCacheBehavior } = whole.instance('edge', 'us-east-1').resource('Edge/Distribution')?.properties['DistributionConfig'] as Row;
      const api = chosen(CacheBehaviors as readonly Row[], ({ PathPattern }) => PathPattern === '/api/*');
      expect([...api.map(({ TargetOriginId }) => TargetOriginId as unknown), (DefaultCacheBehavior as Row)['TargetOriginId']]).to.deep.equal(['load-balancer', 'reading']);
    });
  }
});
