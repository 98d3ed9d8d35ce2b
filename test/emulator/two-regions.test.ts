import { expect } from 'chai';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
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

  it('replicate what is put into a bucket, until its replication is taken away', async () => {
    const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
    await aws.create({ Resources: { Copy: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'assets-away', ...versioned } } } }, { region: AWAY });
    const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'copies', AssumeRolePolicyDocument: { Statement: [] } } };
    const rule = { Id: 'all', Status: 'Enabled', Priority: 1, Filter: { Prefix: '' }, DeleteMarkerReplication: { Status: 'Enabled' }, Destination: { Bucket: 'arn:aws:s3:::assets-away' } };
    const bucket = (more: object): Template => ({ Resources: { Role: role, Assets: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'assets-home', ...versioned, ...more } } } });
    const replicating = { ReplicationConfiguration: { Role: att('Role', 'Arn'), Rules: [rule] } };
    const stack = await aws.create(bucket(replicating));
    expect(stack.reasons).to.equal('');
    const [home, away] = [aws.s3(), aws.s3(AWAY)];
    const copied = (Key: string) => away.send(new GetObjectCommand({ Bucket: 'assets-away', Key })).then(({ Body }) => Body?.transformToString(), ({ name }: Error) => name);
    await home.send(new PutObjectCommand({ Bucket: 'assets-home', Key: 'index.html', Body: 'hello' }));
    expect(await copied('index.html')).to.equal('hello');
    await aws.update(stack, bucket({}));
    await home.send(new PutObjectCommand({ Bucket: 'assets-home', Key: 'late.html', Body: 'hello' }));
    expect(await copied('late.html')).to.equal('NoSuchKey');
    for (const client of [home, away]) client.destroy();
  });

  it('replicate a secret only under a key of the replica\'s region', async () => {
    await aws.create({ Resources: key('alias/home-only') });
    const stack = await aws.create({ Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'word', ReplicaRegions: [{ Region: AWAY, KmsKeyId: 'alias/home-only' }] } } } });
    expect(stack.reasons).to.contain('The specified KMS key [alias/home-only] does not exist');
  });

  it('follow the primary of a replicated secret, which alone can be written and rotated and takes its replicas with it', async () => {
    const secret: Template = { Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'followed', SecretString: '{"value":"first"}', ReplicaRegions: [{ Region: AWAY }] } } }, Outputs: { Arn: output(ref('Secret')) } };
    const stack = await aws.create(secret);
    const [arn, replica] = [stack.outputs['Arn'] as string, (stack.outputs['Arn'] as string).replace(HOME, AWAY)];
    await aws.json('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId: arn, SecretString: '{"value":"second"}' });
    expect(await aws.json('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId: replica, SecretString: 'other' }, AWAY)).to.contain("You can't perform this operation on a replica secret.");
    const reading: Template = { Resources: { Copy: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: `{{resolve:secretsmanager:${replica}:SecretString:value}}` } } }, Outputs: { Value: output(att('Copy', 'Value')) } };
    expect((await aws.create(reading, { region: AWAY })).outputs['Value']).to.equal('second');
    const rotated = (SecretId: string): Template => ({ Resources: { Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId, RotationLambdaARN: `arn:aws:lambda:${HOME}:111111111111:function:rotate`, RotationRules: { ScheduleExpression: 'rate(30 days)' } } } } });
    expect((await aws.create(rotated(replica), { region: AWAY })).reasons).to.contain("You can't perform this operation on a replica secret.");
    expect((await aws.create(rotated('nowhere'))).reasons).to.contain("Secrets Manager can't find the specified secret.");
    const schedule = await aws.create(rotated(arn));
    expect(schedule.reasons).to.equal('');
    await aws.remove(schedule);
    await aws.remove(stack);
    expect(await aws.json('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: replica }, AWAY)).to.contain('ResourceNotFoundException');
  });

  it('never change a version of a secret, and keep a label on one version', async () => {
    const call = (action: string, parameters: object) => aws.json('secretsmanager', `secretsmanager.${action}`, { SecretId: 'versions', ...parameters });
    const [first, second] = ['a', 'b'].map((letter) => letter.repeat(36));
    await call('CreateSecret', { Name: 'versions', SecretString: 'before' });
    for (const [ClientRequestToken, SecretString] of [[first, 'one'], [first, 'one'], [second, 'two']]) {
      expect(await call('PutSecretValue', { ClientRequestToken, SecretString, VersionStages: ['AWSPENDING'] })).to.contain(ClientRequestToken).and.not.contain('Exception');
    }
    expect(await call('PutSecretValue', { ClientRequestToken: second, SecretString: 'three' })).to.contain('ResourceExistsException');
    expect(await call('GetSecretValue', { VersionStage: 'AWSPENDING' })).to.contain('"two"');
    expect(JSON.parse(await call('DescribeSecret', {}))).to.have.property('VersionIdsToStages').that.deep.includes({ [second as string]: ['AWSPENDING'] });
    expect(await call('DescribeSecret', {})).not.to.contain(first);
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

  it('share the id of a multi-region key', async () => {
    const primary = await aws.create({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: true, KeyPolicy: {} } } }, Outputs: { Id: output(ref('Key')), Arn: output(att('Key', 'Arn')) } });
    const copy = await aws.create({ Resources: { Key: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: primary.outputs['Arn'], KeyPolicy: {} } } }, Outputs: { Id: output(ref('Key')), Arn: output(att('Key', 'Arn')) } }, { region: AWAY });
    expect(copy.outputs).to.deep.equal({ Id: primary.outputs['Id'], Arn: primary.outputs['Arn']?.replace(HOME, AWAY) });
  });
});
