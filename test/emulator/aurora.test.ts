import { expect } from 'chai';
import { LocalAwsControl } from '../../src/local-aws';
import { att, AWAY, HOME, type Outcome, output, Rehearsal, ref, type Template } from './rehearsal';

const ENGINE = { Engine: 'aurora-postgresql', EngineVersion: '16.11' };
const CREDENTIALS = { MasterUsername: 'portal', MasterUserPassword: 'only-in-this-test' };

const world: Template = { Resources: { Global: { Type: 'AWS::RDS::GlobalCluster', Properties: { GlobalClusterIdentifier: 'world', StorageEncrypted: true, ...ENGINE } } } };
const instance = (properties: object = {}) => ({
  Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Delete', Properties: { DBClusterIdentifier: ref('Cluster'), DBInstanceClass: 'db.serverless', Engine: ENGINE.Engine, ...properties },
});

/** A cluster with two instances that joins the global database, and what it needs in its region. */
const member = (properties: object, instances: Template['Resources'] = { One: instance({ DBInstanceIdentifier: 'aurora-1', PromotionTier: 1 }), Two: instance({ DBInstanceIdentifier: 'aurora-2', PromotionTier: 0 }) }): Template => ({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' } },
    Group: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupDescription: 'x', SubnetIds: [ref('A')] } },
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
    Settings: { Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Description: 'x', Family: 'aurora-postgresql16', Parameters: { 'rds.force_ssl': '1' } } },
    Cluster: {
      Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete',
      Properties: {
        DBClusterIdentifier: { 'Fn::Sub': 'aurora-${AWS::Region}' }, GlobalClusterIdentifier: 'world', ...ENGINE, StorageEncrypted: true, KmsKeyId: att('Key', 'Arn'), DBSubnetGroupName: ref('Group'), BackupRetentionPeriod: 35,
        DBClusterParameterGroupName: ref('Settings'), ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 }, EnableCloudwatchLogsExports: ['postgresql'], ...properties,
      },
    },
    ...instances,
  },
  Outputs: { Writer: output(att('Cluster', 'Endpoint.Address')), Reader: output(att('Cluster', 'ReadEndpoint.Address')), Arn: output(att('Cluster', 'DBClusterArn')) },
});

