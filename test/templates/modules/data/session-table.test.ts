import { expect } from 'chai';
import { Fn, stringToken, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { sessionTable, type SessionTableSettings } from '../../../../templates/modules/data/session-table';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;

const id = { name: 'id', type: 'S' } as const;
const user = { name: 'user', type: 'S' } as const;
const start = { name: 'start', type: 'N' } as const;
const replica = (region: string) => ({ region, keyArn: stringToken(Fn.Ref(`Key-${region}`)) });

function tableOf(changes: Partial<SessionTableSettings> = {}): Builder {
  const t: Builder = builderOf();
  sessionTable(t, 'Table', { name: t.resourceName('sessions'), partitionKey: id, indexes: [], endsAt: 'end', replicas: [replica('us-east-1'), replica('ap-southeast-1')], when: t.isPrimary, ...changes });
  return t;
}

describe('A session table', () => {
  it('stands in one stack and goes with it, replicas included', () => {
    const t = tableOf();
    expect(emitted(t)['Table']).to.deep.include({ Type: 'AWS::DynamoDB::GlobalTable', Condition: 'IsPrimary', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect((properties(t, 'Table')['Replicas'] as readonly { readonly DeletionProtectionEnabled: boolean }[]).map(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled)).to.deep.equal([false, false]);
  });

  it('has one key of its own in each region', () => {
    const replicas = properties(tableOf(), 'Table')['Replicas'] as readonly { readonly Region: string; readonly SSESpecification: unknown }[];
    expect(replicas.map(({ Region, SSESpecification }) => [Region, SSESpecification])).to.deep.equal(['us-east-1', 'ap-southeast-1'].map((region) => [region, { KMSMasterKeyId: { Ref: `Key-${region}` } }]));
  });

  it('defines an attribute once, however many keys it is part of, and none that is no key', () => {
    const indexes = [{ name: 'byUser', partitionKey: user, sortKey: start }, { name: 'byStart', partitionKey: start, sortKey: user }];
    expect(properties(tableOf({ indexes }), 'Table')['AttributeDefinitions']).to.deep.equal([
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'user', AttributeType: 'S' },
      { AttributeName: 'start', AttributeType: 'N' },
    ]);
  });

  it('says the end of an item in every index, because items outlive it for a while', () => {
    const [index] = properties(tableOf({ indexes: [{ name: 'byUser', partitionKey: user, sortKey: start }] }), 'Table')['GlobalSecondaryIndexes'] as readonly unknown[];
    expect(index).to.deep.equal({
      IndexName: 'byUser',
      KeySchema: [{ AttributeName: 'user', KeyType: 'HASH' }, { AttributeName: 'start', KeyType: 'RANGE' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['end'] },
    });
    expect(properties(tableOf(), 'Table')['TimeToLiveSpecification']).to.deep.equal({ Enabled: true, AttributeName: 'end' });
  });

  it('tags its replicas, for it takes no tags itself', () => {
    const replicas = properties(tableOf(), 'Table')['Replicas'] as readonly { readonly Tags: readonly { readonly Key: string }[] }[];
    expect(replicas.map(({ Tags }) => Tags.map(({ Key }) => Key))).to.deep.equal(Array(2).fill(['Compliance', 'CostCenter', 'Environment', 'System']));
    expect(properties(tableOf(), 'Table')).not.to.have.property('Tags');
  });

  it('bills by request unless it is told to buy capacity', () => {
    expect(properties(tableOf(), 'Table')).to.include({ BillingMode: 'PAY_PER_REQUEST' }).and.not.have.property('WriteProvisionedThroughputSettings');
  });

  it('scales what it buys: writes together, reads of each replica apart, and its indexes with it', () => {
    const table = properties(tableOf({ capacity: { minimum: 2, maximum: 40, targetPercent: 60 }, indexes: [{ name: 'byUser', partitionKey: user, sortKey: start }] }), 'Table');
    const scaling = { MinCapacity: 2, MaxCapacity: 40, TargetTrackingScalingPolicyConfiguration: { TargetValue: 60 } };
    const [writes, reads] = [{ WriteCapacityAutoScalingSettings: scaling }, { ReadCapacityAutoScalingSettings: scaling }];
    expect(table).to.deep.include({ BillingMode: 'PROVISIONED', WriteProvisionedThroughputSettings: writes });
    expect((table['GlobalSecondaryIndexes'] as readonly Record<string, unknown>[]).map((index) => index['WriteProvisionedThroughputSettings'])).to.deep.equal([writes]);
    for (const of of table['Replicas'] as readonly object[]) expect(of).to.deep.include({ ReadProvisionedThroughputSettings: reads, GlobalSecondaryIndexes: [{ IndexName: 'byUser', ReadProvisionedThroughputSettings: reads }] });
  });

  it('does not scale as auto scaling would refuse', () => {
    const capacity = (changes: object) => () => tableOf({ capacity: { minimum: 5, maximum: 500, targetPercent: 70, ...changes } });
    expect(capacity({ minimum: 0 })).to.throw('Table capacity of 0 to 500 units');
    expect(capacity({ maximum: 4 })).to.throw('Table capacity of 5 to 4 units');
    expect(capacity({ targetPercent: 95 })).to.throw('Table capacity target of 95 %');
  });

  it('refuses to be deleted, in each region, where it is told to', () => {
    const replicas = properties(tableOf({ deletionProtection: true }), 'Table')['Replicas'] as readonly { readonly DeletionProtectionEnabled: boolean }[];
    expect(replicas.map(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled)).to.deep.equal([true, true]);
  });
});
