import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../src/build/build';
import { readManifest, type Manifest } from '../../../src/build/manifest';
import { loadSystem, type ResolvedDeployment, type ResolvedResource } from '../../../src/resolve';
import { kasha } from '../../../templates/systems/kasha';
import { requirement } from '../../requirements/requirement';
import { unread } from '../../requirements/recording';
import { recorded } from '../../requirements/view';
import { chosen, textsIn } from '../../requirements/selection';

const values = { DomainName: 'kasha.example.com', AlarmEmail: 'platform@example.com', FrontendImage: `example.com/frontend@sha256:${'0'.repeat(64)}`, BackendImage: `example.com/backend@sha256:${'0'.repeat(64)}` };

describe('Kasha as a whole', () => {
  let dist: string;
  let manifest: Manifest;
  let deployed: readonly ResolvedDeployment[];

  before(async () => {
    dist = mkdtempSync(join(tmpdir(), 'meridian-kasha-'));
    await build({ dist, systems: [kasha], environments: ['production'] });
    manifest = recorded('production/manifest', readManifest(dist, 'kasha', 'production'));
    deployed = loadSystem(dist, 'kasha', 'production', { parameters: values, accountId: '111111111111' }).map((each) => ({ ...each, instance: recorded(`production/${each.deployment} ${each.region}`, each.instance) }));
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  const resources = (): ResolvedResource[] => unread(() => deployed.flatMap(({ instance }) => [...instance.resources()]));
  const inRegion = (deployment: string, region: string): ResolvedDeployment => deployed.find((each) => each.deployment === deployment && each.region === region)!;

  requirement('KSH-01', 'nests frontend, backend, database and what they stand on', () => {
    const nested = Object.fromEntries(manifest.deployments.map(({ name, templates }) => [name, Object.keys(templates).filter((template) => template !== 'root').sort()]));
    expect(nested).to.deep.equal({
      zone: ['zone'],
      foundation: ['network', 'security'],
      platform: ['compute', 'data', 'dns', 'monitoring'],
      edge: ['edge', 'edge-dns', 'edge-monitoring'],
    });
  });

  requirement('KSH-02', 'has us-east-1 as primary: the platform stands there first', () => {
    expect(manifest.regions.primary).to.equal('us-east-1');
    expect(chosen(manifest.deployments, ({ name }) => name === 'platform')[0]?.regions.create[0]).to.equal('us-east-1');
  });

  it('changes the secondary first once both regions stand', () => {
    for (const name of ['foundation', 'platform']) {
      expect(manifest.deployments.find((each) => each.name === name)!.regions.update, name).to.deep.equal(['ap-southeast-1', 'us-east-1']);
    }
  });

  requirement('KSH-04', 'begins every name of its own with kasha, inside an alias or path at the latest', () => {
    const nameProperties = ['Name', 'DBInstanceIdentifier', 'QueueName', 'TopicName', 'RoleName', 'BucketName', 'RepositoryName', 'ClusterName', 'ServiceName', 'AliasName', 'FunctionName', 'LogGroupName', 'AlarmName', 'GroupName'];
    const notOurs = new Set(['AWS::Route53::RecordSet', 'AWS::Route53::HostedZone', 'AWS::SSM::Parameter', 'AWS::EC2::FlowLog', 'AWS::EC2::VPCEndpoint', 'AWS::Logs::MetricFilter', 'Custom::ManagedPrefixList']);
    const named = unread(() => resources().filter(({ type }) => !notOurs.has(type)).flatMap(({ id, properties }) => nameProperties.filter((name) => typeof properties[name] === 'string').map((name) => ({ id, properties, name }))));
    expect(named).to.have.length.greaterThan(80);
    const foreign = chosen(named, ({ properties, name }) => !/(^|^alias\/|^aws-waf-logs-|^\/(aws|ecs)\/(.*\/)?)kasha[-/]/.test(properties[name] as string));
    expect(foreign.map(({ id }) => id)).to.deep.equal([]);
    const nameOf = (deployment: string, id: string, property: string): unknown => inRegion(deployment, 'us-east-1').instance.resource(id)?.properties[property];
    expect([nameOf('platform', 'Compute/LoadBalancer', 'Name'), nameOf('platform', 'Data/Primary', 'DBInstanceIdentifier'), nameOf('platform', 'Data/Queue', 'QueueName'), nameOf('foundation', 'Security/DatabaseSecret', 'Name')]).to.deep.equal([
      'kasha-alb-prod-main', 'kasha-mysql-db-prod-main', 'kasha-queue-prod-main', 'kasha/rds/mysql/admin-password-prod-main',
    ]);
  });

  requirement('KSH-09', 'puts neither task nor database into a public subnet', () => {
    for (const region of ['us-east-1', 'ap-southeast-1']) {
      const { instance } = inRegion('platform', region);
      const users = (subnet: string): readonly string[] => chosen(instance.edges, ({ from, to }) => from.includes('/') && to === `Network/${subnet}`).map(({ from }) => from).sort();
      for (const zone of [1, 2]) {
        expect(users(`PublicSubnet${zone}`), region).to.deep.equal(['Compute/LoadBalancer']);
        expect(users(`FrontendSubnet${zone}`), region).to.deep.equal(['Compute/Frontend']);
        expect(users(`BackendSubnet${zone}`), region).to.deep.equal(['Compute/Backend', 'Compute/BackendLoadBalancer', ...(region === 'us-east-1' ? ['Data/RotatePassword'] : [])]);
        expect(users(`DatabaseSubnet${zone}`), region).to.deep.equal(region === 'us-east-1' ? ['Data/Proxy', 'Data/SubnetGroup'] : ['Data/SubnetGroup']);
      }
    }
  });

  requirement('KSH-141', 'has all seven kinds of outputs at the root, none of them a secret’s value', () => {
    const platform = inRegion('platform', 'us-east-1').instance.root.outputs;
    expect([...platform.keys()]).to.include.members([
      'LoadBalancerDnsName', 'BackendLoadBalancerDnsName', 'DatabaseEndpoint', 'ReplicaEndpoint',
      'QueueUrl', 'PriorityQueueUrl', 'NotificationQueueUrl', 'PriorityNotificationQueueUrl', 'DatabaseSecretArn', 'ConnectionSecretArn',
    ]);
    expect([...inRegion('edge', 'us-east-1').instance.root.outputs.keys()]).to.include('DistributionDomainName');
    for (const { instance } of deployed) expect(textsIn(instance.root.outputs, /resolve:(secretsmanager|ssm-secure)/g)).to.deep.equal([]);
  });

  requirement('KSH-118', 'names no region but its two, except those from which Route 53 checks health', () => {
    const properties = unread(() => resources().filter(({ type }) => type !== 'AWS::Route53::HealthCheck').map((resource) => resource.properties));
    const regions = textsIn(properties, /\b(us|eu|ap|sa|ca|me|af|il)-(north|south|east|west|central|northeast|southeast|northwest|southwest)-\d\b/g);
    expect(regions).to.deep.equal(['ap-southeast-1', 'us-east-1']);
  });

  it('carries the four required tags on every resource whose type can be tagged', () => {
    const required = { CostCenter: 'kasha', Environment: 'production', Compliance: 'pci-dss soc2', System: 'kasha' };
    const tagged = resources().filter(({ properties }) => properties['Tags'] !== undefined);
    expect(tagged).to.have.length.greaterThan(200);
    for (const { id, properties } of tagged) {
      const tags = properties['Tags'] as unknown;
      const own = Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value])) : tags;
      expect(own, id).to.include(required);
    }
  });

  it('leaves nothing undecided that a template could know: every condition has an answer', () => {
    for (const { instance, deployment, region } of deployed) {
      for (const [path, { conditions }] of instance.stacks) for (const [name, truth] of conditions) expect(truth, `${deployment} ${region} ${path} ${name}`).to.be.a('boolean');
    }
  });

  it('keeps no transform in what StackSets take', () => {
    for (const { instance } of deployed) for (const [path, { template }] of instance.stacks) expect(template, path).not.to.have.property('Transform');
  });
});
