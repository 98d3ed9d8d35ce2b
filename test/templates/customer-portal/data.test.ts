import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { maskedCardData } from '../kasha/card-data';
import { only, plain } from '../plain';
import { bothRegions, environmentNames, ofType, type EnvironmentName } from './built';
import { dataIn, keyArn, secretArn, type Region } from './data-stack';

/** What a test looks at: the resources of a type, in an environment and region. */
interface Stood {
  readonly all: (type: string) => Readonly<Record<string, any>>;
  readonly environment: EnvironmentName;
  readonly region: Region;
  readonly short: string;
  readonly isPrimary: boolean;
}

const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };

/** Asserts something of every environment's data template in each of its regions. */
function everywhere(ids: string, title: string, holds: (stood: Stood) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => {
        const stack = dataIn(region, environment);
        holds({ all: (type) => ofType(stack, type), environment, region, short: shorts[environment], isPrimary: region === 'us-east-1' });
      });
    }
  }
}

/** The same values, or those of its place, for each of the three instances. */
const ofEach = (values: (index: number) => readonly unknown[]): Readonly<Record<string, unknown>> => Object.fromEntries([0, 1, 2].map((index) => [`Instance${index + 1}`, values(index)]));

const cluster = 'AWS::RDS::DBCluster';
const instance = 'AWS::RDS::DBInstance';

