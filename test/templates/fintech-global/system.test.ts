import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { unread } from '../../requirements/recording';
import { textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { answersForWaivers, staysBelowLimits, templatesOf } from '../whole-system-tests';
import { bothRegions, environmentNames } from './built';
import type { Row } from './everywhere';
import { wholePlatform } from './whole';

const [primary, secondary] = bothRegions;

describe('FinTech Global as a whole', () => {
  const platform = wholePlatform();

  for (const environment of environmentNames) {
    requirement('FTG-01', `stands in us-east-1, and in ap-southeast-1, which can take over: ${environment}`, () => {
      const { regions, deployments } = platform(environment).manifest;
      expect(plain(regions)).to.deep.equal({ primary, secondary });
      expect(Object.fromEntries(deployments.map((each) => [each.name, plain(each.regions)]))).to.deep.equal({
        zone: { create: [primary], update: [primary] },
        key: { create: [primary], update: [primary] },
        // The secondary's replica of the key and its buckets must stand before the primary replicates under and into them.
        foundation: { create: [secondary, primary], update: [secondary, primary] },
        platform: { create: [primary, secondary], update: [secondary, primary] },
        edge: { create: ['us-east-1'], update: ['us-east-1'] },
      });
    });

    requirement('FTG-18', `makes the hosted zone once, before everything else, and not where the parameters name one: ${environment}`, () => {
      const [first] = platform(environment).manifest.deployments;
      expect([first?.name, first?.unless, first?.gate, plain(first?.after), plain(first?.regions.create)]).to.deep.equal(['zone', 'HostedZoneId', 'delegation', [], [primary]]);
    });

    requirement('FTG-03', `is called fintechglobal by its parameter, and by the beginning of each stack’s names: ${environment}`, () => {
      const { template } = platform(environment).instance('edge', 'us-east-1').root;
      const { Type, Default } = (template.Parameters as Row)['ProjectName'] as Row;
      expect([Type, Default]).to.deep.equal(['String', 'fintechglobal']);
    });

    requirement('FTG-08', `is split as the owner’s eight modules are, one nested template or more for each: ${environment}`, () => {
      const nested = platform(environment).manifest.deployments.map(({ name, templates }) => [name, Object.keys(templates).sort()]);
      expect(Object.fromEntries(nested)).to.deep.equal({
        zone: ['root', 'zone'],
        key: ['key', 'region-switch-role', 'root'],
        foundation: ['network', 'root', 'security'],
        platform: ['compute', 'data', 'dns', 'entrance', 'monitoring', 'root'],
        edge: ['cost', 'edge-dns', 'edge-monitoring', 'root'],
      });
    });

    requirement('FTG-09', `names no availability zone, so that each account has its own: ${environment}`, () => {
      for (const [place, template] of templatesOf(platform(environment))) expect(textsIn(template, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g), place).to.deep.equal([]);
    });

    requirement('FTG-07', `silences no check from within its templates, and has no transform and no condition undecided: ${environment}`, () => {
      for (const [place, template] of templatesOf(platform(environment))) {
        expect(textsIn(template, /"(cfn-lint|cfn_nag|checkov|guard)":/g), place).to.deep.equal([]);
        expect((template as Row)['Transform'], place).to.equal(undefined);
      }
      for (const { deployment, region, instance } of platform(environment).deployed) {
        for (const [path, { conditions }] of unread(() => [...instance.stacks])) for (const [name, truth] of unread(() => [...conditions])) expect(truth, `${deployment} ${region} ${path} ${name}`).to.be.a('boolean');
      }
    });

    requirement('FTG-07', `gives no role an administrator’s rights, nor actions that end in a star: ${environment}`, () => {
      const roles = platform(environment).resources('AWS::IAM::Role');
      expect(roles).to.have.length.greaterThan(20);
      for (const { place, resource } of roles) expect(textsIn(resource.properties, /"(?:[a-z0-9-]+:\*|\*:\*|Not(?:Action|Resource|Principal))"|AdministratorAccess|PowerUserAccess/g), place).to.deep.equal([]);
    });

    requirement('FTG-07', `bounds every role by the account’s permissions boundary: ${environment}`, () => {
      for (const { place, resource } of platform(environment).resources('AWS::IAM::Role')) expect(plain(resource.properties['PermissionsBoundary']), place).to.equal('arn:aws:iam::111111111111:policy/meridian-boundary');
    });

    requirement('FTG-02', `stays below what CloudFormation takes: a megabyte, 500 resources, 200 parameters and 200 outputs a template: ${environment}`, () => staysBelowLimits(platform(environment)));

    requirement('FTG-26', `tells people the ids that they need, and no secret: ${environment}`, () => {
      const whole = platform(environment);
      const output = (deployment: string, region: string, name: string) => plain(whole.instance(deployment, region).root.outputs.get(name)?.value);
      for (const region of bothRegions) {
        expect(output('platform', region, 'ClusterEndpoint'), region).to.equal('Cluster.Endpoint');
        expect(output('platform', region, 'LoadBalancerDnsName'), region).to.equal('LoadBalancer.DNSName');
        expect(output('platform', region, 'DatabaseEndpoint'), region).to.equal('Cluster.Endpoint.Address');
        expect(output('platform', region, 'DatabaseReaderEndpoint'), region).to.equal('Cluster.ReadEndpoint.Address');
        expect(output('platform', region, 'VpcId'), region).to.equal('Vpc');
      }
      expect(output('zone', primary, 'HostedZoneId')).to.equal('HostedZone');
      for (const { deployment, region, instance } of whole.deployed) expect(textsIn(instance.root.outputs, /resolve:(secretsmanager|ssm-secure)/g), `${deployment} ${region}`).to.deep.equal([]);
    });
  }

  it('FTG-02 has somebody answer for every rule that it does not follow, for at most a year, with a requirement or a decision as reason', () => answersForWaivers('fintech-global', 'FTG'));
});
