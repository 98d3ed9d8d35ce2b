import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { unread } from '../../requirements/recording';
import { textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { answersForWaivers } from '../whole-system-tests';
import { bothRegions, environmentNames } from './built';
import { wholePortal } from './whole';

type Row = Readonly<Record<string, any>>;

const [primary, secondary] = bothRegions;

describe('The financial portal as a whole', () => {
  const portal = wholePortal();

  for (const environment of environmentNames) {
    requirement('FIN-02 FIN-70', `stands in ap-southeast-1 and in us-east-1, which can take over: ${environment}`, () => {
      const { regions, deployments } = portal(environment).manifest;
      expect(plain(regions)).to.deep.equal({ primary, secondary });
      expect(Object.fromEntries(deployments.map((each) => [each.name, plain(each.regions)]))).to.deep.equal({
        zone: { create: [primary], update: [primary] },
        // The secondary's keys must stand before the primary replicates secrets under them.
        foundation: { create: [secondary, primary], update: [secondary, primary] },
        platform: { create: [primary, secondary], update: [secondary, primary] },
        edge: { create: ['us-east-1'], update: ['us-east-1'] },
      });
    });

    requirement('FIN-42', `makes the hosted zone once, before everything else, and not where the parameters name one: ${environment}`, () => {
      const [first] = portal(environment).manifest.deployments;
      expect([first?.name, first?.unless, first?.gate, plain(first?.after), plain(first?.regions.create)]).to.deep.equal(['zone', 'HostedZoneId', 'delegation', [], [primary]]);
    });

    requirement('FIN-70', `names no availability zone: ${environment}`, () => {
      for (const { deployment, region, instance } of portal(environment).deployed) {
        for (const [path, { template }] of unread(() => [...instance.stacks])) expect(textsIn(template, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g), `${deployment} ${region} ${path}`).to.deep.equal([]);
      }
    });

    requirement('FIN-05', `silences no check from within its templates: ${environment}`, () => {
      for (const { deployment, region, instance } of portal(environment).deployed) {
        for (const [path, { template }] of unread(() => [...instance.stacks])) expect(textsIn(template, /"(cfn-lint|cfn_nag|checkov|guard)":/g), `${deployment} ${region} ${path}`).to.deep.equal([]);
      }
    });

    requirement('FIN-06', `talks to nobody outside in the clear: ${environment}`, () => {
      const listeners = portal(environment).resources('AWS::ElasticLoadBalancingV2::Listener');
      expect(new Set(listeners.map(({ region }) => region))).to.deep.equal(new Set(bothRegions));
      for (const { place, resource } of listeners) expect([resource.properties['Protocol'], resource.properties['Port']], place).to.deep.equal(['HTTPS', 443]);
    });

    requirement('FIN-06 FIN-50', `keeps everything that lasts encrypted under keys of its own: ${environment}`, () => {
      const whole = portal(environment);
      const keys: readonly (readonly [type: string, key: (properties: Row) => unknown, expected: string])[] = [
        ['AWS::RDS::DBCluster', ({ StorageEncrypted, KmsKeyId }) => [StorageEncrypted, plain(KmsKeyId)].join(), 'true,DatabaseKey.Arn'],
        ['AWS::ECR::Repository', ({ EncryptionConfiguration: { KmsKey } }) => plain(KmsKey), 'DefaultKey.Arn'],
        ['AWS::SNS::Topic', ({ KmsMasterKeyId }) => plain(KmsMasterKeyId), 'DefaultKey.Arn'],
        ['AWS::SecretsManager::Secret', ({ KmsKeyId }) => plain(KmsKeyId), 'DefaultKey.Arn'],
      ];
      for (const [type, key, expected] of keys) {
        const own = whole.resources(type);
        expect(own, type).not.to.have.length(0);
        for (const { place, resource } of own) expect(key(resource.properties as Row), place).to.equal(expected);
      }
    });

    requirement('FIN-48 FIN-50', `keeps every log under its key, but for the one that is there before any key: ${environment}`, () => {
      const groups = portal(environment).resources('AWS::Logs::LogGroup');
      expect(groups).to.have.length.greaterThan(10);
      for (const { place, resource } of groups) expect(plain(resource.properties['KmsKeyId']), place).to.equal(place.startsWith('zone ') ? undefined : 'DefaultKey.Arn');
    });

    requirement('FIN-56', `takes an environment suffix in every template and passes it down: ${environment}`, () => {
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

    requirement('FIN-68', `is whole: zone, network, security, data, services, names, alarms, drill, edge and cost: ${environment}`, () => {
      const nested = portal(environment).manifest.deployments.map(({ name, templates }) => [name, Object.keys(templates).sort()]);
      expect(Object.fromEntries(nested)).to.deep.equal({
        zone: ['root', 'zone'],
        foundation: ['network', 'root', 'security'],
        platform: ['compute', 'data', 'dns', 'drill', 'monitoring', 'root'],
        edge: ['cost', 'edge', 'edge-dns', 'edge-monitoring', 'root'],
      });
    });

    requirement('FIN-71', `tells people the ids that they need, and no secret: ${environment}`, () => {
      const whole = portal(environment);
      const output = (deployment: string, region: string, name: string) => plain(whole.instance(deployment, region).root.outputs.get(name)?.value);
      for (const region of bothRegions) {
        expect(output('foundation', region, 'VpcId'), region).to.equal('Vpc');
        expect(output('foundation', region, 'DefaultKeyArn'), region).to.equal('DefaultKey.Arn');
        expect(output('platform', region, 'DatabaseKeyArn'), region).to.equal('DatabaseKey.Arn');
        expect(output('platform', region, 'ClusterArn'), region).to.equal('Cluster.Arn');
        expect(output('platform', region, 'LoadBalancerDnsName'), region).to.equal('LoadBalancer.DNSName');
        expect(output('platform', region, 'DatabaseEndpoint'), region).to.equal('Cluster.Endpoint.Address');
      }
      expect(output('zone', primary, 'HostedZoneId')).to.equal('HostedZone');
      expect(output('edge', 'us-east-1', 'DistributionDomainName')).to.equal('Distribution.DomainName');
      for (const { deployment, region, instance } of whole.deployed) expect(textsIn(instance.root.outputs, /resolve:(secretsmanager|ssm-secure)/g), `${deployment} ${region}`).to.deep.equal([]);
    });

    it(`leaves nothing undecided that a template could know: ${environment}`, () => {
      for (const { instance, deployment, region } of portal(environment).deployed) {
        for (const [path, { conditions }] of instance.stacks) for (const [name, truth] of conditions) expect(truth, `${deployment} ${region} ${path} ${name}`).to.be.a('boolean');
      }
    });

    it(`keeps no transform in what StackSets take: ${environment}`, () => {
      for (const { instance } of portal(environment).deployed) for (const [path, { template }] of instance.stacks) expect(template, path).not.to.have.property('Transform');
    });
  }

  it('FIN-05 has somebody answer for every rule that it does not follow, for at most a year, with a requirement or a decision as reason', () => answersForWaivers('financial-portal', 'FIN'));
});