describe('Customer portal database', () => {
  everywhere('CUS-28', 'is Aurora PostgreSQL of a version for new clusters, under a name that only its region’s has', ({ all, region, short }) => {
    expect(only(all(cluster), 'DBClusterIdentifier', 'Engine', 'EngineVersion', 'EngineMode')).to.deep.equal({ Cluster: [`cus-aurora-${short}-main-${region}`, 'aurora-postgresql', '17.7', undefined] });
    expect(only(all('AWS::RDS::DBClusterParameterGroup'), 'Family')).to.deep.equal({ ParameterGroup: ['aurora-postgresql17'] });
  });

  everywhere('CUS-33 CUS-76', 'runs on serverless instances only, which follow the load', ({ all, environment }) => {
    expect(only(all(cluster), 'ServerlessV2ScalingConfiguration')).to.deep.equal({ Cluster: [{ MinCapacity: 0.5, MaxCapacity: environment === 'production' ? 16 : 4 }] });
    expect(only(all(instance), 'DBInstanceClass', 'Engine', 'DBClusterIdentifier')).to.deep.equal(ofEach(() => ['db.serverless', 'aurora-postgresql', 'Cluster']));
  });

  everywhere('CUS-29 CUS-30 CUS-31', 'has a writer, which is promoted first, and two readers in other zones, both as strong and ready to take over', ({ all, region, short }) => {
    expect(only(all(instance), 'DBInstanceIdentifier', 'AvailabilityZone', 'PromotionTier')).to.deep.equal(ofEach((index) => [`cus-aurora-${index + 1}-${short}-main`, `${region}${'abc'[index] ?? ''}`, Math.min(index, 1)]));
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('CUS-29', `makes the first instance, which so becomes the writer, before the others: ${environment} in ${region}`, () => {
        const { resources } = dataIn(region, environment);
        expect(resources.get('Instance1')?.dependsOn).to.deep.equal([]);
        for (const id of ['Instance2', 'Instance3']) expect(resources.get(id)?.dependsOn).to.deep.equal(['Instance1']);
      });

      requirement('CUS-35 CUS-66', `leaves no snapshot and nothing protected behind when it is deleted or replaced: ${environment} in ${region}`, () => {
        const stack = dataIn(region, environment);
        const stateful = ['Cluster', 'Instance1', 'Instance2', 'Instance3', 'ClusterPostgresqlLog', 'ClusterInstanceLog', 'ClusterIamDbAuthErrorLog', ...(region === 'us-east-1' ? ['GlobalDatabase'] : [])];
        for (const id of stateful) expect([stack.resources.get(id)?.deletionPolicy, stack.resources.get(id)?.updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
        expect(only(ofType(stack, cluster), 'DeletionProtection', 'DeleteAutomatedBackups')).to.deep.equal({ Cluster: [false, true] });
        expect(only(ofType(stack, 'AWS::RDS::GlobalCluster'), 'DeletionProtection')).to.deep.equal(region === 'us-east-1' ? { GlobalDatabase: [false] } : {});
      });

      requirement('CUS-60', `makes the log groups before the cluster: ${environment} in ${region}`, () => {
        expect(dataIn(region, environment).resources.get('Cluster')?.dependsOn).to.deep.equal(['ClusterIamDbAuthErrorLog', 'ClusterInstanceLog', 'ClusterPostgresqlLog']);
      });

      requirement('CUS-34', `tells where it is written and read, in its own region: ${environment} in ${region}`, () => {
        const { outputs } = dataIn(region, environment);
        const told = Object.fromEntries(['WriterEndpoint', 'ReaderEndpoint', 'ClusterResourceId', 'ClusterIdentifier'].map((name) => [name, plain(outputs.get(name)?.value)]));
        expect(told).to.deep.equal({ WriterEndpoint: 'Cluster.Endpoint.Address', ReaderEndpoint: 'Cluster.ReadEndpoint.Address', ClusterResourceId: 'Cluster.DBClusterResourceId', ClusterIdentifier: 'Cluster' });
      });
    }
  }

  everywhere('CUS-02', 'can go back to any moment of its backups, and is not patched in both regions at once', ({ all, environment, isPrimary }) => {
    const maintenance = isPrimary ? 'sun:09:30-sun:10:00' : 'sun:08:30-sun:09:00';
    expect(only(all(cluster), 'BackupRetentionPeriod', 'PreferredBackupWindow', 'PreferredMaintenanceWindow', 'CopyTagsToSnapshot')).to.deep.equal({ Cluster: [environment === 'production' ? 14 : 7, '08:00-08:30', maintenance, true] });
    expect(only(all(instance), 'PreferredMaintenanceWindow')).to.deep.equal(ofEach(() => [maintenance]));
  });

  everywhere('CUS-32 CUS-72', 'is encrypted, statements in Performance Insights too, under the region’s own key', ({ all, region }) => {
    const key = keyArn(region, 'database');
    expect(only(all(cluster), 'StorageEncrypted', 'KmsKeyId', 'PerformanceInsightsKmsKeyId')).to.deep.equal({ Cluster: [true, key, key] });
  });

  everywhere('CUS-57', 'tells how it performs: statements for seven days, the operating system of each instance every minute', ({ all }) => {
    expect(only(all(cluster), 'PerformanceInsightsEnabled', 'PerformanceInsightsRetentionPeriod', 'DatabaseInsightsMode')).to.deep.equal({ Cluster: [true, 7, 'standard'] });
    expect(only(all(instance), 'MonitoringInterval', 'MonitoringRoleArn')).to.deep.equal(ofEach(() => [60, 'MonitoringRole.Arn']));
  });

  everywhere('CUS-30 CUS-71', 'stands in isolated subnets of three zones, with no address that the internet could reach', ({ all, short }) => {
    expect(only(all('AWS::RDS::DBSubnetGroup'), 'DBSubnetGroupName', 'SubnetIds')).to.deep.equal({ SubnetGroup: [`cus-aurora-${short}-main`, ['subnet-a', 'subnet-b', 'subnet-c']] });
    expect(only(all(cluster), 'DBSubnetGroupName', 'VpcSecurityGroupIds', 'Port')).to.deep.equal({ Cluster: ['SubnetGroup', ['sg-database'], 5432] });
    expect(only(all(instance), 'PubliclyAccessible')).to.deep.equal(ofEach(() => [false]));
  });

  everywhere('CUS-37', 'joins a global database that the primary region makes empty, and copies it in the secondary', ({ all, short, isPrimary }) => {
    expect(only(all('AWS::RDS::GlobalCluster'), 'GlobalClusterIdentifier', 'Engine', 'EngineVersion', 'StorageEncrypted', 'SourceDBClusterIdentifier')).to.deep.equal(
      isPrimary ? { GlobalDatabase: [`cus-global-${short}-main`, 'aurora-postgresql', '17.7', true, undefined] } : {},
    );
    expect(only(all(cluster), 'GlobalClusterIdentifier', 'SourceRegion', 'DatabaseName')).to.deep.equal({ Cluster: isPrimary ? ['GlobalDatabase', undefined, 'portal'] : [`cus-global-${short}-main`, 'us-east-1', undefined] });
  });

  everywhere('CUS-36 CUS-74', 'takes the administrator from a secret while it deploys, in the primary only, and tells the secret where it stands', ({ all, short, isPrimary }) => {
    const from = (field: string): string => `{{resolve:secretsmanager:cus-database-admin-${short}-main:SecretString:${field}}}`;
    expect(only(all(cluster), 'MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword')).to.deep.equal({ Cluster: isPrimary ? [from('username'), from('password'), undefined] : [undefined, undefined, undefined] });
    expect(only(all('AWS::SecretsManager::SecretTargetAttachment'), 'SecretId', 'TargetId', 'TargetType')).to.deep.equal(isPrimary ? { ClusterSecret: [secretArn, 'Cluster', cluster] } : {});
  });

  everywhere('CUS-36', 'changes the administrator’s password every 90 days, from the services’ subnets, in the primary only', ({ all, isPrimary }) => {
    expect(only(all('AWS::SecretsManager::RotationSchedule'), 'SecretId', 'RotationLambdaARN', 'RotationRules', 'RotateImmediatelyOnUpdate')).to.deep.equal(
      isPrimary ? { RotatePasswordSchedule: [secretArn, 'RotatePassword.Arn', { AutomaticallyAfterDays: 90 }, false] } : {},
    );
    expect(only(all('AWS::Serverless::Function'), 'CodeUri', 'VpcConfig')).to.deep.equal(
      isPrimary ? { RotatePassword: ['function:rotate-postgres-password', { SubnetIds: ['subnet-d', 'subnet-e', 'subnet-f'], SecurityGroupIds: ['sg-rotation'] }] } : {},
    );
  });

  everywhere('CUS-60', 'exports everything that Aurora logs, with card numbers masked', ({ all, region, short }) => {
    expect(only(all(cluster), 'EnableCloudwatchLogsExports')).to.deep.equal({ Cluster: [['postgresql', 'instance', 'iam-db-auth-error']] });
    const groups = chosen(Object.values(all('AWS::Logs::LogGroup')), ({ LogGroupName }) => LogGroupName.startsWith('/aws/rds/'));
    expect(groups.map(({ LogGroupName }) => LogGroupName as string)).to.deep.equal(['postgresql', 'instance', 'iam-db-auth-error'].map((log) => `/aws/rds/cluster/cus-aurora-${short}-main-${region}/${log}`));
    for (const { DataProtectionPolicy } of groups) expect(DataProtectionPolicy.Statement[1]).to.deep.equal(maskedCardData);
  });

  everywhere('CUS-60', 'keeps its logs for one or two weeks under the region’s own key, and copies each to the archive', ({ all, environment, region, isPrimary }) => {
    const groups = ['ClusterPostgresqlLog', 'ClusterInstanceLog', 'ClusterIamDbAuthErrorLog', ...(isPrimary ? ['RotatePasswordLog'] : [])];
    const kept = [environment === 'production' ? 14 : 7, keyArn(region, 'default')];
    expect(only(all('AWS::Logs::LogGroup'), 'RetentionInDays', 'KmsKeyId')).to.deep.equal(Object.fromEntries(groups.map((id) => [id, kept])));
    expect(only(all('AWS::Logs::SubscriptionFilter'), 'LogGroupName', 'FilterPattern', 'DestinationArn', 'RoleArn')).to.deep.equal(
      Object.fromEntries(groups.map((id) => [`${id}Archive`, [id, '', `arn:aws:firehose:${region}:111111111111:deliverystream/archive`, 'arn:aws:iam::111111111111:role/archive']])),
    );
  });

  everywhere('CUS-73', 'refuses connections without TLS and passwords kept as MD5', ({ all }) => {
    const Parameters = {
      log_connections: '1', log_disconnections: '1', log_lock_waits: '1', log_min_duration_statement: '1000', log_statement: 'ddl', password_encryption: 'scram-sha-256', 'pgaudit.log': 'ddl,role',
      'pgaudit.role': 'rds_pgaudit', 'rds.accepted_password_auth_method': 'scram', 'rds.force_ssl': '1', shared_preload_libraries: 'pg_stat_statements,pgaudit', ssl_min_protocol_version: 'TLSv1.2',
    };
    expect(only(all('AWS::RDS::DBClusterParameterGroup'), 'Parameters')).to.deep.equal({ ParameterGroup: [Parameters] });
    expect(only(all(cluster), 'DBClusterParameterGroupName', 'EnableIAMDatabaseAuthentication')).to.deep.equal({ Cluster: ['ParameterGroup', true] });
    expect(only(all(instance), 'CACertificateIdentifier')).to.deep.equal(ofEach(() => ['rds-ca-rsa2048-g1']));
  });
});
