import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { explain, resolveInstance, type ResolvedStack, type Template } from '../../../src/resolve';
import { data } from '../../../templates/systems/kasha/data';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { maskedCardData } from './card-data';
import { contextOf, emitted, ofType } from './built';
import { account, dataIn } from './data-stack';

const primary = dataIn('us-east-1');
const secondary = dataIn('ap-southeast-1');
const develop = dataIn('us-east-1', 'develop');

const instances = (stack: ResolvedStack) => ofType(stack, 'AWS::RDS::DBInstance');
const writer = instances(primary)['Primary'];
const replica = instances(primary)['ReadReplica'];
const standby = instances(secondary)['StandbyReplica'];
const small = ['Primary', 'ReadReplica'].map((id) => instances(develop)[id]);
const databaseLogs = (stack: ResolvedStack) => chosen(Object.values(ofType(stack, 'AWS::Logs::LogGroup')), ({ LogGroupName }) => LogGroupName.startsWith('/aws/rds/'));
const policies = (stack: ResolvedStack, id: string) => [stack.resources.get(id)?.deletionPolicy, stack.resources.get(id)?.updateReplacePolicy];

describe('Kasha’s database', () => {
  requirement('KSH-10', 'is in isolated subnets, with no address that the internet could reach', () => {
    for (const stack of [primary, secondary]) {
      expect(ofType(stack, 'AWS::RDS::DBSubnetGroup')['SubnetGroup'].SubnetIds).to.deep.equal(['subnet-a', 'subnet-b']);
    }
    for (const instance of [writer, replica, standby]) expect(instance).to.deep.include({ PubliclyAccessible: false, VPCSecurityGroups: ['sg-database'] });
  });

  requirement('KSH-52', 'pools connections behind a proxy in production, which fronts the instance that writes', () => {
    const [proxy, ...others] = Object.values(ofType(primary, 'AWS::RDS::DBProxy'));
    expect(others).to.deep.equal([]);
    expect(proxy).to.deep.include({ RequireTLS: true, DefaultAuthScheme: 'IAM_AUTH', VpcSubnetIds: ['subnet-a', 'subnet-b'], VpcSecurityGroupIds: ['sg-proxy'] });
    const { DBInstanceIdentifiers } = ofType(primary, 'AWS::RDS::DBProxyTargetGroup')['ProxyTargets'];
    expect(DBInstanceIdentifiers.map(explain)).to.match(/^id of AWS::RDS::DBInstance Primary /);
    expect(explain(primary.outputs.get('ApplicationEndpoint')?.value ?? '')).to.match(/^Endpoint of AWS::RDS::DBProxy Proxy /);
    expect(ofType(develop, 'AWS::RDS::DBProxy')).to.deep.equal({});
  });

  requirement('KSH-53 KSH-54', 'runs MySQL of a version that RDS still creates, under the parameters of that version', () => {
    expect(writer).to.include({ Engine: 'mysql', EngineVersion: '8.4.7' });
    for (const stack of [primary, secondary]) expect(ofType(stack, 'AWS::RDS::DBParameterGroup')['ParameterGroup'].Family).to.equal('mysql8.4');
  });

  requirement('KSH-55 KSH-56', 'has a standby in another zone in production, to which RDS fails over by itself', () => {
    expect(writer.MultiAZ).to.equal(true);
    expect(writer).not.to.have.property('AvailabilityZone');
    expect(standby.MultiAZ).to.equal(true);
  });

  requirement('KSH-57', 'has a read replica pinned to another zone than a source without standby', () => {
    expect(explain(replica.SourceDBInstanceIdentifier)).to.match(/^id of AWS::RDS::DBInstance Primary /);
    expect([instances(develop)['Primary'].AvailabilityZone, instances(develop)['ReadReplica'].AvailabilityZone]).to.deep.equal(['us-east-1a', 'us-east-1b']);
    expect(replica.AvailabilityZone).to.equal('us-east-1b');
  });

  requirement('KSH-58', 'is as small as asked for in develop and does not burst in production', () => {
    for (const instance of small) expect(instance.DBInstanceClass).to.equal('db.t3.micro');
    for (const instance of [writer, replica, standby]) expect(instance.DBInstanceClass).to.equal('db.m6g.large');
  });

  requirement('KSH-59 KSH-138', 'has 20 GiB of gp3 for each instance, 40 in the primary region', () => {
    for (const instance of [writer, replica, standby]) expect(instance).to.include({ StorageType: 'gp3', AllocatedStorage: '20' });
    expect(Object.keys(instances(primary))).to.deep.equal(['Primary', 'ReadReplica']);
  });

  requirement('KSH-60 KSH-61 KSH-62', 'is backed up from 03:00 to 04:00 UTC and can go back to any moment of thirty days', () => {
    for (const instance of [writer, standby]) expect(instance).to.include({ BackupRetentionPeriod: 30, PreferredBackupWindow: '03:00-04:00' });
  });

  requirement('KSH-63 KSH-64', 'takes a final snapshot of what production writes, and none of a copy or in develop', () => {
    expect(policies(primary, 'Primary')).to.deep.equal(['Snapshot', 'Snapshot']);
    expect(writer).to.include({ DeletionProtection: true, DeleteAutomatedBackups: false });
    expect(policies(primary, 'ReadReplica')).to.deep.equal(['Delete', 'Delete']);
    expect(policies(develop, 'Primary')).to.deep.equal(['Delete', 'Delete']);
    expect(instances(develop)['Primary']).to.include({ DeletionProtection: false, DeleteAutomatedBackups: true });
  });

  requirement('KSH-67', 'keeps the automated backups and a read replica in the secondary region too, and nothing that writes', () => {
    expect(writer).to.include({ AutomaticBackupReplicationRegion: 'ap-southeast-1', AutomaticBackupReplicationKmsKeyId: `arn:aws:kms:ap-southeast-1:${account}:key/database`, AutomaticBackupReplicationRetentionPeriod: 30 });
    expect(Object.keys(instances(secondary))).to.deep.equal(['StandbyReplica']);
    expect(standby).to.include({ SourceDBInstanceIdentifier: `arn:aws:rds:us-east-1:${account}:db:kasha-mysql-db-prod-main`, SourceRegion: 'us-east-1' });
    expect(standby).not.to.have.any.keys('MasterUsername', 'MasterUserPassword', 'EngineVersion', 'DBName');
  });

  requirement('KSH-68 KSH-69', 'encrypts storage under the region’s own key, which the in-region replica and all snapshots share', () => {
    expect(writer).to.include({ StorageEncrypted: true, KmsKeyId: `arn:aws:kms:us-east-1:${account}:key/database` });
    expect(replica).not.to.have.property('KmsKeyId');
    expect(standby.KmsKeyId).to.equal(`arn:aws:kms:ap-southeast-1:${account}:key/database`);
    for (const instance of [writer, replica, standby]) expect(instance.CopyTagsToSnapshot).to.equal(true);
  });

  requirement('KSH-70 KSH-72', 'exports error and slow-query log, and the general log outside production only', () => {
    for (const instance of [writer, replica, standby]) expect(instance.EnableCloudwatchLogsExports).to.deep.equal(['error', 'slowquery']);
    for (const instance of small) expect(instance.EnableCloudwatchLogsExports).to.deep.equal(['error', 'general', 'slowquery']);
    expect(ofType(primary, 'AWS::RDS::DBParameterGroup')['ParameterGroup'].Parameters.general_log).to.equal('0');
    expect(ofType(develop, 'AWS::RDS::DBParameterGroup')['ParameterGroup'].Parameters.general_log).to.equal('1');
  });

  requirement('KSH-71 KSH-75', 'logs statements from two seconds on to files, and refuses connections without TLS', () => {
    for (const stack of [primary, secondary, develop]) {
      expect(ofType(stack, 'AWS::RDS::DBParameterGroup')['ParameterGroup'].Parameters).to.include({ slow_query_log: '1', long_query_time: '2', log_output: 'FILE', require_secure_transport: '1', tls_version: 'TLSv1.2,TLSv1.3' });
    }
    for (const { DBParameterGroupName } of [writer, replica, standby, ...small]) expect(explain(DBParameterGroupName)).to.match(/^id of AWS::RDS::DBParameterGroup ParameterGroup /);
  });

  requirement('KSH-73 KSH-113', 'keeps Performance Insights, whose load the anomaly alarm watches, for seven days where the class has it', () => {
    for (const instance of [writer, replica, standby]) expect(instance).to.include({ EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 7 });
    for (const instance of small) expect(instance).not.to.have.property('EnablePerformanceInsights');
  });

  requirement('KSH-74', 'measures the operating system each minute through a role for this account’s instances only', () => {
    for (const instance of [writer, replica, standby]) {
      expect(instance.MonitoringInterval).to.equal(60);
      expect(explain(instance.MonitoringRoleArn)).to.match(/^Arn of AWS::IAM::Role MonitoringRole /);
    }
    const { RoleName, AssumeRolePolicyDocument } = ofType(secondary, 'AWS::IAM::Role')['MonitoringRole'];
    expect(RoleName).to.equal('kasha-rds-monitoring-prod-main-ap-southeast-1');
    expect(AssumeRolePolicyDocument.Statement[0]).to.deep.include({
      Principal: { Service: 'monitoring.rds.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:aws:rds:ap-southeast-1:${account}:db:*` } },
    });
  });

  requirement('KSH-77 KSH-120', 'lets users sign in with IAM tokens, and the proxy as the backend’s user only', () => {
    for (const instance of [writer, replica, standby]) expect(instance.EnableIAMDatabaseAuthentication).to.equal(true);
    const [statement, ...others] = ofType(primary, 'AWS::IAM::Role')['ProxyRole'].Policies[0].PolicyDocument.Statement;
    expect(others).to.deep.equal([]);
    expect(statement.Action).to.deep.equal(['rds-db:connect']);
    expect(explain(statement.Resource)).to.contain('DbiResourceId of AWS::RDS::DBInstance Primary');
  });

  requirement('KSH-78', 'patches minor versions in a weekly window, replicas before their source', () => {
    expect([writer, replica, standby].map(({ PreferredMaintenanceWindow }) => PreferredMaintenanceWindow)).to.deep.equal(['sun:08:00-sun:09:00', 'sun:06:00-sun:07:00', 'sun:06:00-sun:07:00']);
    for (const instance of [writer, replica, standby]) expect(instance.AutoMinorVersionUpgrade).to.equal(true);
  });

  requirement('KSH-79', 'has a replica in the secondary that can be promoted: with backups, its own parameters and subnets', () => {
    expect(standby.BackupRetentionPeriod).to.equal(30);
    expect(explain(standby.DBSubnetGroupName)).to.match(/^id of AWS::RDS::DBSubnetGroup SubnetGroup /);
    expect(standby.VPCSecurityGroups).to.deep.equal(['sg-database']);
  });

  requirement('KSH-80', 'names the instances as the owner does', () => {
    expect([writer, replica, standby].map(({ DBInstanceIdentifier }) => DBInstanceIdentifier)).to.deep.equal(['kasha-mysql-db-prod-main', 'kasha-mysql-read-replica-prod-main', 'kasha-mysql-read-replica-prod-main']);
  });

  requirement('KSH-81', 'reads the administrator’s name and password from the secret while it deploys, and tells the secret where the database is', () => {
    expect(writer).to.include({
      MasterUsername: '{{resolve:secretsmanager:kasha/rds/mysql/admin-password-prod-main:SecretString:username}}',
      MasterUserPassword: '{{resolve:secretsmanager:kasha/rds/mysql/admin-password-prod-main:SecretString:password}}',
    });
    const { SecretId, TargetId } = ofType(primary, 'AWS::SecretsManager::SecretTargetAttachment')['PrimarySecret'];
    expect(SecretId).to.match(/:us-east-1:.*admin-password-prod-main-AbCdEf$/);
    expect(explain(TargetId)).to.match(/^id of AWS::RDS::DBInstance Primary /);
  });

  requirement('KSH-83', 'puts the way to the database into a second secret, without the password', () => {
    const { Name, SecretString, ReplicaRegions } = ofType(primary, 'AWS::SecretsManager::Secret')['ConnectionSecret'];
    expect(Name).to.equal('kasha/rds/mysql/connection-prod-main');
    expect(explain(SecretString)).to.contain('Endpoint of AWS::RDS::DBProxy Proxy').and.to.contain('Endpoint.Address of AWS::RDS::DBInstance ReadReplica');
    expect(textsIn(emitted(data).Resources?.['ConnectionSecret'] ?? {}, /password}|resolve:/g)).to.deep.equal([]);
    expect(ReplicaRegions).to.deep.equal([{ Region: 'ap-southeast-1', KmsKeyId: 'alias/kasha-default-prod-main' }]);
  });

  requirement('KSH-86', 'refuses the connection secret to identities of other accounts', () => {
    const { ResourcePolicy, BlockPublicPolicy } = ofType(primary, 'AWS::SecretsManager::ResourcePolicy')['ConnectionSecretPolicy'];
    expect(BlockPublicPolicy).to.equal(true);
    expect(ResourcePolicy.Statement[0]).to.deep.include({ Effect: 'Deny', Principal: '*', Action: ['secretsmanager:*'] });
  });

  requirement('KSH-87', 'changes the administrator’s password every 90 days, in the primary region, once the secret knows its database', () => {
    const { SecretId, RotationRules } = ofType(primary, 'AWS::SecretsManager::RotationSchedule')['RotatePasswordSchedule'];
    expect(SecretId).to.match(/:us-east-1:.*admin-password-prod-main-AbCdEf$/);
    expect(RotationRules).to.deep.equal({ AutomaticallyAfterDays: 90 });
    expect(primary.resources.get('RotatePasswordSchedule')?.dependsOn).to.deep.equal(['PrimarySecret', 'RotatePasswordPermission']);
    const { CodeUri, VpcConfig } = ofType(primary, 'AWS::Serverless::Function')['RotatePassword'];
    expect(CodeUri).to.equal('function:rotate-mysql-password');
    expect(VpcConfig).to.deep.equal({ SubnetIds: ['subnet-c', 'subnet-d'], SecurityGroupIds: ['sg-rotation'] });
    expect(ofType(secondary, 'AWS::Serverless::Function')).to.deep.equal({});
  });

  it('declares no secret, attachment or rotation in the secondary, whose replicas AWS keeps', () => {
    for (const type of ['Secret', 'ResourcePolicy', 'RotationSchedule', 'SecretTargetAttachment']) expect(ofType(secondary, `AWS::SecretsManager::${type}`)).to.deep.equal({});
    expect(secondary.outputs.get('DatabaseSecretArn')?.value).to.equal(`arn:aws:secretsmanager:ap-southeast-1:${account}:secret:kasha/rds/mysql/admin-password-prod-main-AbCdEf`);
    expect(secondary.outputs.get('ConnectionSecretArn')?.value).to.equal('kasha/rds/mysql/connection-prod-main');
  });

  requirement('KSH-110', 'makes the log groups before their instance, for seven days and under the region’s key', () => {
    const expected = {
      'us-east-1': { stack: primary, instance: { Primary: 'kasha-mysql-db-prod-main', ReadReplica: 'kasha-mysql-read-replica-prod-main' } },
      'ap-southeast-1': { stack: secondary, instance: { StandbyReplica: 'kasha-mysql-read-replica-prod-main' } },
    };
    for (const [region, { stack, instance }] of Object.entries(expected)) {
      const groups = ofType(stack, 'AWS::Logs::LogGroup');
      for (const [id, identifier] of Object.entries(instance)) {
        const before = stack.resources.get(id)?.dependsOn ?? [];
        expect(before.map((log) => groups[log].LogGroupName).sort()).to.deep.equal(['error', 'general', 'slowquery'].map((log) => `/aws/rds/instance/${identifier}/${log}`));
      }
      const logs = databaseLogs(stack);
      expect(logs).to.have.length(3 * Object.keys(instance).length);
      for (const group of logs) expect(group).to.include({ RetentionInDays: 7, KmsKeyId: `arn:aws:kms:${region}:${account}:key/default` });
    }
  });

  requirement('KSH-116', 'masks card data in the database’s logs', () => {
    const logs = ofType(primary, 'AWS::Logs::LogGroup');
    const ids = ['Primary', 'ReadReplica'].flatMap((instance) => ['Error', 'General', 'SlowQuery'].map((log) => `${instance}${log}Log`));
    for (const id of ids) expect(logs[id].DataProtectionPolicy.Statement[1], id).to.deep.equal(maskedCardData);
  });
});

