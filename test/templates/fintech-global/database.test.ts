import { expect } from 'chai';
import { data } from '../../../templates/systems/fintech-global/data';
import { maskedCardData } from '../kasha/card-data';
import { only, plain } from '../plain';
import { chosen } from '../../requirements/selection';
import { everywhereOf, type Region } from './everywhere';

const account = '111111111111';
const keyArn = (region: Region): string => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const secretArn = (name: string, region: Region = 'us-east-1'): string => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;
const cluster = 'AWS::RDS::DBCluster';
const instance = 'AWS::RDS::DBInstance';

describe('FinTech Global database', () => {
  const everywhere = everywhereOf(data, (region) => ({
    DataSubnetIds: 'subnet-a,subnet-b,subnet-c',
    DatabaseSecurityGroupId: 'sg-database',
    CacheSecurityGroupId: 'sg-cache',
    RotationSubnetIds: 'subnet-d,subnet-e,subnet-f',
    RotationSecurityGroupId: 'sg-rotation',
    DataKeyArn: keyArn(region),
    SecondaryDataKeyArn: keyArn('ap-southeast-1'),
    DatabaseSecretArn: secretArn('database-admin'),
    CacheSecretArn: secretArn('cache-token', region),
    AlarmTopicArn: `arn:aws:sns:${region}:${account}:alarms`,
  }));
  /** The same values for each instance that a region has. */
  const ofEach = (isPrimary: boolean, values: (index: number) => readonly unknown[]) => Object.fromEntries((isPrimary ? [0, 1] : [0]).map((index) => [`Instance${index + 1}`, values(index)]));

  everywhere('FTG-29', 'is Aurora PostgreSQL, with a writer and a reader in zones of their own, and one instance in the region that waits', ({ all, region, short, isPrimary }) => {
    expect(only(all(cluster), 'DBClusterIdentifier', 'Engine', 'EngineVersion', 'ServerlessV2ScalingConfiguration')).to.deep.equal({ Cluster: [`fintechglobal-aurora-${short}-main-${region}`, 'aurora-postgresql', '17.7', undefined] });
    expect(only(all(instance), 'DBClusterIdentifier', 'DBInstanceIdentifier', 'DBInstanceClass', 'Engine', 'AvailabilityZone', 'PromotionTier')).to.deep.equal(
      ofEach(isPrimary, (index) => ['Cluster', `fintechglobal-aurora-${index + 1}-${short}-main`, 'db.r7g.large', 'aurora-postgresql', `${region}${'ab'[index] ?? ''}`, index]),
    );
  });

  everywhere('FTG-29', 'makes the first instance, which so becomes the writer, before the reader', ({ stack, isPrimary }) => {
    expect(stack.resources.get('Instance1')?.dependsOn).to.deep.equal([]);
    if (isPrimary) expect(stack.resources.get('Instance2')?.dependsOn).to.deep.equal(['Instance1']);
  });

  everywhere('FTG-29', 'joins a global database that the primary region makes empty, and copies it in the secondary', ({ all, short, isPrimary }) => {
    expect(only(all('AWS::RDS::GlobalCluster'), 'GlobalClusterIdentifier', 'Engine', 'EngineVersion', 'StorageEncrypted')).to.deep.equal(
      isPrimary ? { GlobalDatabase: [`fintechglobal-global-${short}-main`, 'aurora-postgresql', '17.7', true] } : {},
    );
    expect(only(all(cluster), 'GlobalClusterIdentifier', 'SourceRegion', 'DatabaseName')).to.deep.equal({ Cluster: isPrimary ? ['GlobalDatabase', undefined, 'fintech'] : [`fintechglobal-global-${short}-main`, 'us-east-1', undefined] });
  });

  everywhere('FTG-30', 'adds and takes away readers by their CPU where it writes: AWS does so in no secondary cluster', ({ all, stack, short, isPrimary }) => {
    expect(only(all('AWS::ApplicationAutoScaling::ScalableTarget'), 'ServiceNamespace', 'ScalableDimension', 'ResourceId', 'MinCapacity', 'MaxCapacity')).to.deep.equal(
      isPrimary ? { ReaderScalingTarget: ['rds', 'rds:cluster:ReadReplicaCount', { 'Fn::Join': ['', ['cluster:', 'Cluster']] }, 1, 5] } : {},
    );
    const tracked = { PredefinedMetricSpecification: { PredefinedMetricType: 'RDSReaderAverageCPUUtilization' }, TargetValue: 60, ScaleOutCooldown: 300, ScaleInCooldown: 300 };
    expect(only(all('AWS::ApplicationAutoScaling::ScalingPolicy'), 'PolicyName', 'PolicyType', 'ScalingTargetId', 'TargetTrackingScalingPolicyConfiguration')).to.deep.equal(
      isPrimary ? { ReaderScalingPolicy: [`fintechglobal-database-readers-${short}-main`, 'TargetTrackingScaling', 'ReaderScalingTarget', tracked] } : {},
    );
    if (isPrimary) expect(stack.resources.get('ReaderScalingTarget')?.dependsOn).to.deep.equal(['Instance1', 'Instance2', 'ReaderScalingRemoval']);
  });

  everywhere('FTG-30', 'takes the readers that were added away when it is deleted, after nothing adds one any more, and by a function that may delete no other instance', ({ all, stack, region, isPrimary, isProduction }) => {
    expect(only(all('Custom::RemoveReaders'), 'ClusterIdentifier', 'ServiceTimeout')).to.deep.equal(isPrimary ? { ReaderScalingRemoval: ['Cluster', 960] } : {});
    if (!isPrimary) return;
    expect(stack.resources.get('ReaderScalingRemoval')?.dependsOn).to.deep.equal(['Instance1', 'Instance2']);
    const [, ofStack, ofCluster, ofReaders, ...others] = all('AWS::IAM::Role')['ReaderScalingRemovalFunctionRole'].Policies[0].PolicyDocument.Statement;
    expect([ofStack.Action, ofCluster.Action, plain(ofCluster.Resource), others]).to.deep.equal([['cloudformation:DescribeStacks'], ['rds:DescribeDBClusters'], ['Cluster.DBClusterArn'], []]);
    expect([ofReaders.Effect, ofReaders.Action, ofReaders.Resource]).to.deep.equal(['Allow', ['rds:DescribeDBInstances', 'rds:DeleteDBInstance'], [`arn:aws:rds:${region}:${account}:db:application-autoscaling-*`]]);
    const { RetentionInDays, KmsKeyId } = all('AWS::Logs::LogGroup')['ReaderScalingRemovalFunctionLog'];
    expect([RetentionInDays, KmsKeyId]).to.deep.equal([isProduction ? 400 : 14, keyArn(region)]);
  });

  everywhere('FTG-31', 'stands in isolated subnets behind its own security group, with no address that the internet could reach', ({ all, short, isPrimary }) => {
    expect(only(all('AWS::RDS::DBSubnetGroup'), 'DBSubnetGroupName', 'SubnetIds')).to.deep.equal({ SubnetGroup: [`fintechglobal-aurora-${short}-main`, ['subnet-a', 'subnet-b', 'subnet-c']] });
    expect(only(all(cluster), 'DBSubnetGroupName', 'VpcSecurityGroupIds', 'Port')).to.deep.equal({ Cluster: ['SubnetGroup', ['sg-database'], 5432] });
    expect(only(all(instance), 'PubliclyAccessible')).to.deep.equal(ofEach(isPrimary, () => [false]));
  });

  everywhere('FTG-32 FTG-34 FTG-50', 'is encrypted, statements in Performance Insights too, under the region’s data key', ({ all, region }) => {
    const key = keyArn(region);
    expect(only(all(cluster), 'StorageEncrypted', 'KmsKeyId', 'PerformanceInsightsEnabled', 'PerformanceInsightsKmsKeyId', 'PerformanceInsightsRetentionPeriod', 'DatabaseInsightsMode')).to.deep.equal({ Cluster: [true, key, true, key, 7, 'standard'] });
  });

  everywhere('FTG-33 FTG-25', 'shows the operating system of each instance once a minute, by a role that can do no more', ({ all, region, isPrimary }) => {
    expect(only(all(instance), 'MonitoringInterval', 'MonitoringRoleArn')).to.deep.equal(ofEach(isPrimary, () => [60, 'MonitoringRole.Arn']));
    const { MonitoringRole } = all('AWS::IAM::Role');
    expect(only({ MonitoringRole }, 'AssumeRolePolicyDocument', 'ManagedPolicyArns', 'Policies')).to.deep.equal({
      MonitoringRole: [
        {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'monitoring.rds.amazonaws.com' },
              Action: ['sts:AssumeRole'],
              Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:aws:rds:${region}:${account}:db:*` } },
            },
          ],
        },
        ['arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole'],
        undefined,
      ],
    });
  });

  everywhere('FTG-35', 'refuses deletion and leaves a last snapshot in production, and goes without a trace elsewhere', ({ all, stack, isPrimary, isProduction }) => {
    const policies = (id: string) => [stack.resources.get(id)?.deletionPolicy, stack.resources.get(id)?.updateReplacePolicy];
    expect(policies('Cluster')).to.deep.equal(isProduction ? ['Snapshot', 'Snapshot'] : ['Delete', 'Delete']);
    expect(only(all(cluster), 'DeletionProtection', 'DeleteAutomatedBackups')).to.deep.equal({ Cluster: [isProduction, !isProduction] });
    for (const id of isPrimary ? ['Instance1', 'Instance2'] : ['Instance1']) expect(policies(id), id).to.deep.equal(['Delete', 'Delete']);
    if (!isPrimary) return;
    expect(policies('GlobalDatabase')).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    expect(only(all('AWS::RDS::GlobalCluster'), 'DeletionProtection')).to.deep.equal({ GlobalDatabase: [isProduction] });
  });

  everywhere('FTG-35', 'can go back to any moment of its backups, which are made while few pay', ({ all, environment, isPrimary }) => {
    const maintenance = isPrimary ? 'sun:09:30-sun:10:00' : 'sun:08:30-sun:09:00';
    expect(only(all(cluster), 'BackupRetentionPeriod', 'PreferredBackupWindow', 'PreferredMaintenanceWindow', 'CopyTagsToSnapshot')).to.deep.equal({ Cluster: [environment === 'develop' ? 7 : 35, '08:00-08:30', maintenance, true] });
    expect(only(all(instance), 'PreferredMaintenanceWindow')).to.deep.equal(ofEach(isPrimary, () => [maintenance]));
  });

  everywhere('FTG-31 FTG-51', 'takes the administrator from a secret while it deploys, and lets services sign in by IAM', ({ all, short, isPrimary }) => {
    const from = (field: string): string => `{{resolve:secretsmanager:fintechglobal-database-admin-${short}-main:SecretString:${field}}}`;
    expect(only(all(cluster), 'MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword', 'EnableIAMDatabaseAuthentication')).to.deep.equal({ Cluster: isPrimary ? [from('username'), from('password'), undefined, true] : [undefined, undefined, undefined, true] });
  });

  everywhere('FTG-36 FTG-75', 'changes the administrator’s password every 90 days by itself, where it writes', ({ all, isPrimary }) => {
    // The cache's token is rotated in each region.
    expect(Object.keys(all('AWS::SecretsManager::RotationSchedule'))).to.deep.equal([...(isPrimary ? ['RotatePasswordSchedule'] : []), 'CacheRotationSchedule']);
    if (isPrimary) {
      const { RotatePasswordSchedule } = all('AWS::SecretsManager::RotationSchedule');
      expect(only({ RotatePasswordSchedule }, 'SecretId', 'RotationLambdaARN', 'RotationRules', 'RotateImmediatelyOnUpdate')).to.deep.equal({
        RotatePasswordSchedule: [secretArn('database-admin'), 'RotatePassword.Arn', { AutomaticallyAfterDays: 90 }, false],
      });
      const { RotatePassword } = all('AWS::Serverless::Function');
      expect(only({ RotatePassword }, 'CodeUri', 'VpcConfig')).to.deep.equal({
        RotatePassword: ['function:rotate-postgres-password', { SubnetIds: ['subnet-d', 'subnet-e', 'subnet-f'], SecurityGroupIds: ['sg-rotation'] }],
      });
    }
    expect(only(all('AWS::SecretsManager::SecretTargetAttachment'), 'SecretId', 'TargetId', 'TargetType')).to.deep.equal(isPrimary ? { ClusterSecret: [secretArn('database-admin'), 'Cluster', cluster] } : {});
  });

  everywhere('FTG-57 FTG-50', 'exports everything that Aurora logs, masked, under the region’s data key', ({ all, region, short, isProduction }) => {
    expect(only(all(cluster), 'EnableCloudwatchLogsExports')).to.deep.equal({ Cluster: [['postgresql', 'instance', 'iam-db-auth-error']] });
    const groups = chosen(Object.values(all('AWS::Logs::LogGroup')), ({ LogGroupName }) => LogGroupName.startsWith('/aws/rds/'));
    expect(groups.map(({ LogGroupName, RetentionInDays, KmsKeyId }) => [LogGroupName, RetentionInDays, KmsKeyId] as unknown)).to.deep.equal(
      ['postgresql', 'instance', 'iam-db-auth-error'].map((log) => [`/aws/rds/cluster/fintechglobal-aurora-${short}-main-${region}/${log}`, isProduction ? 400 : 14, keyArn(region)]),
    );
    for (const { DataProtectionPolicy } of groups) expect(DataProtectionPolicy.Statement[1]).to.deep.equal(maskedCardData);
  });

  everywhere('FTG-34', 'refuses connections without TLS', ({ all }) => {
    const { ParameterGroup } = all('AWS::RDS::DBClusterParameterGroup');
    expect([ParameterGroup.Family, ParameterGroup.Parameters['rds.force_ssl'], ParameterGroup.Parameters['ssl_min_protocol_version']]).to.deep.equal(['aurora-postgresql17', '1', 'TLSv1.2']);
  });
});
