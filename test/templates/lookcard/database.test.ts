import { expect } from 'chai';
import { data } from '../../../templates/systems/lookcard/data';
import { services } from '../../../templates/systems/lookcard/services';
import { databaseUserOf } from '../../../templates/systems/lookcard/service-names';
import { only, plain } from '../plain';
import type { EnvironmentName } from './built';
import { dataParameters, keyArn, own, secretArn } from './data-parameters';
import { everywhereOf, type Region, type Row } from './everywhere';

const cluster = 'AWS::RDS::DBCluster';
const instance = 'AWS::RDS::DBInstance';
const proxy = 'AWS::RDS::DBProxy';

/** Instances of a cluster, by environment. */
const instances: Readonly<Record<EnvironmentName, number>> = { production: 3, staging: 2, testing: 2, develop: 1, sandbox: 2 };
/** Aurora capacity units, at least and at most. */
const capacity: Readonly<Record<EnvironmentName, readonly [number, number]>> = { production: [0.5, 8], staging: [0.5, 8], testing: [0.5, 2], develop: [0, 2], sandbox: [0.5, 2] };

/** The same values for each instance that an environment has. */
const ofEach = (environment: EnvironmentName, values: (index: number) => readonly unknown[]) => Object.fromEntries(Array.from({ length: instances[environment] }, (_, index) => [`Instance${index + 1}`, values(index)]));
const identifierIn = (short: string, region: Region): string => `lookcard-aurora-${short}-main-${region}`;
const pauses = (environment: EnvironmentName): boolean => environment === 'develop';

