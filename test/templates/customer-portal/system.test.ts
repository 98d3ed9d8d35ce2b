import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { unread } from '../../requirements/recording';
import { textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { staysBelowLimits } from '../whole-system-tests';
import { bothRegions, environmentNames } from './built';
import { wholePortal } from './whole';

type Row = Readonly<Record<string, any>>;

const [primary, secondary] = bothRegions;

describe('The customer portal as a whole', () => {
  const portal = wholePortal();

  for (const environment of environmentNames) {
    requirement('CUS-01 CUS-02 CUS-64', `stands in us-east-1, and in ap-southeast-1, which can take over: ${environment}`, () => {
      const { regions, deployments } = portal(environment).manifest;
      expect(plain(regions)).to.deep.equal({ primary, secondary });
      expect(Object.fromEntries(deployments.map((each) => [each.name, plain(each.regions)]))).to.deep.equal({
        zone: { create: [primary], update: [primary] },
        // The secondary's keys and buckets must stand before the primary replicates under and into them.
        foundation: { create: [secondary, primary], update: [secondary, primary] },
        platform: { create: [primary, secondary], update: [secondary, primary] },
        edge: { create: ['us-east-1'], update: ['us-east-1'] },
      });
    });

    requirement('CUS-63', `makes the hosted zone once, before everything else, and not where the parameters name one: ${environment}`, () => {
      const [first] = portal(environment).manifest.deployments;
      expect([first?.name, first?.unless, first?.gate, plain(first?.after), plain(first?.regions.create)]).to.deep.equal(['zone', 'HostedZoneId', 'delegation', [], [primary]]);
    });

    requirement('CUS-02', `names no availability zone, so that each account has its own: ${environment}`, () => {
      for (const { deployment, region, instance } of portal(environment).deployed) {
        for (const [path, { template }] of unread(() => [...instance.stacks])) expect(textsIn(template, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g), `${deployment} ${region} ${path}`).to.deep.equal([]);
      }
    });

    requirement('CUS-03', `silences no check from within its templates: ${environment}`, () => {
      for (const { deployment, region, instance } of portal(environment).deployed) {
        for (const [path, { template }] of unread(() => [...instance.stacks])) expect(textsIn(template, /"(cfn-lint|cfn_nag|checkov|guard)":/g), `${deployment} ${region} ${path}`).to.deep.equal([]);
      }
    });

    requirement('CUS-61', `takes an environment suffix in every template and passes it down: ${environment}`, () => {
      const declared = ({ Type, Default, AllowedPattern }: Row) => [Type, Default, AllowedPattern];
      for (const { deployment, region, instance } of portal(environment).deployed) {
        for (const [path, { template }] of unread(() => [...instance.stacks])) {
          const { Parameters = {}, Resources = {} } = template;
          expect(declared(Parameters['EnvironmentSuffix'] ?? {}), `${deployment} ${region} ${path}`).to.deep.equal(['String', 'main', '^[a-z0-9]{1,6}$']);
          const nested = unread(() => Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::CloudFormation::Stack'));
          for (const id of nested) expect((Resources[id]?.Properties?.['Parameters'] as Row)['EnvironmentSuffix'], `${deployment} ${region} ${id}`).to.deep.equal({ Ref: 'EnvironmentSuffix' });
        }
      }
    });

    requirement('CUS-80', `is whole: zone, network, security, archive, data, services, API, names, alarms, edge and cost: ${environment}`, () => {
      const nested = portal(environment).manifest.deployments.map(({ name, templates }) => [name, Object.keys(templates).sort()]);
      expect(Object.fromEntries(nested)).to.deep.equal({
        zone: ['root', 'zone'],
        foundation: ['archive', 'network', 'root', 'security'],
        platform: ['api', 'compute', 'data', 'dns', 'monitoring', 'root'],
        edge: ['cost', 'edge', 'edge-dns', 'edge-monitoring', 'root'],
      });
    });

    requirement('CUS-82', `leaves nothing to CloudFormation that it could not take: no transform, and no condition undecided: ${environment}`, () => {
      for (const { instance, deployment, region } of portal(environment).deployed) {
        for (const [path, { template, conditions }] of unread(() => [...instance.stacks])) {
          expect((template as Row)['Transform'], `${deployment} ${region} ${path}`).to.equal(undefined);
          for (const [name, truth] of unread(() => [...conditions])) expect(truth, `${deployment} ${region} ${path} ${name}`).to.be.a('boolean');
        }
      }
    });

    requirement('CUS-28 CUS-34 CUS-49', `tells people the ids that they need, and no secret: ${environment}`, () => {
      const whole = portal(environment);
      const output = (deployment: string, region: string, name: string) => plain(whole.instance(deployment, region).root.outputs.get(name)?.value);
      for (const region of bothRegions) {
        expect(output('foundation', region, 'VpcId'), region).to.equal('Vpc');
        expect(output('foundation', region, 'DefaultKeyArn'), region).to.equal('DefaultKey.Arn');
        expect(output('platform', region, 'ClusterArn'), region).to.equal('Cluster.Arn');
        expect(output('platform', region, 'LoadBalancerDnsName'), region).to.equal('LoadBalancer.DNSName');
        expect(output('platform', region, 'DatabaseEndpoint'), region).to.equal('Cluster.Endpoint.Address');
        expect(output('platform', region, 'DatabaseReaderEndpoint'), region).to.equal('Cluster.ReadEndpoint.Address');
        expect(output('platform', region, 'ApiId'), region).to.equal('Api');
      }
      expect(output('zone', primary, 'HostedZoneId')).to.equal('HostedZone');
      expect(output('edge', 'us-east-1', 'DistributionDomainName')).to.equal('Distribution.DomainName');
      for (const { deployment, region, instance } of whole.deployed) expect(textsIn(instance.root.outputs, /resolve:(secretsmanager|ssm-secure)/g), `${deployment} ${region}`).to.deep.equal([]);
    });

    requirement('CUS-80', `stays below what CloudFormation takes: a megabyte, 500 resources, 200 parameters and 200 outputs a template: ${environment}`, () => staysBelowLimits(portal(environment)));

    requirement('CUS-05', `is authored in TypeScript, resource by resource: ${environment}`, () => {
      const sources = unread(() => portal(environment).manifest.deployments.flatMap(({ templates }) => Object.values(templates).flatMap((template) => Object.values(template.sources).map(({ at }) => at))));
      expect(sources).to.have.length.greaterThan(200);
      for (const at of sources) expect(at).to.match(/^(src|templates)\/[\w/-]+\.ts:\d+$/);
    });
  }
});
