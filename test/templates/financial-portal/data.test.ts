import { expect } from 'chai';
import { data } from '../../../templates/systems/financial-portal/data';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { maskedCardData } from '../kasha/card-data';
import { plain } from '../plain';
import { bothRegions, environmentNames, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const account = '111111111111';
const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'staging', develop: 'dev' };
const keyArn = (region: Region, name: string): string => `arn:aws:kms:${region}:${account}:key/${name}`;
const secretArn = `arn:aws:secretsmanager:ap-southeast-1:${account}:secret:fin-database-admin-main-AbCdEf`;

/** The template as it stands in a region, with parameters as the foundation gives them there. */
const dataIn = (region: Region, environment: EnvironmentName) =>
  resolved(data, region, environment, {
    DatabaseSubnetIds: 'subnet-a,subnet-b,subnet-c',
    DatabaseSecurityGroupId: 'sg-database',
    RotationSubnetIds: 'subnet-d,subnet-e,subnet-f',
    RotationSecurityGroupId: 'sg-rotation',
    DatabaseKeyArn: keyArn(region, 'database'),
    DefaultKeyArn: keyArn(region, 'default'),
    DatabaseSecretArn: secretArn,
  });

/** What a test looks at: the resources of a type, and the policies by which all resources with data go. */
interface Stood {
  readonly all: (type: string) => Row;
  readonly environment: EnvironmentName;
  readonly region: Region;
  readonly short: string;
  readonly isPrimary: boolean;
  readonly zones: 2 | 3;
}

/** Asserts something of every environment's data template in each of its regions. */
function everywhere(ids: string, title: string, holds: (stood: Stood) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => {
        const stack = dataIn(region, environment);
        holds({ all: (type) => ofType(stack, type), environment, region, short: shorts[environment], isPrimary: region === 'ap-southeast-1', zones: environment === 'production' ? 3 : 2 });
      });
    }
  }
}

/** Some properties of every resource, by logical id. */
const only = (resources: Row, ...keys: readonly string[]): unknown => plain(Object.fromEntries(Object.entries(resources).map(([id, each]) => [id, keys.map((key) => each[key] as unknown)])));
/** The same values for each instance of a region. */
const ofEach = (zones: number, values: (index: number) => readonly unknown[]): Row => Object.fromEntries(Array.from({ length: zones }, (_, index) => [`Instance${index + 1}`, values(index)]));

const cluster = 'AWS::RDS::DBCluster';
const instance = 'AWS::RDS::DBInstance';