describe('LookCard database', () => {
  const everywhere = everywhereOf(data, dataParameters);

  everywhere('LKC-64 LKC-65', 'is Aurora PostgreSQL 16 on Serverless v2, in the version that a parameter gives', ({ all, environment, region, short }) => {
    expect(only(all(cluster), 'DBClusterIdentifier', 'Engine', 'EngineVersion', 'DBClusterParameterGroupName')).to.deep.equal({ Cluster: [identifierIn(short, region), 'aurora-postgresql', '16.11', 'ParameterGroup'] });
    expect(only(all('AWS::RDS::DBClusterParameterGroup'), 'Family')).to.deep.equal({ ParameterGroup: ['aurora-postgresql16'] });
    expect(only(all(instance), 'DBInstanceClass', 'Engine', 'DBClusterIdentifier')).to.deep.equal(ofEach(environment, () => ['db.serverless', 'aurora-postgresql', 'Cluster']));
  });

  everywhere('LKC-66 LKC-71', 'has readers in zones of their own, the first of which takes over at full strength; develop has its writer only', ({ all, environment, region }) => {
    expect(only(all(instance), 'AvailabilityZone', 'PromotionTier', 'PubliclyAccessible')).to.deep.equal(ofEach(environment, (index) => [`${region}${'abc'[index] ?? ''}`, index, false]));
    expect(only(all('AWS::RDS::DBSubnetGroup'), 'SubnetIds')).to.deep.equal({ SubnetGroup: [['subnet-a', 'subnet-b', 'subnet-c']] });
    expect(only(all(cluster), 'DBSubnetGroupName')).to.deep.equal({ Cluster: ['SubnetGroup'] });
  });

  everywhere('LKC-67 LKC-104', 'grows from half a unit to eight, less where it is for trying out, and pauses in develop after five minutes without a connection', ({ all, environment }) => {
    const [MinCapacity, MaxCapacity] = capacity[environment];
    expect(only(all(cluster), 'ServerlessV2ScalingConfiguration')).to.deep.equal({ Cluster: [{ MinCapacity, MaxCapacity, ...(pauses(environment) ? { SecondsUntilAutoPause: 300 } : {}) }] });
  });

  everywhere('LKC-66 LKC-112', 'is a global database in production only, whose secondary copies it under a name of its own', ({ all, short, isPrimary, isProduction }) => {
    expect(only(all('AWS::RDS::GlobalCluster'), 'GlobalClusterIdentifier', 'EngineVersion', 'StorageEncrypted', 'DeletionProtection')).to.deep.equal(
      isProduction && isPrimary ? { GlobalDatabase: [`lookcard-global-${short}-main`, '16.11', true, true] } : {},
    );
    const joined = isPrimary ? ['GlobalDatabase', undefined] : [`lookcard-global-${short}-main`, 'ap-southeast-1'];
    expect(only(all(cluster), 'GlobalClusterIdentifier', 'SourceRegion', 'DatabaseName')).to.deep.equal({ Cluster: [...(isProduction ? joined : [undefined, undefined]), isPrimary ? 'lookcard' : undefined] });
  });

  everywhere('LKC-68', 'is behind a proxy that speaks TLS only and takes nothing but IAM tokens, except where the proxy would keep it from pausing', ({ all, environment, short }) => {
    expect(only(all(proxy), 'DBProxyName', 'EngineFamily', 'RequireTLS', 'DefaultAuthScheme', 'Auth', 'VpcSubnetIds', 'VpcSecurityGroupIds')).to.deep.equal(
      pauses(environment) ? {} : { Proxy: [`lookcard-proxy-${short}-main`, 'POSTGRESQL', true, 'IAM_AUTH', undefined, ['subnet-a', 'subnet-b', 'subnet-c'], ['sg-proxy']] },
    );
    expect(only(all('AWS::RDS::DBProxyTargetGroup'), 'DBProxyName', 'TargetGroupName', 'DBClusterIdentifiers')).to.deep.equal(pauses(environment) ? {} : { ProxyTargets: ['Proxy', 'default', ['Cluster']] });
    expect(only(all(cluster), 'VpcSecurityGroupIds')).to.deep.equal({ Cluster: [pauses(environment) ? ['sg-database', 'sg-proxy'] : ['sg-database']] });
  });

  everywhere('LKC-68 LKC-71', 'is read through an endpoint of its own, which in the secondary serves before a takeover; it is made when readers stand', ({ all, stack, environment, short }) => {
    expect(only(all('AWS::RDS::DBProxyEndpoint'), 'DBProxyEndpointName', 'DBProxyName', 'TargetRole', 'VpcSubnetIds', 'VpcSecurityGroupIds')).to.deep.equal(
      pauses(environment) ? {} : { ProxyReader: [`lookcard-proxy-reader-${short}-main`, 'Proxy', 'READ_ONLY', ['subnet-a', 'subnet-b', 'subnet-c'], ['sg-proxy']] },
    );
    if (!pauses(environment)) {
      expect(stack.resources.get('ProxyTargets')?.dependsOn).to.deep.equal(Object.keys(ofEach(environment, () => [])));
      expect(stack.resources.get('ProxyReader')?.dependsOn).to.deep.equal(['ProxyTargets']);
    }
  });

  everywhere('LKC-68 LKC-69', 'lets in services by IAM, each as its own user, and the proxy as none but those', ({ all, environment, region }) => {
    expect(only(all(cluster), 'EnableIAMDatabaseAuthentication')).to.deep.equal({ Cluster: [true] });
    const { ProxyRole } = all('AWS::IAM::Role') as Record<string, Row>;
    const users = { Effect: 'Allow', Action: ['rds-db:connect'], Resource: [{ 'Fn::Join': ['', [`arn:aws:rds-db:${region}:${own}:dbuser:`, 'Cluster.DBClusterResourceId', '/service_*']] }] };
    expect(ProxyRole && plain(ProxyRole['Policies'][0].PolicyDocument.Statement)).to.deep.equal(pauses(environment) ? undefined : [users]);
  });

  it('has a user for each service, which no other user is named like', () => {
    for (const row of services) expect(databaseUserOf(row)).to.match(/^service_[a-z0-9_]+$/);
  });

  everywhere('LKC-70', 'shows its statements and waits in Performance Insights, and each instance’s system once a minute', ({ all, environment, region }) => {
    expect(only(all(cluster), 'PerformanceInsightsEnabled', 'PerformanceInsightsKmsKeyId', 'PerformanceInsightsRetentionPeriod')).to.deep.equal({ Cluster: [true, keyArn(region), 7] });
    expect(only(all(instance), 'MonitoringInterval', 'MonitoringRoleArn')).to.deep.equal(ofEach(environment, () => [60, 'MonitoringRole.Arn']));
  });

  everywhere('LKC-72 LKC-111', 'can be put back to any second of five weeks in production, and of one elsewhere', ({ all, isProduction }) => {
    expect(only(all(cluster), 'BackupRetentionPeriod', 'PreferredBackupWindow', 'CopyTagsToSnapshot', 'DeleteAutomatedBackups')).to.deep.equal({ Cluster: [isProduction ? 35 : 7, '18:30-19:00', true, !isProduction] });
  });

  everywhere('LKC-72 LKC-97', 'refuses deletion in production, and leaves a last snapshot', ({ all, stack, isProduction }) => {
    expect(only(all(cluster), 'DeletionProtection')).to.deep.equal({ Cluster: [isProduction] });
    expect(stack.resources.get('Cluster')?.deletionPolicy).to.equal(isProduction ? 'Snapshot' : 'Delete');
  });

  everywhere('LKC-76', 'is encrypted under the data key of its region', ({ all, region }) => {
    expect(only(all(cluster), 'StorageEncrypted', 'KmsKeyId')).to.deep.equal({ Cluster: [true, keyArn(region)] });
  });

  everywhere('LKC-93', 'refuses connections without TLS 1.2', ({ all }) => {
    const { ParameterGroup } = all('AWS::RDS::DBClusterParameterGroup') as Record<string, Row>;
    expect(only({ ParameterGroup: ParameterGroup?.['Parameters'] } as Row, 'rds.force_ssl', 'ssl_min_protocol_version')).to.deep.equal({ ParameterGroup: ['1', 'TLSv1.2'] });
  });

  everywhere('LKC-87', 'has a new administrator’s password every 90 days, where it writes', ({ all, isPrimary }) => {
    const { RotatePasswordSchedule } = all('AWS::SecretsManager::RotationSchedule') as Record<string, Row>;
    expect(plain(RotatePasswordSchedule)).to.deep.equal(
      isPrimary ? { SecretId: secretArn('database-admin'), RotationLambdaARN: 'RotatePassword.Arn', RotationRules: { AutomaticallyAfterDays: 90 }, RotateImmediatelyOnUpdate: false } : undefined,
    );
  });
});