describe('Kasha’s data outputs', () => {
  const fromPrimary = {
    DatabaseEndpointAndPort: ['DBInstance Primary', 'Endpoint.Port'],
    ReplicaEndpointAndPort: ['DBInstance ReadReplica', 'Endpoint.Port'],
    DatabaseIdentifier: ['DBInstance Primary'],
    ReplicaIdentifier: ['DBInstance ReadReplica'],
    DatabaseResourceId: ['DBProxyArn of AWS::RDS::DBProxy Proxy'],
    ConnectionSecretArn: ['Secret ConnectionSecret'],
  };

  requirement('KSH-141', 'name the database, the replica and the secrets in the primary region', () => {
    for (const [output, parts] of Object.entries(fromPrimary)) for (const part of parts) expect(explain(primary.outputs.get(output)?.value ?? ''), output).to.contain(part);
    expect(primary.outputs.get('DatabaseSecretArn')?.value).to.match(/:us-east-1:.*-AbCdEf$/);
  });

  requirement('KSH-141', 'name the standby in the secondary region, whatever is asked for', () => {
    for (const output of ['ApplicationEndpoint', 'DatabaseEndpointAndPort', 'ReplicaEndpointAndPort', 'DatabaseIdentifier', 'ReplicaIdentifier', 'DatabaseResourceId']) {
      expect(explain(secondary.outputs.get(output)?.value ?? ''), output).to.contain('DBInstance StandbyReplica');
    }
  });

  it('say that there is no database in a secondary region that has no replica', () => {
    const context = contextOf('production');
    const alone = { ...context, settings: { ...context.settings, database: { ...context.settings.database, crossRegionReplica: false } } };
    const root = JSON.parse(render(data.build(alone).template)) as Template;
    const { outputs, resources } = resolveInstance({ root, region: 'ap-southeast-1', accountId: account, parameters: { DatabaseSecretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:x' } }).root;
    expect([...resources.values()].filter(({ type, logicalId }) => type === 'AWS::RDS::DBInstance' || logicalId.endsWith('SlowQueryLog'))).to.deep.equal([]);
    for (const output of ['ApplicationEndpoint', 'DatabaseIdentifier', 'ReplicaIdentifier', 'DatabaseResourceId']) expect(outputs.get(output)?.value, output).to.equal('none');
  });

  it('name what the backend signs in to: the proxy where there is one, else the instance', () => {
    expect(explain(develop.outputs.get('ApplicationEndpoint')?.value ?? '')).to.match(/^Endpoint.Address of AWS::RDS::DBInstance Primary /);
    expect(explain(develop.outputs.get('DatabaseResourceId')?.value ?? '')).to.match(/^DbiResourceId of AWS::RDS::DBInstance Primary /);
  });
});
