import { expect } from 'chai';
import { Fn, stringToken, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { cacheCluster, type CacheSettings } from '../../../../templates/modules/data/cache-cluster';
import { checkMember, globalDatastoreId } from '../../../../templates/modules/data/cache-global-datastore';
import { checkedShape } from '../../../../templates/modules/data/cache-shape';
import { cacheToken } from '../../../../templates/modules/data/cache-token';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;
const token = (name: string) => stringToken(Fn.Ref(name));

function cacheOf(changes: Partial<CacheSettings> = {}): Builder {
  const t: Builder = builderOf();
  const { endpoint, replicationGroupId } = cacheCluster(t, 'Cache', {
    name: t.resourceName('cache'),
    description: 'Cache of a test',
    engineVersion: '8.2',
    family: 'valkey8',
    nodeType: 'cache.m7g.large',
    shape: { shards: 2, replicas: 2 },
    subnetIds: token('SubnetIds'),
    securityGroupId: token('Group'),
    keyArn: token('KeyArn'),
    tokenSecret: t.resourceName('cache-token'),
    snapshotRetentionDays: 3,
    windows: { backup: '01:00-02:00', maintenance: 'sun:03:00-sun:04:00' },
    topicArn: token('Topic'),
    logRetentionInDays: 14,
    protected: false,
    ...changes,
  });
  ends.set(t, JSON.parse(JSON.stringify([endpoint, replicationGroupId])) as unknown);
  return t;
}
const ends = new WeakMap<Builder, unknown>();
const group = (changes: Partial<CacheSettings> = {}): Readonly<Record<string, unknown>> => properties(cacheOf(changes), 'Cache');

describe('A cache', () => {
  it('is a cluster of shards with replicas that take over from each other', () => {
    expect(group()).to.include({ Engine: 'valkey', NumNodeGroups: 2, ReplicasPerNodeGroup: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true });
    expect(properties(cacheOf(), 'CacheParameters')['Properties']).to.deep.equal({ 'cluster-enabled': 'yes' });
  });

  it('can be a single node, which does not fail over', () => {
    const single = cacheOf({ shape: 'single', nodeType: 'cache.t4g.micro' });
    expect(properties(single, 'Cache')).to.include({ NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }).and.not.have.any.keys('NumNodeGroups', 'ReplicasPerNodeGroup');
    expect(properties(single, 'CacheParameters')['Properties']).to.deep.equal({ 'cluster-enabled': 'no' });
  });

  it('is reached by the endpoint that knows all shards, or by its only node', () => {
    expect(ends.get(cacheOf())).to.deep.equal([{ 'Fn::GetAtt': ['Cache', 'ConfigurationEndPoint.Address'] }, { Ref: 'Cache' }]);
    expect(ends.get(cacheOf({ shape: 'single' }))).to.deep.equal([{ 'Fn::GetAtt': ['Cache', 'PrimaryEndPoint.Address'] }, { Ref: 'Cache' }]);
  });

  for (const shape of [{ shards: 1, replicas: 1 }, 'single'] as const) {
    it(`asks for a token, speaks TLS only and is encrypted, as ${shape === 'single' ? 'a single node' : 'a cluster'}`, () => {
      expect(group({ shape })).to.deep.include({
        AuthToken: { 'Fn::Sub': '{{resolve:secretsmanager:kasha-cache-token-prod-${EnvironmentSuffix}:SecretString:value}}' },
        TransitEncryptionEnabled: true,
        TransitEncryptionMode: 'required',
        AtRestEncryptionEnabled: true,
        KmsKeyId: { Ref: 'KeyArn' },
      });
    });
  }

  it('is resharded while it runs, instead of being replaced', () => {
    expect(emitted(cacheOf())['Cache']).to.deep.include({ UpdatePolicy: { UseOnlineResharding: true } });
  });

  it('leaves a last snapshot where it is protected', () => {
    expect(emitted(cacheOf())['Cache']).to.include({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(emitted(cacheOf({ protected: true }))['Cache']).to.include({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
  });

  it('has a token that ElastiCache takes', () => {
    const made = [...Array(95)].map((_, index) => String.fromCharCode(32 + index)).filter((character) => !cacheToken.exclude.includes(character));
    expect(made.join('')).to.equal('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
    expect(cacheToken.length).to.be.within(16, 128);
  });

  for (const { shape, message } of [
    { shape: { shards: 0, replicas: 1 }, message: 'Cache shards 0: that is no number of shards.' },
    { shape: { shards: 1, replicas: 0 }, message: 'Cache replicas 0: a shard has 1 to 5' },
    { shape: { shards: 1, replicas: 6 }, message: 'Cache replicas 6: a shard has 1 to 5' },
    { shape: { shards: 40, replicas: 2 }, message: 'Cache of 120 nodes: 40 shards with 2 replicas each are more than the 90' },
  ]) {
    it(`does not have ${shape.shards} shards with ${shape.replicas} replicas`, () => expect(() => checkedShape(shape)).to.throw(message));
  }

  it('does not have windows that are too short or overlap', () => {
    expect(() => group({ windows: { backup: '01:00-01:30', maintenance: 'sun:03:00-sun:04:00' } })).to.throw('it is 30 minutes long. ElastiCache needs at least 60; move its end.');
    expect(() => group({ windows: { backup: '03:00-04:00', maintenance: 'sun:03:30-sun:04:30' } })).to.throw('and patches would replace nodes while their snapshot is taken.');
  });

  for (const nodeType of ['cache.m5.large', 'cache.r7g.2xlarge', 'cache.r6gd.xlarge', 'cache.c7gn.large', 'cache.m10g.large']) {
    it(`of ${nodeType} nodes may join a global datastore`, () => expect(() => checkMember({ nodeType, shape: { shards: 1, replicas: 1 } })).to.not.throw());
  }
  for (const nodeType of ['cache.t4g.medium', 'cache.m4.large', 'cache.r4.xlarge', 'cache.r7g.medium', 'm5.large']) {
    it(`of ${nodeType} nodes may not`, () => expect(() => checkMember({ nodeType, shape: { shards: 1, replicas: 1 } })).to.throw(`Cache nodes "${nodeType}"`));
  }
  it('of a single node may not either', () => expect(() => group({ shape: 'single', global: true })).to.throw('Cache of a single node: a member of a global datastore fails over by itself.'));

  it('names the datastore as ElastiCache does in its region', () => {
    const t: Builder = builderOf();
    expect(globalDatastoreId(t.resourceName('cache'), 'us-west-2').text).to.match(/^sgaui-/);
    expect(() => globalDatastoreId(t.resourceName('cache'), 'eu-north-1')).to.throw('Global datastore in eu-north-1: what ElastiCache puts before the names');
  });
});
