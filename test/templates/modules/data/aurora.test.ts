import { expect } from 'chai';
import { Fn, stringToken, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { auroraCluster, type AuroraClusterSettings } from '../../../../templates/modules/data/aurora-cluster';
import { auroraInstances } from '../../../../templates/modules/data/aurora-instances';
import { databaseLogs, exportedLogs } from '../../../../templates/modules/data/database-logs';
import { globalDatabase } from '../../../../templates/modules/data/global-database';
import { postgresParameterGroup } from '../../../../templates/modules/data/postgres-parameter-group';
import { readerScaling } from '../../../../templates/modules/data/reader-scaling';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;

const value = (name: string) => stringToken(Fn.Ref(name));
const windows = { primary: { backup: '10:00-11:00', maintenance: 'sat:18:00-sat:19:00' }, secondary: { backup: '10:00-11:00', maintenance: 'sat:12:00-sat:13:00' } };

function settings(t: Builder, changes: Partial<AuroraClusterSettings> = {}): AuroraClusterSettings {
  const identifier = t.resourceName('global');
  return {
    identifier: t.resourceName('aurora'),
    engineVersion: '17.7',
    databaseName: 'portal',
    port: 5432,
    parameterGroup: postgresParameterGroup(t, 'ParameterGroup', { name: t.resourceName('aurora-postgresql17'), family: 'aurora-postgresql17' }),
    subnetGroupName: value('SubnetGroup'),
    securityGroupId: value('GroupId'),
    keyArn: value('KeyArn'),
    capacity: { minimum: 0.5, maximum: 8 },
    global: { cluster: globalDatabase(t, 'Global', { identifier, engineVersion: '17.7', when: t.isPrimary }), identifier },
    administrator: { secretName: t.resourceName('password'), secretArn: value('SecretArn') },
    backupRetentionDays: 7,
    windows,
    busy: '00:30-09:16',
    after: [],
    ...changes,
  };
}

const inPrimary = (whenTrue: unknown, whenFalse: unknown) => ({ 'Fn::If': ['IsPrimary', whenTrue, whenFalse] });
const absent = { Ref: 'AWS::NoValue' };

describe('An Aurora cluster of a global database', () => {
  const t: Builder = builderOf();
  const { cluster } = auroraCluster(t, 'Cluster', settings(t));

  it('joins by reference where the global cluster is made, so that it is deleted before, and by name elsewhere', () => {
    expect(properties(t, 'Cluster')['GlobalClusterIdentifier']).to.deep.equal(inPrimary({ Ref: 'Global' }, { 'Fn::Sub': 'kasha-global-prod-${EnvironmentSuffix}' }));
    expect(emitted(t)['Global']).to.deep.include({ Condition: 'IsPrimary', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(properties(t, 'Global')).not.to.have.property('SourceDBClusterIdentifier');
  });

  it('has administrator and database in the primary only, and the region of its source in the secondary only', () => {
    const { MasterUsername, MasterUserPassword, DatabaseName, SourceRegion } = properties(t, 'Cluster');
    const from = (field: string) => ({ 'Fn::Sub': `{{resolve:secretsmanager:kasha-password-prod-\${EnvironmentSuffix}:SecretString:${field}}}` });
    expect({ MasterUsername, MasterUserPassword, DatabaseName }).to.deep.equal({ MasterUsername: inPrimary(from('username'), absent), MasterUserPassword: inPrimary(from('password'), absent), DatabaseName: inPrimary('portal', absent) });
    expect(SourceRegion).to.deep.equal({ 'Fn::If': ['IsSecondary', 'us-east-1', absent] });
    expect(emitted(t)['ClusterSecret']).to.deep.include({ Condition: 'IsPrimary', Properties: { SecretId: { Ref: 'SecretArn' }, TargetId: { Ref: 'Cluster' }, TargetType: 'AWS::RDS::DBCluster' } });
  });

  it('is patched by the window of its role', () => {
    expect(properties(t, 'Cluster')).to.deep.include({ PreferredBackupWindow: '10:00-11:00', PreferredMaintenanceWindow: inPrimary('sat:18:00-sat:19:00', 'sat:12:00-sat:13:00') });
  });

  it('refuses a window in the busy hours of either region', () => {
    for (const role of ['primary', 'secondary'] as const) {
      const other: Builder = builderOf();
      const early = { ...windows, [role]: { ...windows[role], backup: '09:00-10:00' } };
      expect(() => auroraCluster(other, 'Cluster', settings(other, { windows: early })), role).to.throw('Backup window "09:00-10:00": it is in the busy hours, 00:30-09:16 UTC.');
    }
  });

  it('has its instances in zones of their own, the others after the first', () => {
    const names = [t.resourceName('aurora-1'), t.resourceName('aurora-2'), t.resourceName('aurora-3')] as const;
    auroraInstances(t, 'Instance', { cluster, identifiers: names, monitoringRoleArn: value('RoleArn'), windows });
    const own = ['Instance1', 'Instance2', 'Instance3'].map((id) => [properties(t, id)['AvailabilityZone'], properties(t, id)['PromotionTier'], emitted(t)[id]?.DependsOn]);
    expect(own).to.deep.equal([0, 1, 2].map((index) => [{ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }, index, index === 0 ? undefined : ['Instance1']]));
  });

  it('keeps one reader as strong as its writer, or all of them when told so', () => {
    const tiers = (ready?: 'all' | 'first'): unknown[] => {
      const other: Builder = builderOf();
      const names = [other.resourceName('aurora-1'), other.resourceName('aurora-2'), other.resourceName('aurora-3')] as const;
      auroraInstances(other, 'Instance', { cluster: auroraCluster(other, 'Cluster', settings(other)).cluster, identifiers: names, ready, monitoringRoleArn: value('RoleArn'), windows });
      return ['Instance1', 'Instance2', 'Instance3'].map((id) => properties(other, id)['PromotionTier']);
    };
    expect([tiers(), tiers('first'), tiers('all')]).to.deep.equal([[0, 1, 2], [0, 1, 2], [0, 1, 1]]);
  });

  it('has instances of a fixed class without bounds of capacity, and readers in the primary only when told so', () => {
    const other: Builder = builderOf();
    const names = [other.resourceName('aurora-1'), other.resourceName('aurora-2')] as const;
    const { cluster: provisioned } = auroraCluster(other, 'Cluster', settings(other, { capacity: undefined }));
    auroraInstances(other, 'Instance', { cluster: provisioned, instanceClass: 'db.r7g.large', identifiers: names, readersIn: 'primary', monitoringRoleArn: value('RoleArn'), windows });
    expect(properties(other, 'Cluster')).not.to.have.property('ServerlessV2ScalingConfiguration');
    const resources = emitted(other) as Readonly<Record<string, { readonly Condition?: string }>>;
    expect(['Instance1', 'Instance2'].map((id) => [properties(other, id)['DBInstanceClass'], resources[id]?.Condition, properties(other, id)['PreferredMaintenanceWindow']])).to.deep.equal([
      ['db.r7g.large', undefined, inPrimary('sat:18:00-sat:19:00', 'sat:12:00-sat:13:00')],
      ['db.r7g.large', 'IsPrimary', 'sat:18:00-sat:19:00'],
    ]);
  });

  it('stands alone in the primary when it is told of no global database, and is behind further groups when there are some', () => {
    const alone: Builder = builderOf();
    auroraCluster(alone, 'Cluster', settings(alone, { global: undefined, alsoSecurityGroupIds: [value('ClientsGroupId')] }));
    expect(properties(alone, 'Cluster')).not.to.have.any.keys('GlobalClusterIdentifier', 'SourceRegion');
    expect(properties(alone, 'Cluster')['VpcSecurityGroupIds']).to.deep.equal([{ Ref: 'GroupId' }, { Ref: 'ClientsGroupId' }]);
  });

  it('pauses where its minimum is nothing, and only there says after how long', () => {
    const scaling = (capacity: AuroraClusterSettings['capacity']): unknown => {
      const other: Builder = builderOf();
      auroraCluster(other, 'Cluster', settings(other, { capacity }));
      return properties(other, 'Cluster')['ServerlessV2ScalingConfiguration'];
    };
    expect(scaling({ minimum: 0, maximum: 2 })).to.deep.equal({ MinCapacity: 0, MaxCapacity: 2, SecondsUntilAutoPause: 300 });
    expect(scaling({ minimum: 0, maximum: 2, pauseAfterSeconds: 900 })).to.deep.equal({ MinCapacity: 0, MaxCapacity: 2, SecondsUntilAutoPause: 900 });
    expect(scaling({ minimum: 0.5, maximum: 2, pauseAfterSeconds: 900 })).to.deep.equal({ MinCapacity: 0.5, MaxCapacity: 2 });
  });

  it('goes with its stack unless it is to be kept', () => {
    const policies = (kept?: boolean): unknown => {
      const other: Builder = builderOf();
      const identifier = other.resourceName('global');
      const global = { cluster: globalDatabase(other, 'Kept', { identifier, engineVersion: '17.7', when: other.isPrimary, kept }), identifier };
      auroraCluster(other, 'Cluster', settings(other, { global, kept }));
      const resources = emitted(other) as Readonly<Record<string, { readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string }>>;
      return [resources['Cluster']?.DeletionPolicy, resources['Kept']?.DeletionPolicy, properties(other, 'Cluster')['DeletionProtection'], properties(other, 'Cluster')['DeleteAutomatedBackups'], properties(other, 'Kept')['DeletionProtection']];
    };
    expect(policies()).to.deep.equal(['Delete', 'Delete', false, true, false]);
    expect(policies(true)).to.deep.equal(['Snapshot', 'RetainExceptOnCreate', true, false, true]);
  });

  it('has readers that follow their CPU, after its instances and what removes those that were added', () => {
    const other: Builder = builderOf();
    const { cluster: scaled } = auroraCluster(other, 'Cluster', settings(other));
    const after = auroraInstances(other, 'Instance', { cluster: scaled, identifiers: [other.resourceName('aurora-1'), other.resourceName('aurora-2')], monitoringRoleArn: value('RoleArn'), windows });
    readerScaling(other, 'Readers', { name: 'readers', cluster: scaled, minimum: 1, maximum: 4, when: other.isPrimary, after, keyArn: value('KeyArn'), logRetentionInDays: 14 });
    expect(emitted(other)['ReadersTarget']).to.deep.include({ Condition: 'IsPrimary', DependsOn: ['Instance1', 'Instance2', 'ReadersRemoval'] });
    expect(emitted(other)['ReadersRemoval']).to.deep.include({ Condition: 'IsPrimary', DependsOn: ['Instance1', 'Instance2'] });
    expect(properties(other, 'ReadersRemoval')).to.deep.include({ ClusterIdentifier: { Ref: 'Cluster' } });
    expect(properties(other, 'ReadersTarget')).to.deep.include({ ResourceId: { 'Fn::Join': [':', ['cluster', { Ref: 'Cluster' }]] }, MinCapacity: 1, MaxCapacity: 4 });
    expect(properties(other, 'ReadersPolicy')['TargetTrackingScalingPolicyConfiguration']).to.deep.include({ TargetValue: 60 });
  });

  it('exports exactly the logs whose groups stand before it', () => {
    const other: Builder = builderOf();
    const groups = databaseLogs(other, 'Cluster', { engine: 'aurora-postgresql', identifier: other.resourceName('aurora'), retentionInDays: 14, keyArn: value('KeyArn') });
    auroraCluster(other, 'Cluster', settings(other, { after: groups }));
    expect(emitted(other)['Cluster']?.DependsOn).to.deep.equal(['ClusterIamDbAuthErrorLog', 'ClusterInstanceLog', 'ClusterPostgresqlLog']);
    expect(groups.map(({ logicalId }) => properties(other, logicalId)['LogGroupName'])).to.deep.equal(exportedLogs('aurora-postgresql').map((log) => ({ 'Fn::Sub': `/aws/rds/cluster/kasha-aurora-prod-\${EnvironmentSuffix}/${log}` })));
    expect(properties(other, 'Cluster')['EnableCloudwatchLogsExports']).to.deep.equal(exportedLogs('aurora-postgresql'));
  });
});

describe('A PostgreSQL parameter group', () => {
  it('logs statements from a second on, or as it is told', () => {
    const slow = (slowStatementMilliseconds?: number): unknown => {
      const t: Builder = builderOf();
      postgresParameterGroup(t, 'Group', { name: t.resourceName('group'), family: 'aurora-postgresql17', slowStatementMilliseconds });
      return (properties(t, 'Group')['Parameters'] as Record<string, string>)['log_min_duration_statement'];
    };
    expect([slow(), slow(250)]).to.deep.equal(['1000', '250']);
  });
});
