import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import type { Template } from '../../../src/resolve';
import { data } from '../../../templates/systems/fintech-global/data';
import { security } from '../../../templates/systems/fintech-global/security';
import { contextOf } from './built';

/** A template of production whose caches are one global datastore, or with another change of the cache. */
function builtWith(definition: typeof data | typeof security, cache: object): Template {
  const context = contextOf('production');
  const settings = { ...context.settings, cache: { ...context.settings.cache, ...cache } };
  return JSON.parse(render(definition.build({ ...context, settings }).template)) as Template;
}

const inPrimary = (value: unknown) => ({ 'Fn::If': ['IsPrimary', value, { Ref: 'AWS::NoValue' }] });

describe('FinTech Global with a global datastore', () => {
  const { Resources = {} } = builtWith(data, { global: true });
  const group = Resources['Cache']?.Properties ?? {};

  it('FTG-41 is one setting away', () => {
    expect(Resources['CacheGlobalDatastore']).to.deep.include({ Type: 'AWS::ElastiCache::GlobalReplicationGroup', Condition: 'IsPrimary' });
    expect(Resources['CacheGlobalDatastore']?.Properties).to.deep.include({
      GlobalReplicationGroupIdSuffix: { 'Fn::Sub': 'fintechglobal-cache-prod-${EnvironmentSuffix}' },
      AutomaticFailoverEnabled: true,
      Members: [{ Role: 'PRIMARY', ReplicationGroupRegion: { Ref: 'AWS::Region' }, ReplicationGroupId: { Ref: 'Cache' } }],
    });
    expect(group['GlobalReplicationGroupId']).to.deep.equal({ 'Fn::If': ['IsSecondary', { 'Fn::Sub': 'ldgnf-fintechglobal-cache-prod-${EnvironmentSuffix}' }, { Ref: 'AWS::NoValue' }] });
  });

  it('FTG-41 has the secondary take engine, nodes, shards and encryption from it, as AWS wants', () => {
    const taken = { Engine: 'valkey', EngineVersion: '8.2', CacheNodeType: 'cache.r7g.large', CacheParameterGroupName: { Ref: 'CacheParameters' }, NumNodeGroups: 1, AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true, TransitEncryptionMode: 'required' };
    for (const [property, value] of Object.entries(taken)) expect(group[property], property).to.deep.equal(inPrimary(value));
    expect(Resources['CacheParameters']?.Condition).to.equal('IsPrimary');
  });

  it('FTG-41 has one token for both caches, which does not rotate by itself', () => {
    const { CacheSecret } = builtWith(security, { global: true }).Resources ?? {};
    expect(CacheSecret?.Condition).to.equal('IsPrimary');
    expect(CacheSecret?.Properties?.['ReplicaRegions']).to.have.length(1);
    expect(group['AuthToken']).to.deep.equal({ 'Fn::Sub': '{{resolve:secretsmanager:fintechglobal-cache-token-prod-${EnvironmentSuffix}:SecretString:value}}' });
    expect(Object.keys(Resources).filter((id) => id.startsWith('CacheRotation'))).to.deep.equal([]);
  });

  it('FTG-41 does not build on nodes that global datastores do not take', () => {
    expect(() => builtWith(data, { global: true, nodeType: 'cache.t4g.small' })).to.throw('Cache nodes "cache.t4g.small": global datastores need m5, r5 or c7gn nodes or newer ones, of size large and up.');
  });
});
