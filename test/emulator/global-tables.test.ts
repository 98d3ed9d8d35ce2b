import { expect } from 'chai';
import { att, AWAY, HOME, output, Rehearsal, type Template } from './rehearsal';

describe('the replicas of a global table', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  const table = (name: string, Replicas: readonly object[], more: object = {}): Template => ({
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
          Replicas,
          ...more,
        },
      },
    },
  });
  const call = async (action: string, region: string, parameters: object): Promise<Record<string, any>> => JSON.parse(await aws.json('dynamodb', `DynamoDB_20120810.${action}`, parameters, region)) as Record<string, any>;
  const described = (TableName: string, region: string) => call('DescribeTable', region, { TableName });

  it('take in what is written in the other, and go with the stack', async () => {
    const stack = await aws.create(table('everywhere', [{ Region: HOME }, { Region: AWAY }]));
    expect(stack.reasons).to.equal('');
    expect((await described('everywhere', AWAY))['Table']).to.deep.include({ TableStatus: 'ACTIVE', Replicas: [{ RegionName: HOME, ReplicaStatus: 'ACTIVE' }] });
    await call('PutItem', AWAY, { TableName: 'everywhere', Item: { id: { S: 'written away' } } });
    expect(await call('GetItem', HOME, { TableName: 'everywhere', Key: { id: { S: 'written away' } } })).to.deep.include({ Item: { id: { S: 'written away' } } });
    await aws.remove(stack);
    for (const region of [HOME, AWAY]) expect((await described('everywhere', region))['__type']).to.contain('ResourceNotFoundException');
  });

  it('have keys, backups, protection and tags of their own, and the same end of items', async () => {
    const keys: Record<string, string> = {};
    for (const region of [HOME, AWAY]) {
      const stack = await aws.create({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } } }, Outputs: { Arn: output(att('Key', 'Arn')) } }, { region });
      keys[region] = stack.outputs['Arn'] as string;
    }
    const replica = (Region: string, on: boolean): object => ({
      Region,
      SSESpecification: { KMSMasterKeyId: keys[Region] },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: on },
      DeletionProtectionEnabled: false,
      Tags: [{ Key: 'Region', Value: Region }],
    });
    const both = { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, TimeToLiveSpecification: { Enabled: true, AttributeName: 'end' } };
    const stack = await aws.create(table('apart', [replica(HOME, true), replica(AWAY, false)], both));
    expect(stack.reasons).to.equal('');
    const recovery = async (region: string): Promise<unknown> => (await call('DescribeContinuousBackups', region, { TableName: 'apart' }))['ContinuousBackupsDescription'].PointInTimeRecoveryDescription.PointInTimeRecoveryStatus;
    for (const region of [HOME, AWAY]) {
      const { Table } = await described('apart', region);
      expect(Table.SSEDescription).to.deep.equal({ Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keys[region] });
      expect(await call('ListTagsOfResource', region, { ResourceArn: Table.TableArn })).to.deep.equal({ Tags: [{ Key: 'Region', Value: region }] });
      expect((await call('DescribeTimeToLive', region, { TableName: 'apart' }))['TimeToLiveDescription']).to.deep.equal({ TimeToLiveStatus: 'ENABLED', AttributeName: 'end' });
    }
    expect([await recovery(HOME), await recovery(AWAY)]).to.deep.equal(['ENABLED', 'DISABLED']);
    const updated = await aws.update(stack, table('apart', [replica(HOME, true), replica(AWAY, true)], both));
    expect(updated.reasons).to.equal('');
    expect([await recovery(HOME), await recovery(AWAY)]).to.deep.equal(['ENABLED', 'ENABLED']);
    await aws.remove(stack);
  });

  it('come and go one at a time', async () => {
    const stack = await aws.create(table('grown', [{ Region: HOME }]));
    expect((await aws.update(stack, table('grown', [{ Region: HOME }, { Region: AWAY }]))).reasons).to.equal('');
    expect((await described('grown', AWAY))['Table'].TableStatus).to.equal('ACTIVE');
    const moved = await aws.update(stack, table('grown', [{ Region: HOME }, { Region: 'eu-west-1' }]));
    expect(moved.reasons).to.contain('Only one replica can be added or removed in an update: +eu-west-1, -ap-southeast-1.');
    await aws.update(stack, table('grown', [{ Region: HOME }]));
    expect((await described('grown', AWAY))['__type']).to.contain('ResourceNotFoundException');
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
  });

  it('keep the table when one of them is protected', async () => {
    const stack = await aws.create(table('guarded', [{ Region: HOME }, { Region: AWAY, DeletionProtectionEnabled: true }]));
    const kept = await aws.remove(stack);
    expect(kept.status).to.equal('DELETE_FAILED');
    expect(kept.reasons).to.contain('disable deletion protection');
    expect((await described('guarded', HOME))['Table'].TableStatus).to.equal('ACTIVE');
  });

  it('gain an index in all regions', async () => {
    const stack = await aws.create(table('indexed', [{ Region: HOME }, { Region: AWAY }]));
    const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'user', AttributeType: 'S' }];
    const GlobalSecondaryIndexes = [{ IndexName: 'byUser', KeySchema: [{ AttributeName: 'user', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }];
    expect((await aws.update(stack, table('indexed', [{ Region: HOME }, { Region: AWAY }], { AttributeDefinitions, GlobalSecondaryIndexes }))).reasons).to.equal('');
    for (const region of [HOME, AWAY]) expect((await described('indexed', region))['Table'].GlobalSecondaryIndexes.map(({ IndexName }: { IndexName: string }) => IndexName)).to.deep.equal(['byUser']);
    await aws.remove(stack);
  });
});
