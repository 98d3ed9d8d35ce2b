import { expect } from 'chai';
import { data } from '../../../templates/systems/lookcard/data';
import { only, plain } from '../plain';
import type { EnvironmentName } from './built';
import { dataParameters, keyArn, secretArn, topicArn } from './data-parameters';
import { everywhereOf, type Row } from './everywhere';

const group = 'AWS::ElastiCache::ReplicationGroup';

/** Cache nodes beside the one that writes. */
const cacheReplicas: Readonly<Record<EnvironmentName, number>> = { production: 2, staging: 1, testing: 0, develop: 0, sandbox: 0 };

describe('LookCard cache', () => {
  const everywhere = everywhereOf(data, dataParameters);

  everywhere('LKC-73', 'is Valkey with a copy in each other zone in production, in one other in staging, and a node alone elsewhere', ({ all, environment, short }) => {
    const replicas = cacheReplicas[environment];
    const many = replicas > 0;
    expect(only(all(group), 'ReplicationGroupId', 'Engine', 'EngineVersion', 'NumNodeGroups', 'ReplicasPerNodeGroup', 'NumCacheClusters', 'AutomaticFailoverEnabled', 'MultiAZEnabled')).to.deep.equal({
      Cache: [`lookcard-cache-${short}-main`, 'valkey', '8.2', many ? 1 : undefined, many ? replicas : undefined, many ? undefined : 1, many, many],
    });
  });

  everywhere('LKC-73 LKC-28', 'stands in the isolated subnets, behind its own security group', ({ all }) => {
    expect(only(all(group), 'CacheSubnetGroupName', 'SecurityGroupIds', 'Port')).to.deep.equal({ Cache: ['CacheSubnets', ['sg-cache'], 6379] });
    expect(only(all('AWS::ElastiCache::SubnetGroup'), 'SubnetIds')).to.deep.equal({ CacheSubnets: [['subnet-i', 'subnet-j', 'subnet-k']] });
  });

  everywhere('LKC-76 LKC-93', 'is encrypted under the data key of its region, speaks TLS only, and asks for a token that no template holds', ({ all, short, region }) => {
    expect(only(all(group), 'AtRestEncryptionEnabled', 'KmsKeyId', 'TransitEncryptionEnabled', 'TransitEncryptionMode', 'AuthToken')).to.deep.equal({
      Cache: [true, keyArn(region), true, 'required', `{{resolve:secretsmanager:lookcard-cache-token-${short}-main:SecretString:value}}`],
    });
  });

  everywhere('LKC-87', 'gets a new token every 90 days, in each region its own', ({ all, region }) => {
    const { CacheRotationSchedule } = all('AWS::SecretsManager::RotationSchedule') as Record<string, Row>;
    expect(plain(CacheRotationSchedule)).to.deep.equal({ SecretId: secretArn('cache-token', region), RotationLambdaARN: 'CacheRotation.Arn', RotationRules: { AutomaticallyAfterDays: 90 }, RotateImmediatelyOnUpdate: false });
  });

  everywhere('LKC-73 LKC-97', 'takes daily snapshots, and tells of failovers', ({ all, stack, region, isProduction, environment }) => {
    expect(only(all(group), 'SnapshotRetentionLimit', 'NotificationTopicArn')).to.deep.equal({ Cache: [cacheReplicas[environment] > 0 ? 7 : 1, topicArn(region)] });
    expect(stack.resources.get('Cache')?.deletionPolicy).to.equal(isProduction ? 'Snapshot' : 'Delete');
  });
});
