import { expect } from 'chai';
import { data } from '../../../templates/systems/fintech-global/data';
import { only, plain } from '../plain';
import { dataParameters, keyArn, secretArn, topicArn } from './data-parameters';
import { everywhereOf, type Row } from './everywhere';

const group = 'AWS::ElastiCache::ReplicationGroup';
const cluster = (values: readonly unknown[]) => ({ Cache: values });

describe('FinTech Global cache', () => {
  const everywhere = everywhereOf(data, dataParameters);

  everywhere('FTG-37', 'is one Valkey cluster, whose shard has a replica in another zone that takes over by itself', ({ all, short, isProduction }) => {
    expect(only(all(group), 'ReplicationGroupId', 'Engine', 'EngineVersion', 'CacheNodeType')).to.deep.equal(
      cluster([`fintechglobal-cache-${short}-main`, 'valkey', '8.2', isProduction ? 'cache.r7g.large' : 'cache.t4g.small']),
    );
    expect(only(all(group), 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NumCacheClusters', 'AutomaticFailoverEnabled', 'MultiAZEnabled')).to.deep.equal(cluster([1, 1, undefined, true, true]));
    expect(only(all(group), 'CacheParameterGroupName')).to.deep.equal(cluster(['CacheParameters']));
    expect(only(all('AWS::ElastiCache::ParameterGroup'), 'CacheParameterGroupFamily', 'Properties')).to.deep.equal({ CacheParameters: ['valkey8', { 'cluster-enabled': 'yes' }] });
  });

  everywhere('FTG-37', 'takes new minor versions by itself, in an hour of its own', ({ all }) => {
    expect(only(all(group), 'AutoMinorVersionUpgrade', 'PreferredMaintenanceWindow', 'SnapshotWindow')).to.deep.equal(cluster([true, 'sun:08:30-sun:09:30', '07:00-08:00']));
  });

  everywhere('FTG-37 FTG-35', 'takes daily snapshots, in production also a last one', ({ all, stack, isProduction }) => {
    expect(only(all(group), 'SnapshotRetentionLimit')).to.deep.equal(cluster([isProduction ? 7 : 1]));
    const { deletionPolicy, updateReplacePolicy } = stack.resources.get('Cache') ?? {};
    expect([deletionPolicy, updateReplacePolicy]).to.deep.equal(isProduction ? ['Snapshot', 'Snapshot'] : ['Delete', 'Delete']);
  });

  everywhere('FTG-38 FTG-51', 'asks for the token that its region’s secret has, which no template holds', ({ all, short }) => {
    expect(only(all(group), 'AuthToken', 'UserGroupIds')).to.deep.equal(cluster([`{{resolve:secretsmanager:fintechglobal-cache-token-${short}-main:SecretString:value}}`, undefined]));
  });

  everywhere('FTG-39 FTG-50 FTG-77', 'is encrypted with the data key of its region, and speaks TLS only', ({ all, region }) => {
    expect(only(all(group), 'AtRestEncryptionEnabled', 'KmsKeyId', 'TransitEncryptionEnabled', 'TransitEncryptionMode')).to.deep.equal(cluster([true, keyArn(region), true, 'required']));
  });

  everywhere('FTG-40 FTG-78', 'stands in the isolated subnets of three zones, behind its own security group', ({ all }) => {
    expect(only(all(group), 'CacheSubnetGroupName', 'SecurityGroupIds', 'Port')).to.deep.equal(cluster(['CacheSubnets', ['sg-cache'], 6379]));
    expect(only(all('AWS::ElastiCache::SubnetGroup'), 'SubnetIds')).to.deep.equal({ CacheSubnets: [['subnet-a', 'subnet-b', 'subnet-c']] });
  });

  everywhere('FTG-37 FTG-57', 'writes slow commands and what its engine says to encrypted logs, and tells the alarm topic of failovers', ({ all, region, short, isProduction }) => {
    expect(only(all(group), 'NotificationTopicArn', 'LogDeliveryConfigurations')).to.deep.equal(
      cluster([
        topicArn(region),
        ['slow-log', 'engine-log'].map((LogType, index) => ({
          LogType,
          LogFormat: 'json',
          DestinationType: 'cloudwatch-logs',
          DestinationDetails: { CloudWatchLogsDetails: { LogGroup: ['CacheSlowLog', 'CacheEngineLog'][index] } },
        })),
      ]),
    );
    const { CacheSlowLog, CacheEngineLog } = all('AWS::Logs::LogGroup') as Record<string, Row>;
    expect(only({ CacheSlowLog, CacheEngineLog } as Row, 'LogGroupName', 'KmsKeyId', 'RetentionInDays')).to.deep.equal({
      CacheSlowLog: [`/aws/vendedlogs/elasticache/fintechglobal-cache-${short}-main/slow-log`, keyArn(region), isProduction ? 400 : 14],
      CacheEngineLog: [`/aws/vendedlogs/elasticache/fintechglobal-cache-${short}-main/engine-log`, keyArn(region), isProduction ? 400 : 14],
    });
  });

  everywhere('FTG-41', 'stands alone in each region, because what it holds can be made again', ({ all }) => {
    expect(Object.keys(all('AWS::ElastiCache::GlobalReplicationGroup'))).to.deep.equal([]);
    expect(only(all(group), 'GlobalReplicationGroupId')).to.deep.equal(cluster([undefined]));
  });

  everywhere('FTG-36 FTG-75', 'gets a new token every 90 days, by a function of its region that reaches it', ({ all, stack, region }) => {
    const { CacheRotationSchedule } = all('AWS::SecretsManager::RotationSchedule') as Record<string, Row>;
    expect(plain(CacheRotationSchedule)).to.deep.equal({
      SecretId: secretArn('cache-token', region),
      RotationLambdaARN: 'CacheRotation.Arn',
      RotationRules: { AutomaticallyAfterDays: 90 },
      RotateImmediatelyOnUpdate: false,
    });
    expect(stack.resources.get('CacheRotationSchedule')?.dependsOn).to.include.members(['Cache', 'CacheRotationPermission']);
    const functions = all('AWS::Serverless::Function') as Record<string, Row>;
    expect(only({ it: functions['CacheRotation'] } as Row, 'CodeUri', 'VpcConfig', 'Timeout')).to.deep.equal({
      it: ['function:rotate-cache-token', { SubnetIds: ['subnet-d', 'subnet-e', 'subnet-f'], SecurityGroupIds: ['sg-rotation'] }, 900],
    });
  });

  everywhere('FTG-36 FTG-38', 'lets its rotation change this cache and this secret and no others', ({ all, region, short }) => {
    const { CacheRotationRole } = all('AWS::IAM::Role') as Record<string, Row>;
    // Before them are its log and its way into the VPC, as every function in one has them.
    const own = (CacheRotationRole?.['Policies'][0].PolicyDocument.Statement as readonly Row[]).slice(3);
    const secret = secretArn('cache-token', region);
    const decrypted = { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:EncryptionContext:SecretARN': secret } };
    expect(plain(own)).to.deep.equal([
      { Effect: 'Allow', Action: ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((action) => `secretsmanager:${action}`), Resource: [secret] },
      { Effect: 'Allow', Action: ['secretsmanager:GetRandomPassword'], Resource: ['*'] },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [keyArn(region)], Condition: decrypted },
      {
        Effect: 'Allow',
        Action: ['elasticache:DescribeReplicationGroups', 'elasticache:ModifyReplicationGroup'],
        Resource: [`arn:aws:elasticache:${region}:111111111111:replicationgroup:fintechglobal-cache-${short}-main`],
      },
    ]);
  });
});