describe('Financial portal database', () => {
  everywhere('FIN-19', 'is Aurora PostgreSQL of a version for new clusters, on serverless instances only, under a name that only its region’s has', ({ all, region, short, zones }) => {
    expect(only(all(cluster), 'DBClusterIdentifier', 'Engine', 'EngineVersion', 'EngineMode')).to.deep.equal({ Cluster: [`fin-aurora-${short}-main-${region}`, 'aurora-postgresql', '17.7', undefined] });
    expect(only(all(instance), 'DBInstanceClass', 'Engine', 'DBClusterIdentifier')).to.deep.equal(ofEach(zones, () => ['db.serverless', 'aurora-postgresql', 'Cluster']));
    expect(only(all('AWS::RDS::DBClusterParameterGroup'), 'Family')).to.deep.equal({ ParameterGroup: ['aurora-postgresql17'] });
  });

  everywhere('FIN-04 FIN-19', 'shrinks when little is asked of it and grows for the trading hours', ({ all, environment }) => {
    const ServerlessV2ScalingConfiguration = environment === 'production' ? { MinCapacity: 1, MaxCapacity: 64 } : { MinCapacity: 0.5, MaxCapacity: 8 };
    expect(only(all(cluster), 'ServerlessV2ScalingConfiguration')).to.deep.equal({ Cluster: [ServerlessV2ScalingConfiguration] });
  });

  everywhere('FIN-20', 'has a writer and readers, each in a zone of its own, in the order in which they take over', ({ all, region, short, zones }) => {
    expect(only(all(instance), 'DBInstanceIdentifier', 'AvailabilityZone', 'PromotionTier')).to.deep.equal(ofEach(zones, (index) => [`fin-aurora-${index + 1}-${short}-main`, `${region}${'abc'[index] ?? ''}`, index]));
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('FIN-20', `makes the first instance, which so becomes the writer, before the others: ${environment} in ${region}`, () => {
        const { resources } = dataIn(region, environment);
        const others = environment === 'production' ? ['Instance2', 'Instance3'] : ['Instance2'];
        expect(resources.get('Instance1')?.dependsOn).to.deep.equal([]);
        for (const id of others) expect(resources.get(id)?.dependsOn).to.deep.equal(['Instance1']);
      });

      requirement('FIN-59 FIN-60', `leaves nothing behind when it is deleted or replaced: ${environment} in ${region}`, () => {
        const stack = dataIn(region, environment);
        const stateful = ['Cluster', 'Instance1', 'Instance2', ...(environment === 'production' ? ['Instance3'] : []), ...(region === 'ap-southeast-1' ? ['GlobalDatabase'] : [])];
        for (const id of stateful) expect([stack.resources.get(id)?.deletionPolicy, stack.resources.get(id)?.updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
        const gone = ['ClusterPostgresqlLog', 'ClusterInstanceLog', 'ClusterIamDbAuthErrorLog'];
        for (const id of gone) expect([stack.resources.get(id)?.deletionPolicy, stack.resources.get(id)?.updateReplacePolicy], id).to.deep.equal(['Delete', 'Delete']);
        expect(only(ofType(stack, cluster), 'DeletionProtection', 'DeleteAutomatedBackups')).to.deep.equal({ Cluster: [false, true] });
        expect(only(ofType(stack, 'AWS::RDS::GlobalCluster'), 'DeletionProtection')).to.deep.equal(region === 'ap-southeast-1' ? { GlobalDatabase: [false] } : {});
      });

      requirement('FIN-47', `makes the log groups before the cluster: ${environment} in ${region}`, () => {
        expect(dataIn(region, environment).resources.get('Cluster')?.dependsOn).to.deep.equal(['ClusterIamDbAuthErrorLog', 'ClusterInstanceLog', 'ClusterPostgresqlLog']);
      });
    }
  }

  everywhere('FIN-21', 'can go back to any moment of its backups, which are made between Singapore’s close and New York’s morning', ({ all, environment, isPrimary, zones }) => {
    const maintenance = isPrimary ? 'sat:18:00-sat:19:00' : 'sat:12:00-sat:13:00';
    expect(only(all(cluster), 'BackupRetentionPeriod', 'PreferredBackupWindow', 'PreferredMaintenanceWindow', 'CopyTagsToSnapshot')).to.deep.equal({ Cluster: [environment === 'production' ? 35 : 7, '10:00-11:00', maintenance, true] });
    expect(only(all(instance), 'PreferredMaintenanceWindow')).to.deep.equal(ofEach(zones, () => [maintenance]));
  });

  everywhere('FIN-22 FIN-50 FIN-51', 'is encrypted, statements in Performance Insights too, under the region’s own key', ({ all, region }) => {
    const key = keyArn(region, 'database');
    expect(only(all(cluster), 'StorageEncrypted', 'KmsKeyId', 'PerformanceInsightsEnabled', 'PerformanceInsightsKmsKeyId', 'PerformanceInsightsRetentionPeriod', 'DatabaseInsightsMode')).to.deep.equal({ Cluster: [true, key, true, key, 7, 'standard'] });
  });

  everywhere('FIN-23', 'stands in isolated subnets of three zones, with no address that the internet could reach', ({ all, short, zones }) => {
    expect(only(all('AWS::RDS::DBSubnetGroup'), 'DBSubnetGroupName', 'SubnetIds')).to.deep.equal({ SubnetGroup: [`fin-aurora-${short}-main`, ['subnet-a', 'subnet-b', 'subnet-c']] });
    expect(only(all(cluster), 'DBSubnetGroupName', 'VpcSecurityGroupIds', 'Port')).to.deep.equal({ Cluster: ['SubnetGroup', ['sg-database'], 5432] });
    expect(only(all(instance), 'PubliclyAccessible')).to.deep.equal(ofEach(zones, () => [false]));
  });

  everywhere('FIN-24', 'joins a global database that the primary region makes empty, and copies it in the secondary', ({ all, short, isPrimary }) => {
    expect(only(all('AWS::RDS::GlobalCluster'), 'GlobalClusterIdentifier', 'Engine', 'EngineVersion', 'StorageEncrypted', 'SourceDBClusterIdentifier')).to.deep.equal(
      isPrimary ? { GlobalDatabase: [`fin-global-${short}-main`, 'aurora-postgresql', '17.7', true, undefined] } : {},
    );
    expect(only(all(cluster), 'GlobalClusterIdentifier', 'SourceRegion', 'DatabaseName')).to.deep.equal({ Cluster: isPrimary ? ['GlobalDatabase', undefined, 'portal'] : [`fin-global-${short}-main`, 'ap-southeast-1', undefined] });
  });

  everywhere('FIN-24 FIN-25', 'takes the administrator from a secret while it deploys, in the primary only, and tells the secret where it stands', ({ all, short, isPrimary }) => {
    const from = (field: string): string => `{{resolve:secretsmanager:fin-database-admin-${short}-main:SecretString:${field}}}`;
    expect(only(all(cluster), 'MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword')).to.deep.equal({ Cluster: isPrimary ? [from('username'), from('password'), undefined] : [undefined, undefined, undefined] });
    expect(only(all('AWS::SecretsManager::SecretTargetAttachment'), 'SecretId', 'TargetId', 'TargetType')).to.deep.equal(isPrimary ? { ClusterSecret: [secretArn, 'Cluster', cluster] } : {});
  });

  everywhere('FIN-24', 'changes the administrator’s password every 90 days, from the services’ subnets, in the primary only', ({ all, isPrimary }) => {
    expect(only(all('AWS::SecretsManager::RotationSchedule'), 'SecretId', 'RotationLambdaARN', 'RotationRules', 'RotateImmediatelyOnUpdate')).to.deep.equal(
      isPrimary ? { RotatePasswordSchedule: [secretArn, 'RotatePassword.Arn', { AutomaticallyAfterDays: 90 }, false] } : {},
    );
    expect(only(all('AWS::Serverless::Function'), 'CodeUri', 'VpcConfig')).to.deep.equal(
      isPrimary ? { RotatePassword: ['function:rotate-postgres-password', { SubnetIds: ['subnet-d', 'subnet-e', 'subnet-f'], SecurityGroupIds: ['sg-rotation'] }] } : {},
    );
  });

  everywhere('FIN-47', 'exports everything that Aurora logs', ({ all, region, short }) => {
    expect(only(all(cluster), 'EnableCloudwatchLogsExports')).to.deep.equal({ Cluster: [['postgresql', 'instance', 'iam-db-auth-error']] });
    const groups = chosen(Object.values(all('AWS::Logs::LogGroup')), ({ LogGroupName }) => LogGroupName.startsWith('/aws/rds/'));
    expect(groups.map(({ LogGroupName }) => LogGroupName as string)).to.deep.equal(['postgresql', 'instance', 'iam-db-auth-error'].map((log) => `/aws/rds/cluster/fin-aurora-${short}-main-${region}/${log}`));
    for (const { DataProtectionPolicy } of groups) expect(DataProtectionPolicy.Statement[1]).to.deep.equal(maskedCardData);
  });

  everywhere('FIN-48 FIN-50', 'keeps its logs as long as the environment wants, under the region’s own key', ({ all, environment, region, isPrimary }) => {
    const kept = [environment === 'production' ? 400 : 14, keyArn(region, 'default')];
    const groups = ['ClusterPostgresqlLog', 'ClusterInstanceLog', 'ClusterIamDbAuthErrorLog', ...(isPrimary ? ['RotatePasswordLog'] : [])];
    expect(only(all('AWS::Logs::LogGroup'), 'RetentionInDays', 'KmsKeyId')).to.deep.equal(Object.fromEntries(groups.map((id) => [id, kept])));
  });

  everywhere('FIN-63 FIN-47', 'refuses connections without TLS, and logs connections, changes of the schema and slow statements', ({ all }) => {
    const Parameters = {
      log_connections: '1', log_disconnections: '1', log_lock_waits: '1', log_min_duration_statement: '1000', log_statement: 'ddl', password_encryption: 'scram-sha-256', 'pgaudit.log': 'ddl,role',
      'pgaudit.role': 'rds_pgaudit', 'rds.accepted_password_auth_method': 'scram', 'rds.force_ssl': '1', shared_preload_libraries: 'pg_stat_statements,pgaudit', ssl_min_protocol_version: 'TLSv1.2',
    };
    expect(only(all('AWS::RDS::DBClusterParameterGroup'), 'Parameters')).to.deep.equal({ ParameterGroup: [Parameters] });
    expect(only(all(cluster), 'DBClusterParameterGroupName', 'EnableIAMDatabaseAuthentication')).to.deep.equal({ Cluster: ['ParameterGroup', true] });
  });

  everywhere('FIN-43', 'measures the operating system of each instance every minute', ({ all, zones }) => {
    expect(only(all(instance), 'MonitoringInterval', 'MonitoringRoleArn', 'CACertificateIdentifier')).to.deep.equal(ofEach(zones, () => [60, 'MonitoringRole.Arn', 'rds-ca-rsa2048-g1']));
  });

  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement('FIN-71', `tells where it is written and read, in its own region: ${environment} in ${region}`, () => {
        const { outputs } = dataIn(region, environment);
        const told = Object.fromEntries(['WriterEndpoint', 'ReaderEndpoint', 'ClusterResourceId', 'ClusterIdentifier', 'ClusterArn'].map((name) => [name, plain(outputs.get(name)?.value)]));
        expect(told).to.deep.equal({ WriterEndpoint: 'Cluster.Endpoint.Address', ReaderEndpoint: 'Cluster.ReadEndpoint.Address', ClusterResourceId: 'Cluster.DBClusterResourceId', ClusterIdentifier: 'Cluster', ClusterArn: 'Cluster.DBClusterArn' });
      });
    }
  }
});
