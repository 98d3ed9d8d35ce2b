import { expect } from 'chai';
import { Fn, stringToken, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { databaseProxy } from '../../../../templates/modules/data/database-proxy';
import { mysqlInstance, type DatabaseHandle, type MysqlInstanceSettings } from '../../../../templates/modules/data/mysql-instance';
import { operated, type MysqlOperation } from '../../../../templates/modules/data/mysql-operation';
import { mysqlParameterGroup } from '../../../../templates/modules/data/mysql-parameter-group';
import { crossRegionReadReplica, readReplica } from '../../../../templates/modules/data/read-replica';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;

const value = (name: string) => stringToken(Fn.Ref(name));
const windows = { backup: '03:00-04:00', maintenance: 'sun:08:00-sun:09:00' };

function operation(t: Builder, changes: Partial<MysqlOperation> = {}): MysqlOperation {
  return {
    instanceClass: 'db.m6g.large',
    allocatedStorage: 20,
    parameterGroup: mysqlParameterGroup(t, 'ParameterGroup', { name: t.resourceName('mysql8-4'), family: 'mysql8.4', generalLog: false }),
    securityGroupId: value('GroupId'),
    keyArn: value('KeyArn'),
    monitoringRoleArn: value('RoleArn'),
    generalLog: false,
    performanceInsights: true,
    deletionProtection: true,
    ...changes,
  };
}

function primary(t: Builder, changes: Partial<MysqlInstanceSettings> = {}): DatabaseHandle {
  const { instance } = mysqlInstance(t, 'Primary', {
    identifier: t.resourceName('mysql-db'),
    engineVersion: '8.4.7',
    databaseName: 'kasha',
    operation: operation(t),
    subnetGroupName: value('SubnetGroup'),
    keyArn: value('KeyArn'),
    multiAz: true,
    administrator: { secretName: t.resourceName('password'), secretArn: value('SecretArn') },
    backupRetentionDays: 30,
    windows,
    finalSnapshot: true,
    after: [],
    ...changes,
  });
  return instance;
}

describe('A MySQL instance', () => {
  it('takes the administrator from a secret of its region, by name, and tells the secret where it stands', () => {
    const t = builderOf();
    primary(t);
    expect(properties(t, 'Primary')['MasterUserPassword']).to.deep.equal({ 'Fn::Sub': '{{resolve:secretsmanager:kasha-password-prod-${EnvironmentSuffix}:SecretString:password}}' });
    expect(properties(t, 'PrimarySecret')).to.deep.equal({ SecretId: { Ref: 'SecretArn' }, TargetId: { Ref: 'Primary' }, TargetType: 'AWS::RDS::DBInstance' });
    expect(properties(t, 'Primary')).not.to.have.property('ManageMasterUserPassword');
  });

  it('is in the first zone without a standby, and wherever RDS puts it with one', () => {
    const [alone, paired] = [builderOf(), builderOf()];
    primary(alone, { multiAz: false });
    primary(paired);
    expect(properties(alone, 'Primary')['AvailabilityZone']).to.deep.equal({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] });
    expect(properties(paired, 'Primary')).not.to.have.property('AvailabilityZone');
  });

  it('keeps its automated backups, and takes a snapshot, only where its data must outlive it', () => {
    const [kept, gone] = [builderOf(), builderOf()];
    primary(kept);
    primary(gone, { finalSnapshot: false });
    expect(emitted(kept)['Primary']).to.include({ DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' });
    expect(properties(kept, 'Primary')['DeleteAutomatedBackups']).to.equal(false);
    expect(emitted(gone)['Primary']).to.include({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });

  for (const instanceClass of ['db.t3.micro', 'db.t3.small', 'db.t4g.small']) {
    it(`refuses Performance Insights on ${instanceClass}, which RDS would refuse too`, () => {
      expect(() => operated(operation(builderOf(), { instanceClass }))).to.throw(`Performance Insights on ${instanceClass}`);
    });
  }

  it('refuses a maintenance window in which it is backed up', () => {
    expect(() => primary(builderOf(), { windows: { ...windows, maintenance: 'sun:03:30-sun:04:30' } })).to.throw(/overlaps the backup window/);
  });
});

describe('A read replica', () => {
  const inherited = ['Engine', 'EngineVersion', 'MasterUsername', 'MasterUserPassword', 'DBName', 'StorageEncrypted'];

  it('in the region of its source stands in the second zone and inherits what RDS takes from the source', () => {
    const t = builderOf();
    const source = primary(t);
    readReplica(t, 'Replica', { identifier: t.resourceName('replica'), operation: operation(builderOf()), source, windows, after: [] });
    expect(properties(t, 'Replica')).to.deep.include({ SourceDBInstanceIdentifier: { Ref: 'Primary' }, AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] } });
    expect(properties(t, 'Replica')).not.to.have.any.keys(...inherited, 'KmsKeyId', 'DBSubnetGroupName', 'BackupRetentionPeriod');
  });

  it('in another region knows its source by name and has key, subnets and backups of its own', () => {
    const t = builderOf();
    crossRegionReadReplica(t, 'Standby', {
      identifier: t.resourceName('replica'),
      operation: operation(t),
      source: { identifier: t.resourceName('mysql-db'), region: 'us-east-1' },
      subnetGroupName: value('SubnetGroup'),
      keyArn: value('KeyArn'),
      multiAz: true,
      backupRetentionDays: 30,
      windows,
      after: [],
    });
    expect(properties(t, 'Standby')).to.deep.include({
      SourceDBInstanceIdentifier: { 'Fn::Sub': 'arn:${AWS::Partition}:rds:us-east-1:${AWS::AccountId}:db:kasha-mysql-db-prod-${EnvironmentSuffix}' },
      SourceRegion: 'us-east-1',
      KmsKeyId: { Ref: 'KeyArn' },
      BackupRetentionPeriod: 30,
      MultiAZ: true,
    });
    expect(properties(t, 'Standby')).not.to.have.any.keys(...inherited);
  });
});

describe('A database proxy', () => {
  const t = builderOf();
  databaseProxy(t, 'Proxy', { name: t.resourceName('proxy'), roleName: t.resourceName('proxy', 'account'), database: primary(t), users: ['backend'], subnetIds: value('SubnetIds'), securityGroupId: value('GroupId') });

  it('speaks TLS only and signs in with IAM tokens, so that it knows no password', () => {
    expect(properties(t, 'Proxy')).to.include({ RequireTLS: true, DefaultAuthScheme: 'IAM_AUTH' });
    expect(properties(t, 'Proxy')).not.to.have.property('Auth');
  });

  it('may sign in to its database as the named users and do nothing else', () => {
    const { Policies } = properties(t, 'ProxyRole') as { Policies: readonly { PolicyDocument: { Statement: unknown } }[] };
    expect(Policies.map(({ PolicyDocument }) => PolicyDocument.Statement)).to.deep.equal([
      [{
        Effect: 'Allow',
        Action: ['rds-db:connect'],
        Resource: [{ 'Fn::Sub': ['arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${Database}/backend', { Database: { 'Fn::GetAtt': ['Primary', 'DbiResourceId'] } }] }],
      }],
    ]);
  });

  it('leaves a tenth of the connections to people and lets nobody wait longer than ten seconds', () => {
    expect(properties(t, 'ProxyTargets')).to.deep.include({ DBInstanceIdentifiers: [{ Ref: 'Primary' }], ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 90, ConnectionBorrowTimeout: 10 } });
  });
});