describe('an Aurora global database', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  afterEach(() => new LocalAwsControl(aws.local.endpoint).reset());
  after(() => aws.close());

  const clusters = (region: string) => aws.query('rds', 'DescribeDBClusters', {}, region);
  const globals = (region: string) => aws.query('rds', 'DescribeGlobalClusters', {}, region);
  const writers = async (region: string) => [...(await clusters(region)).matchAll(/<DBInstanceIdentifier>(.*?)<\/DBInstanceIdentifier>\s*<IsClusterWriter>true/g)].map(([, name]) => name);
  const writerRegion = async (region: string) => {
    const writer = (await globals(region)).split('</GlobalClusterMember>').find((one) => one.includes('<IsWriter>true'));
    return /<DBClusterArn>arn:aws:rds:([^:]+):/.exec(writer ?? '')?.[1];
  };

  /** A global database with both members. */
  const stand = async (): Promise<{ global: Outcome; primary: Outcome; secondary: Outcome }> => {
    const global = await aws.create(world);
    const primary = await aws.create(member(CREDENTIALS));
    expect(primary.reasons).to.equal('');
    const secondary = await aws.create(member({}), { region: AWAY });
    expect(secondary.reasons).to.equal('');
    return { global, primary, secondary };
  };
  const fall = async ({ global, primary, secondary }: { global: Outcome; primary: Outcome; secondary: Outcome }) => {
    for (const [stack, region] of [[secondary, AWAY], [primary, HOME], [global, HOME]] as const) {
      const { status, reasons } = await aws.remove(stack, { region });
      expect(status, reasons).to.equal('DELETE_COMPLETE');
    }
  };

  it('has one writer, in the primary region, and shows the same members in both', async () => {
    const stacks = await stand();
    expect([await writerRegion(HOME), await writerRegion(AWAY)]).to.deep.equal([HOME, HOME]);
    expect([await writers(HOME), await writers(AWAY)]).to.deep.equal([['aurora-1'], []]);
    expect(stacks.primary.outputs['Writer']).to.match(/^aurora-us-east-1\.cluster-\w+\.us-east-1\.rds\.amazonaws\.com$/);
    expect(stacks.secondary.outputs['Reader']).to.match(/^aurora-ap-southeast-1\.cluster-ro-\w+\.ap-southeast-1\.rds\.amazonaws\.com$/);
    await fall(stacks);
  });

  for (const [what, action, parameters] of [
    ['a switchover', 'SwitchoverGlobalCluster', {}],
    ['a failover', 'FailoverGlobalCluster', { AllowDataLoss: 'true' }],
  ] as const) {
    it(`writes in the other region after ${what}, and loses its members in that order`, async () => {
      const stacks = await stand();
      await aws.query('rds', action, { GlobalClusterIdentifier: 'world', TargetDbClusterIdentifier: stacks.secondary.outputs['Arn'] as string, ...parameters }, AWAY);
      expect([await writerRegion(HOME), await writerRegion(AWAY)]).to.deep.equal([AWAY, AWAY]);
      expect([await writers(HOME), await writers(AWAY)], 'the instance of the lowest promotion tier').to.deep.equal([[], ['aurora-2']]);
      await aws.query('rds', 'SwitchoverGlobalCluster', { GlobalClusterIdentifier: 'world', TargetDbClusterIdentifier: stacks.primary.outputs['Arn'] as string });
      expect([await writers(HOME), await writers(AWAY)]).to.deep.equal([['aurora-2'], []]);
      await fall(stacks);
    });
  }

  it('keeps its primary cluster while it has another, and itself while it has any', async () => {
    const stacks = await stand();
    const global = await aws.remove(stacks.global);
    expect(global.reasons).to.contain('Global cluster still has member clusters.');
    const primary = await aws.remove(stacks.primary);
    expect(primary.reasons).to.contain('Cannot remove the writer DB cluster while reader members remain.');
    await fall({ ...stacks, global, primary });
    expect(await globals(HOME)).not.to.contain('world');
  });

  it('lets a member go that is taken out of it, with a writer of its own', async () => {
    const stacks = await stand();
    await aws.update(stacks.secondary, member({ GlobalClusterIdentifier: undefined }), { region: AWAY });
    expect(await globals(HOME)).not.to.contain(`rds:${AWAY}`);
    expect(await writers(AWAY)).to.deep.equal(['aurora-2']);
    await fall(stacks);
  });

  it('shows changes of capacity, backups, exported logs and parameter group', async () => {
    await aws.create(world);
    const primary = await aws.create(member(CREDENTIALS));
    expect(await clusters(HOME)).to.match(/<EnabledCloudwatchLogsExports><member>postgresql<\/member><\/EnabledCloudwatchLogsExports>/).and.match(/<MaxCapacity>8(\.0)?</);
    const changes = { ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 16 }, BackupRetentionPeriod: 7, EnableCloudwatchLogsExports: ['postgresql', 'instance'], DBClusterParameterGroupName: 'default.aurora-postgresql16' };
    expect((await aws.update(primary, member({ ...CREDENTIALS, ...changes }))).reasons).to.equal('');
    const described = await clusters(HOME);
    for (const shown of [/<MaxCapacity>16(\.0)?</, /<BackupRetentionPeriod>7</, /<member>instance<\/member>/, /<DBClusterParameterGroup>default\.aurora-postgresql16</]) expect(described).to.match(shown);
  });

  it('takes a minor version for its members, the second region first, and not for itself', async () => {
    const stacks = await stand();
    const newer = { EngineVersion: '16.13' };
    const whole = { Resources: { Global: { ...world.Resources['Global']!, Properties: { ...world.Resources['Global']!.Properties, ...newer } } } } as Template;
    const refused = await aws.update(stacks.global, whole);
    expect(refused.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(refused.reasons).to.contain("Minor engine version 16.13 can't be set on global cluster world");
    for (const [stack, properties, region] of [[stacks.secondary, {}, AWAY], [stacks.primary, CREDENTIALS, HOME]] as const) {
      expect((await aws.update(stack, member({ ...properties, ...newer }), { region })).reasons).to.equal('');
      expect(await clusters(region)).to.contain('<EngineVersion>16.13<');
    }
    await fall(stacks);
  });

  it('replaces a cluster without a name of its own for which another database is wanted, and deletes the old one after that', async () => {
    const alone = (DatabaseName: string): Template => ({ Resources: { Cluster: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { ...ENGINE, ...CREDENTIALS, DatabaseName } } }, Outputs: { Id: output(ref('Cluster')) } });
    const stack = await aws.create(alone('before'));
    const replaced = await aws.update(stack, alone('after'));
    expect(replaced.status, replaced.reasons).to.equal('UPDATE_COMPLETE');
    expect(replaced.outputs['Id']).not.to.equal(stack.outputs['Id']);
    const described = await clusters(HOME);
    expect(described).to.contain('<DatabaseName>after<').and.not.contain('<DatabaseName>before<');
    await aws.remove(replaced);
    expect(await clusters(HOME)).not.to.contain('<DatabaseName>');
  });

  it('gives its instances the version, key, subnets and backups of their cluster, in one zone after the other', async () => {
    await stand();
    const described = await aws.query('rds', 'DescribeDBInstances', {}, AWAY);
    const all = (element: string) => [...described.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'g'))].map(([, value]) => value);
    expect(all('EngineVersion')).to.deep.equal(['16.11', '16.11']);
    expect(all('StorageEncrypted')).to.deep.equal(['true', 'true']);
    expect(all('BackupRetentionPeriod')).to.deep.equal(['35', '35']);
    expect(all('KmsKeyId').every((key) => key?.startsWith(`arn:aws:kms:${AWAY}:`))).to.equal(true);
    expect(all('AvailabilityZone').slice(0, 1)).not.to.deep.equal(all('AvailabilityZone').slice(-1));
  });

  it('has instances of a class of its own, and scales the readers of the cluster that writes, not of the other', async () => {
    const provisioned = (count: number): Template['Resources'] => Object.fromEntries(Array.from({ length: count }, (_, index) => [`Instance${index + 1}`, instance({ DBInstanceIdentifier: `aurora-${index + 1}`, DBInstanceClass: 'db.r7g.large', PromotionTier: index })]));
    const Target = { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ServiceNamespace: 'rds', ScalableDimension: 'rds:cluster:ReadReplicaCount', ResourceId: { 'Fn::Join': [':', ['cluster', ref('Cluster')]] }, MinCapacity: 1, MaxCapacity: 5 } };
    const sized = { ServerlessV2ScalingConfiguration: undefined };
    const global = await aws.create(world);
    const primary = await aws.create(member({ ...CREDENTIALS, ...sized }, { ...provisioned(2), Target }));
    expect(primary.reasons).to.equal('');
    expect(await aws.query('rds', 'DescribeDBInstances')).to.match(/<DBInstanceClass>db\.r7g\.large</);
    const scaled = await aws.create(member(sized, { ...provisioned(1), Target }), { region: AWAY });
    expect(scaled.reasons).to.contain("Aurora Auto Scaling isn't supported for secondary DB clusters of a global database: cluster:aurora-ap-southeast-1");
    const secondary = await aws.create(member(sized, provisioned(1)), { region: AWAY });
    expect(secondary.reasons).to.equal('');
    await fall({ global, primary, secondary });
  });

  it('leaves a last snapshot of a cluster whose policy says so', async () => {
    const kept: Template = { Resources: { Cluster: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Snapshot', Properties: { DBClusterIdentifier: 'kept', ...ENGINE, ...CREDENTIALS } } } };
    const stack = await aws.create(kept);
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
    expect(await clusters(HOME)).not.to.contain('<DBClusterIdentifier>kept<');
    expect(await aws.query('rds', 'DescribeDBClusterSnapshots')).to.contain('<DBClusterIdentifier>kept<');
  });

  /** What a cluster brings that a global database doesn't take, and RDS's words; `primary` says whether another one stands before. */
  const REFUSED: [what: string, primary: boolean, properties: object, reason: string, instances?: Template['Resources']][] = [
    ['brings no user before there is a primary one', false, {}, 'The parameter MasterUsername must be provided and must not be blank.'],
    ['brings a user but no password before there is a primary one', false, { MasterUsername: 'portal' }, 'The parameter MasterUserPassword must be provided and must not be blank.'],
    ['leaves its password to RDS', false, { MasterUsername: 'portal', ManageMasterUserPassword: true }, "ManageMasterUserPassword isn't supported for Aurora global databases."],
    ['is not encrypted as the others are', false, { ...CREDENTIALS, StorageEncrypted: false, KmsKeyId: undefined }, 'Value for storageEncrypted should match setting for global cluster world'],
    ['brings a user', true, { MasterUsername: 'portal' }, 'Cannot specify user name for cross region replication cluster'],
    ['brings a database', true, { DatabaseName: 'portal' }, 'Cannot specify database name for cross region replication cluster'],
    ['has the name of the other one', true, { DBClusterIdentifier: `Aurora-${HOME}` }, `Global cluster world already has a member with the identifier Aurora-${HOME}`],
    ['names no key of its region', true, { KmsKeyId: undefined }, 'is encrypted; a KmsKeyId of the destination region has to be specified'],
    ['names a key of the other region', true, { KmsKeyId: `arn:aws:kms:${HOME}:111111111111:key/x` }, 'does not exist'],
    ['has another version', true, { EngineVersion: '15.15' }, 'Value for engineVersion should match setting for global cluster world'],
    ['has another engine', true, { Engine: 'aurora-mysql', EngineVersion: '8.0.mysql_aurora.3.10.1', DBClusterParameterGroupName: undefined }, 'Value for engine should match setting for global cluster world', {}],
    ['stands in a missing subnet group', true, { DBSubnetGroupName: 'nowhere' }, "DB subnet group 'nowhere' does not exist."],
    ['has a missing parameter group', true, { DBClusterParameterGroupName: 'nowhere' }, 'DBClusterParameterGroup not found: nowhere'],
    ['has serverless instances without a capacity', true, { ServerlessV2ScalingConfiguration: undefined }, 'Set the Serverless v2 scaling configuration on the parent DB cluster'],
    ['has instances of another engine', true, {}, "The engine name requested for your DB instance (aurora-mysql) doesn't match the engine name of your DB cluster (aurora-postgresql).", { One: instance({ Engine: 'aurora-mysql' }) }],
  ];
  for (const [what, primary, properties, reason, instances] of REFUSED) {
    it(`refuses a ${primary ? 'secondary' : 'first'} cluster that ${what}`, async () => {
      const global = await aws.create(world);
      const writer = primary ? await aws.create(member(CREDENTIALS)) : undefined;
      const refused = await aws.create(member(properties, instances), { region: AWAY });
      expect(refused.status).to.equal('ROLLBACK_COMPLETE');
      expect(refused.reasons).to.contain(reason);
      if (writer) await aws.remove(writer);
      expect((await aws.remove(global)).status, 'nothing joined').to.equal('DELETE_COMPLETE');
    });
  }

  it('refuses a secondary cluster while the primary one has no instance', async () => {
    await aws.create(world);
    await aws.create(member(CREDENTIALS, {}));
    expect((await aws.create(member({}), { region: AWAY })).reasons).to.match(/Source cluster: arn:aws:rds:us-east-1:\d+:cluster:aurora-us-east-1 is in a state which is not valid for physical replication/);
  });
});
