import { expect } from 'chai';
import { Fn, stringToken, type Handle, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { SubnetGroup } from '../../../../src/cfn/generated/elasticache';
import { cacheRotation, type CacheRotationSettings } from '../../../../templates/modules/data/cache-rotation';
import { cacheToken } from '../../../../templates/modules/data/cache-token';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;
const token = (name: string) => stringToken(Fn.Ref(name));

function rotation(changes: Partial<CacheRotationSettings> = {}): Builder {
  const t: Builder = builderOf();
  const cache: Handle = t.add('Cache', new SubnetGroup({ Description: 'stands for the cache', SubnetIds: [] }));
  cacheRotation(t, 'Rotate', { cache: t.resourceName('cache'), secretArn: token('SecretArn'), keyArn: token('KeyArn'), network: { subnetIds: token('SubnetIds'), securityGroupId: token('Group') }, after: [cache], ...changes });
  return t;
}

describe('Cache rotation', () => {
  it('rotates every 90 days, or as often as it is told, and not because of a rollout', () => {
    expect(properties(rotation(), 'RotateSchedule')).to.deep.include({ RotationRules: { AutomaticallyAfterDays: 90 }, RotateImmediatelyOnUpdate: false });
    expect(properties(rotation({ days: 30 }), 'RotateSchedule')['RotationRules']).to.deep.equal({ AutomaticallyAfterDays: 30 });
  });

  it('waits for the cache, at which the function is tried out, and for the right to be invoked', () => {
    expect(emitted(rotation())['RotateSchedule']?.DependsOn).to.deep.equal(['Cache', 'RotatePermission']);
  });

  it('lets only Secrets Manager, for this secret of this account, invoke the function', () => {
    expect(properties(rotation(), 'RotatePermission')).to.deep.include({ Principal: 'secretsmanager.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { Ref: 'SecretArn' } });
  });

  it('has as long as Lambda gives, knows its cache, and makes tokens as the first one was made', () => {
    expect(properties(rotation(), 'Rotate')).to.deep.include({
      Timeout: 900,
      Environment: { Variables: { REPLICATION_GROUP_ID: { 'Fn::Sub': 'kasha-cache-prod-${EnvironmentSuffix}' }, PASSWORD_LENGTH: '64', EXCLUDE_CHARACTERS: cacheToken.exclude } },
    });
  });

  it('uses the key for this secret only, through Secrets Manager', () => {
    const [policy] = properties(rotation(), 'RotateRole')['Policies'] as { PolicyDocument: { Statement: { Action: string[]; Resource: unknown; Condition: unknown }[] } }[];
    const key = policy?.PolicyDocument.Statement.find(({ Action }) => Action.includes('kms:Decrypt'));
    expect([key?.Resource, key?.Condition]).to.deep.equal([
      [{ Ref: 'KeyArn' }],
      { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'secretsmanager.${AWS::Region}.${AWS::URLSuffix}' }, 'kms:EncryptionContext:SecretARN': { Ref: 'SecretArn' } } },
    ]);
  });
});
