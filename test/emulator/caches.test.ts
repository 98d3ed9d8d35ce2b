import { expect } from 'chai';
import { LocalAwsControl } from '../../src/local-aws';
import { att, AWAY, HOME, output, Rehearsal, ref, type Template } from './rehearsal';

const token = 'a-token-only-in-this-test-01';
const shared = { Engine: 'valkey', EngineVersion: '8.2', CacheNodeType: 'cache.r7g.large', CacheParameterGroupName: ref('Settings'), NumNodeGroups: 1, AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' };

const surroundings = (enabled = 'yes'): Template['Resources'] => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } },
  Doors: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc'), GroupDescription: 'x' } },
  Subnets: { Type: 'AWS::ElastiCache::SubnetGroup', Properties: { Description: 'x', SubnetIds: [ref('A')] } },
  Settings: { Type: 'AWS::ElastiCache::ParameterGroup', Properties: { CacheParameterGroupFamily: 'valkey8', Description: 'x', Properties: { 'cluster-enabled': enabled } } },
});
const cache = (properties: object): Template['Resources'] => ({
  Cache: {
    Type: 'AWS::ElastiCache::ReplicationGroup', DeletionPolicy: 'Delete',
    Properties: { ReplicationGroupId: 'cache', ReplicationGroupDescription: 'x', CacheSubnetGroupName: ref('Subnets'), SecurityGroupIds: [ref('Doors')], AuthToken: token, ReplicasPerNodeGroup: 1, AutomaticFailoverEnabled: true, MultiAZEnabled: true, ...properties },
  },
});
const cluster = (changes: object = {}): Template => ({ Resources: { ...surroundings(), ...cache({ ...shared, ...changes }) }, Outputs: { Endpoint: output(att('Cache', 'ConfigurationEndPoint.Address')) } });
const datastore = { World: { Type: 'AWS::ElastiCache::GlobalReplicationGroup', Properties: { GlobalReplicationGroupIdSuffix: 'world', AutomaticFailoverEnabled: true, Members: [{ Role: 'PRIMARY', ReplicationGroupRegion: HOME, ReplicationGroupId: ref('Cache') }] } } };

