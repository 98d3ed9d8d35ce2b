import { backups } from './backups';
import { cache } from './cache';
import { database } from './database';
import { defineTemplate } from './environments';

/** Database, proxy, cache and backups of one region, and the rotation of their secrets. */
export const data = defineTemplate(
  'data',
  {
    description: 'LookCard Aurora PostgreSQL with its proxy, cache, rotation of password and token, and backups',
    parameters: {
      AuroraEngineVersion: { Type: 'String' },
      DatabaseSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      IsolatedSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'Subnets of the cache' },
      DatabaseSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      ProxySecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CacheSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      RotationSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'Subnets from which password and token are rotated' },
      RotationSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      DataKeyArn: { Type: 'String' },
      DatabaseSecretArn: { Type: 'String', Description: 'ARN of the database secret in the primary region' },
      CacheSecretArn: { Type: 'String', Description: 'ARN of the secret with the token of the region’s cache' },
      AlarmTopicArn: { Type: 'String' },
    },
  },
  (t) => {
    const keyArn = t.param('DataKeyArn');
    const rotationNetwork = { subnetIds: t.param('RotationSubnetIds').list(), securityGroupId: t.param('RotationSecurityGroupId') };
    const stored = database(t, {
      engineVersion: t.param('AuroraEngineVersion'),
      subnetIds: t.param('DatabaseSubnetIds').list(),
      securityGroupId: t.param('DatabaseSecurityGroupId'),
      proxySecurityGroupId: t.param('ProxySecurityGroupId'),
      rotationNetwork,
      keyArn,
      databaseSecretArn: t.param('DatabaseSecretArn'),
    });
    const { endpoint, replicationGroupId } = cache(t, {
      subnetIds: t.param('IsolatedSubnetIds').list(),
      securityGroupId: t.param('CacheSecurityGroupId'),
      rotationNetwork,
      keyArn,
      cacheSecretArn: t.param('CacheSecretArn'),
      topicArn: t.param('AlarmTopicArn'),
    });
    if (t.settings.backups) backups(t, { ...stored, keyArn, securityGroupId: t.param('DatabaseSecurityGroupId') });
    return {
      DatabaseClusterIdentifier: stored.cluster.ref(),
      // In the secondary it answers only once the region has taken over, and so does the proxy's own.
      WriterEndpoint: stored.cluster.att('Endpoint.Address'),
      ProxyEndpoint: stored.endpoint,
      ProxyReaderEndpoint: stored.readerEndpoint,
      ProxyResourceId: stored.resourceId,
      CacheEndpoint: endpoint,
      CacheReplicationGroupId: replicationGroupId,
    };
  },
);
