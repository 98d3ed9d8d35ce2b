import { expect } from 'chai';
import { att, AWAY, HOME, output, Rehearsal, ref, type Template } from './rehearsal';

const key = (alias: string): Template['Resources'] => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: alias, TargetKeyId: ref('Key') } },
});
const source = (properties: object = {}): Template => ({
  Resources: { Database: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBInstanceClass: 'db.t3.micro', Engine: 'mysql', EngineVersion: '8.4.5', AllocatedStorage: '20', MasterUsername: 'admin', MasterUserPassword: 'secret-word', BackupRetentionPeriod: 30, ...properties } } },
  Outputs: { Id: output(ref('Database')), Arn: output(att('Database', 'DBInstanceArn')), Address: output(att('Database', 'Endpoint.Address')), Port: output(att('Database', 'Endpoint.Port')) },
});
const replica = (of: string | undefined, properties: object = {}): Template => ({
  Resources: { Replica: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBInstanceClass: 'db.t3.micro', SourceDBInstanceIdentifier: of, ...properties } } },
  Outputs: { Id: output(ref('Replica')), Address: output(att('Replica', 'Endpoint.Address')) },
});

describe('two regions', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  it('share a replicated secret, whose ARN differs in the region only', async () => {
    await aws.create({ Resources: key('alias/replica') }, { region: AWAY });
    const secret = (ReplicaRegions: object[]): Template => ({ Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'shared', SecretString: 'word', ReplicaRegions } } }, Outputs: { Arn: output(ref('Secret')) } });
    const stack = await aws.create(secret([{ Region: AWAY, KmsKeyId: 'alias/replica' }]));
    expect(stack.reasons).to.equal('');
    const arn = (stack.outputs['Arn'] as string).replace(HOME, AWAY);
    const read = () => aws.json('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: arn }, AWAY);
    expect(await read()).to.contain('"SecretString": "word"').and.contain(arn);
    await aws.update(stack, secret([]));
    expect(await read()).to.contain('ResourceNotFoundException');
    await aws.remove(stack);
  });

  it('replicate a secret only under a key of the replica\'s region', async () => {
    await aws.create({ Resources: key('alias/home-only') });
    const stack = await aws.create({ Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'word', ReplicaRegions: [{ Region: AWAY, KmsKeyId: 'alias/home-only' }] } } } });
    expect(stack.reasons).to.contain('The specified KMS key [alias/home-only] does not exist');
  });

  it('hold a read replica that takes its engine from the source', async () => {
    const stack = await aws.create(source());
    const away = await aws.create(replica(stack.outputs['Arn']), { region: AWAY });
    expect(away.reasons).to.equal('');
    const described = await aws.query('rds', 'DescribeDBInstances', { DBInstanceIdentifier: away.outputs['Id'] as string }, AWAY);
    expect(described).to.contain('<Engine>mysql</Engine>').and.contain(`<ReadReplicaSourceDBInstanceIdentifier>${stack.outputs['Arn']}<`);
    expect(away.outputs['Address']).to.contain(AWAY);
    expect((await aws.remove(stack)).status, 'the source may go first').to.equal('DELETE_COMPLETE');
    await aws.remove(away, { region: AWAY });
  });

  const LACKING: [string, object, object, string][] = [
    ['a source without backups', { BackupRetentionPeriod: 0 }, {}, 'Automated backups are not enabled for this database instance.'],
    ['a key in its own region, when the source is encrypted', { StorageEncrypted: true }, {}, 'without a KmsKeyId of the destination region.'],
    ['a key that exists in its own region', { StorageEncrypted: true }, { KmsKeyId: 'alias/nowhere' }, 'The specified KMS key [alias/nowhere] does not exist'],
  ];
  for (const [what, of, properties, reason] of LACKING) {
    it(`refuse a read replica that lacks ${what}`, async () => {
      const stack = await aws.create(source(of));
      const away = await aws.create(replica(stack.outputs['Arn'], properties), { region: AWAY });
      expect(away.reasons).to.contain(reason);
      await aws.remove(stack);
    });
  }

  it('refuse a read replica of a database whose password Secrets Manager keeps', async () => {
    const stack = await aws.create(source({ ManageMasterUserPassword: true, MasterUserPassword: undefined }));
    const { reasons } = await aws.create(replica(stack.outputs['Id']));
    expect(reasons).to.contain("whose master user password is managed in Secrets Manager");
    await aws.remove(stack);
  });

  it('hold one global database with a writer and a reader, which leave it in the other order', async () => {
    const global = await aws.create({ Resources: { Global: { Type: 'AWS::RDS::GlobalCluster', Properties: { GlobalClusterIdentifier: 'worldwide', Engine: 'aurora-postgresql' } } } });
    const member: Template = { Resources: { Cluster: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete', Properties: { DBClusterIdentifier: 'member', Engine: 'aurora-postgresql', GlobalClusterIdentifier: 'worldwide' } } }, Outputs: { Endpoint: output(att('Cluster', 'Endpoint.Address')) } };
    const writer = await aws.create(member);
    const reader = await aws.create(member, { region: AWAY });
    expect(reader.outputs['Endpoint']).to.contain(AWAY);
    const described = await aws.query('rds', 'DescribeGlobalClusters');
    expect(described.match(/<IsWriter>(true|false)<\/IsWriter>/g)).to.deep.equal(['<IsWriter>true</IsWriter>', '<IsWriter>false</IsWriter>']);
    expect((await aws.remove(global)).status).to.equal('DELETE_FAILED');
    expect((await aws.remove(writer)).reasons).to.contain('Cannot remove the writer DB cluster while reader members remain.');
    for (const [stack, region] of [[reader, AWAY], [writer, HOME], [global, HOME]] as const) {
      expect((await aws.remove(stack, { region })).status).to.equal('DELETE_COMPLETE');
    }
  });

  it('hold a table in each replica region of a global table', async () => {
    const stack = await aws.create({
      Resources: {
        Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'everywhere', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], StreamSpecification: { StreamViewType: 'NEW_IMAGE' }, Replicas: [{ Region: HOME }, { Region: AWAY }] } },
      },
    });
    const described = () => aws.json('dynamodb', 'DynamoDB_20120810.DescribeTable', { TableName: 'everywhere' }, AWAY);
    expect(await described()).to.contain('"TableStatus": "ACTIVE"');
    await aws.remove(stack);
    expect(await described()).to.contain('ResourceNotFoundException');
  });

  it('share the id of a multi-region key', async () => {
    const primary = await aws.create({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true, KeyPolicy: {} } } }, Outputs: { Id: output(ref('Key')), Arn: output(att('Key', 'Arn')) } });
    const copy = await aws.create({ Resources: { Key: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: primary.outputs['Arn'], KeyPolicy: {} } } }, Outputs: { Id: output(ref('Key')), Arn: output(att('Key', 'Arn')) } }, { region: AWAY });
    expect(copy.outputs).to.deep.equal({ Id: primary.outputs['Id'], Arn: primary.outputs['Arn']?.replace(HOME, AWAY) });
  });
});