describe('Caches of the local AWS', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  afterEach(() => new LocalAwsControl(aws.local.endpoint).reset());
  after(() => aws.close());

  const groups = (region = HOME) => aws.query('elasticache', 'DescribeReplicationGroups', {}, region);

  it('are described by ElastiCache, a cluster of one shard with the endpoint that knows all shards', async () => {
    const { reasons, outputs } = await aws.create(cluster());
    expect(reasons).to.equal('');
    expect(outputs['Endpoint']).to.match(/^clustercfg\.cache\..*\.cache\.amazonaws\.com$/);
    const described = await groups();
    for (const said of ['<ReplicationGroupId>cache<', '<ClusterEnabled>true<', '<AuthTokenEnabled>true<', '<TransitEncryptionEnabled>true<', '<MultiAZ>enabled<', outputs['Endpoint'] ?? '-']) expect(described).to.include(said);
    expect(described).to.not.include(token);
  });

  it('can be a single node, with the endpoint of its own', async () => {
    const single = { ...shared, NumNodeGroups: undefined, ReplicasPerNodeGroup: undefined, NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false };
    const { reasons, outputs } = await aws.create({ Resources: { ...surroundings('no'), ...cache(single) }, Outputs: { Endpoint: output(att('Cache', 'PrimaryEndPoint.Address')) } });
    expect(reasons).to.equal('');
    expect(outputs['Endpoint']).to.match(/^master\.cache\./);
    expect(await groups()).to.include('<ClusterEnabled>false<');
  });

  const refused: readonly [string, object, string][] = [
    ['in a missing subnet group', { CacheSubnetGroupName: 'nowhere' }, 'Cache Subnet Group nowhere does not exist.'],
    ['behind a missing security group', { SecurityGroupIds: ['sg-1'] }, "The security group 'sg-1' does not exist"],
    ['with missing parameters', { CacheParameterGroupName: 'nowhere' }, 'CacheParameterGroup not found: nowhere'],
    ['with a token but no TLS', { TransitEncryptionEnabled: false, TransitEncryptionMode: undefined }, 'The AUTH token is only supported when encryption-in-transit is enabled'],
    ['over several zones without replica', { ReplicasPerNodeGroup: 0 }, 'Multi-AZ needs automatic failover and at least one replica'],
    ['over several zones without failover', { AutomaticFailoverEnabled: false, CacheParameterGroupName: 'default.valkey8' }, 'Multi-AZ needs automatic failover and at least one replica'],
    ['as a cluster that does not fail over', { AutomaticFailoverEnabled: false, MultiAZEnabled: false }, 'cannot be created with auto failover turned off'],
    ['that fails over to nothing', { CacheParameterGroupName: 'default.valkey8', ReplicasPerNodeGroup: undefined, NumNodeGroups: undefined, NumCacheClusters: 1, MultiAZEnabled: false }, 'there must be at least 2 cache clusters'],
    ['that writes to a missing log group', { LogDeliveryConfigurations: [{ LogType: 'slow-log', LogFormat: 'json', DestinationType: 'cloudwatch-logs', DestinationDetails: { CloudWatchLogsDetails: { LogGroup: '/nowhere' } } }] }, 'The specified log group does not exist.'],
    ['that joins a missing global datastore', { GlobalReplicationGroupId: 'ldgnf-nowhere' }, 'Global Replication Group ldgnf-nowhere not found.'],
  ];
  for (const [what, changes, reason] of refused) {
    it(`are refused ${what}`, async () => {
      const { status, reasons } = await aws.create(cluster(changes));
      expect(status).to.equal('ROLLBACK_COMPLETE');
      expect(reasons).to.include(reason);
    });
  }

  it('do not go while they are the first member of a global datastore, nor does that while another is', async () => {
    const primary = await aws.create({ Resources: { ...cluster().Resources, ...datastore }, Outputs: { World: output(ref('World')) } });
    expect([primary.reasons, primary.outputs['World']]).to.deep.equal(['', 'ldgnf-world']);
    const { Settings: _, ...around } = surroundings();
    const joining = (changes: object = {}): Template => ({ Resources: { ...around, ...cache({ GlobalReplicationGroupId: 'ldgnf-world', ...changes }) }, Outputs: { Endpoint: output(att('Cache', 'ConfigurationEndPoint.Address')) } });
    expect((await aws.create(joining({ Engine: 'valkey' }), { region: AWAY })).reasons).to.include('Cannot use the given parameters when creating new replication group in an existing global replication group.');

    const secondary = await aws.create(joining(), { region: AWAY });
    expect(secondary.reasons).to.equal('');
    expect(await groups(AWAY)).to.include('<ClusterEnabled>true<').and.include('<TransitEncryptionEnabled>true<').and.include('cache.r7g.large');
    expect((await aws.remove(primary)).reasons).to.include('has secondary members');
    expect((await aws.remove(secondary, { region: AWAY })).status).to.equal('DELETE_COMPLETE');
    expect((await aws.remove(primary)).status).to.equal('DELETE_COMPLETE');
  });

  it('are not members of a global datastore on burstable nodes, and stay while one has them', async () => {
    expect((await aws.create({ Resources: { ...cluster({ CacheNodeType: 'cache.t4g.small' }).Resources, ...datastore } })).reasons).to.include('is not supported for node type cache.t4g.small');
    const alone = await aws.create(cluster());
    expect(alone.reasons).to.equal('');
    const world = await aws.create({ Resources: { World: { ...datastore.World, Properties: { ...datastore.World.Properties, Members: [{ Role: 'PRIMARY', ReplicationGroupRegion: HOME, ReplicationGroupId: 'cache' }] } } } });
    expect((await aws.remove(alone)).reasons).to.include('Cluster [cache] is part of a global cluster [ldgnf-world]. Request rejected.');
    expect((await aws.remove(world)).status).to.equal('DELETE_COMPLETE');
    expect((await aws.remove(alone)).status).to.equal('DELETE_COMPLETE');
  });
});
