import { cache } from './cache';
import { database } from './database';
import { defineTemplate } from './environments';
import { sessions } from './sessions';

/** Database, cache and sessions of one region, and the rotation of their secrets. */
export const data = defineTemplate(
  'data',
  {
    description: 'FinTech Global Aurora PostgreSQL with its global database, logs and password rotation, cache, and DynamoDB table of the sessions',
    parameters: {
      DataSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      DatabaseSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CacheSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      RotationSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'Subnets from which passwords and tokens are rotated' },
      RotationSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      DataKeyArn: { Type: 'String' },
      SecondaryDataKeyArn: { Type: 'String', Description: 'Key of the table’s replica in the secondary region' },
      DatabaseSecretArn: { Type: 'String', Description: 'ARN of the database secret in the primary region' },
      CacheSecretArn: { Type: 'String', Description: 'ARN of the secret with the token of the region’s cache' },
      AlarmTopicArn: { Type: 'String' },
    },
  },
  (t) => {
    const rotationNetwork = { subnetIds: t.param('RotationSubnetIds').list(), securityGroupId: t.param('RotationSecurityGroupId') };
    const cluster = database(t, {
      subnetIds: t.param('DataSubnetIds').list(),
      securityGroupId: t.param('DatabaseSecurityGroupId'),
      rotationNetwork,
      keyArn: t.param('DataKeyArn'),
      databaseSecretArn: t.param('DatabaseSecretArn'),
    });
    const { endpoint, replicationGroupId } = cache(t, {
      subnetIds: t.param('DataSubnetIds').list(),
      securityGroupId: t.param('CacheSecurityGroupId'),
      rotationNetwork,
      keyArn: t.param('DataKeyArn'),
      cacheSecretArn: t.param('CacheSecretArn'),
      topicArn: t.param('AlarmTopicArn'),
    });
    sessions(t, { primary: t.param('DataKeyArn'), secondary: t.param('SecondaryDataKeyArn') });
    return {
      DatabaseResourceId: cluster.att('DBClusterResourceId'),
      DatabaseClusterIdentifier: cluster.ref(),
      // In the secondary it answers only once the region has taken over.
      WriterEndpoint: cluster.att('Endpoint.Address'),
      ReaderEndpoint: cluster.att('ReadEndpoint.Address'),
      CacheEndpoint: endpoint,
      CacheReplicationGroupId: replicationGroupId,
    };
  },
);
