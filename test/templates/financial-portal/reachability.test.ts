import { expect } from 'chai';
import { financialPortal } from '../../../templates/systems/financial-portal';
import { blockOf, BuiltReach, pathsOf, waysBetween, type Resources } from '../../analyse/reachability/built-reach';
import { bothRegions, environmentNames } from './built';

const endpoints = ['ecr.api', 'ecr.dkr', 'logs', 'monitoring', 'secretsmanager'];
const to = (from: string, port: number, ...targets: readonly string[]): string[] => targets.map((target) => `${from} → ${target}:${port}`);

/** What the requirements name, in each environment and region. */
const everywhere = [
  ...to('cloudfront', 443, 'load-balancer'),
  ...to('health-checkers', 443, 'load-balancer'),
  ...to('load-balancer', 8080, 'web'),
  ...to('load-balancer', 8081, 'api'),
  ...to('web', 443, ...endpoints, 's3', 'dynamodb', 'internet'),
  ...to('api', 443, ...endpoints, 's3', 'dynamodb', 'internet'),
  ...to('api', 5432, 'cluster'),
];
/** The function that rotates the administrator's password runs where the secret is written. */
const inPrimary = [...to('rotate-password', 5432, 'cluster'), ...to('rotate-password', 443, ...endpoints)];

describe('Who reaches whom in the financial portal', function () {
  this.timeout(60_000);
  const [primary] = bothRegions;
  let built: BuiltReach;
  const network = (change: (resources: Resources) => void) => built.region('production', primary, { file: 'foundation/network.json', to: change });

  before(async () => {
    built = await BuiltReach.of(financialPortal, { DomainName: 'portal.example.com' });
  });
  after(() => built.remove());

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      it(`FIN-52 FIN-72 is exactly what the requirements name, in ${environment} in ${region}`, () => {
        expect(pathsOf(built.region(environment, region))).to.have.members([...everywhere, ...(region === primary ? inPrimary : [])]);
      });
    }
  }

  const requests = (from: string, target: string) =>
    waysBetween(built.region('production', primary), from, target).flatMap(({ requests: passed, state }) => passed.map(({ location, when }) => `${location} ${state}: ${when}`));

  it('FIN-72 lets a request of CloudFront reach each service from end to end, and one without its header only the deep health path', () => {
    expect(requests('cloudfront', 'web').filter((each) => each.includes(' open: '))).to.have.length(1);
    expect(requests('cloudfront', 'api').filter((each) => each.includes(' open: '))).to.have.length(2);
    expect(requests('health-checkers', 'web').filter((each) => each.includes(' open: '))).to.deep.equal([]);
    expect(requests('health-checkers', 'api').filter((each) => each.includes(' open: ')).map((each) => each.split(': ')[1])).to.deep.equal(['path /health/deep']);
    expect([...requests('internet', 'web'), ...requests('internet', 'api')].filter((each) => !each.includes(' blocked: '))).to.deep.equal([]);
  });

  const closed: readonly { readonly from: string; readonly to: string; readonly port: number; readonly who: string }[] = [
    { from: 'internet', to: 'load-balancer', port: 443, who: 'security group' },
    { from: 'internet', to: 'api', port: 8081, who: 'api' },
    { from: 'internet', to: 'cluster', port: 5432, who: 'cluster' },
    { from: 'web', to: 'cluster', port: 5432, who: 'security group WebSecurityGroup of web' },
    { from: 'load-balancer', to: 'cluster', port: 5432, who: 'security group' },
    { from: 'cluster', to: 'internet', port: 443, who: 'security group DatabaseSecurityGroup of cluster' },
  ];
  for (const { from, to: target, port, who } of closed) {
    it(`FIN-52 blocks ${from} → ${target}:${port}`, () => {
      const block = blockOf(built.region('production', primary), from, target, port);
      expect(block).to.include({ state: 'blocked' });
      expect(block?.who).to.match(new RegExp(`^${who}`));
    });
  }

  const removed: readonly { readonly id: string; readonly from: string; readonly to: string; readonly port: number; readonly state: string; readonly who: string }[] = [
    { id: 'ApiToDatabase', from: 'api', to: 'cluster', port: 5432, state: 'blocked', who: 'security group ApiSecurityGroup of api' },
    { id: 'DatabaseAclOut1', from: 'api', to: 'cluster', port: 5432, state: 'partly', who: 'network ACL DatabaseAcl, outbound' },
    { id: 'ServiceAclIn7', from: 'web', to: 'ecr.api', port: 443, state: 'partly', who: 'network ACL ServiceAcl, inbound' },
    { id: 'PrivateDefaultRoute1', from: 'api', to: 'internet', port: 443, state: 'partly', who: 'route table PrivateRoutes1' },
    { id: 'PublicDefaultRoute', from: 'cloudfront', to: 'load-balancer', port: 443, state: 'blocked', who: 'route table PublicRoutes' },
  ];
  for (const { id, from, to: target, port, state, who } of removed) {
    it(`finds the hop that blocks ${from} → ${target}:${port} without ${id}`, () => {
      const reach = network((resources) => {
        expect(resources).to.have.property(id);
        delete resources[id];
      });
      expect(blockOf(reach, from, target, port)).to.include({ state, who });
    });
  }
});
