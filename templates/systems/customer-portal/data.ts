import { database } from './database';
import { defineTemplate } from './environments';
import { archiveLogs, archiveParameters } from './log-archive';
import { sessionTables } from './sessions';

/** Database of one region, and the rotation of its administrator's password; in the primary also the tables of the sessions. */
export const data = defineTemplate(
  'data',
  {
    description: 'Customer portal Aurora PostgreSQL with its global database, logs and password rotation, and DynamoDB tables of the sessions',
    parameters: {
      ...archiveParameters,
      DatabaseSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      DatabaseSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      RotationSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'Subnets from which the password is rotated' },
      RotationSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      DatabaseKeyArn: { Type: 'String' },
      SecondaryDatabaseKeyArn: { Type: 'String', Description: 'Key of the tables’ replicas in the secondary region' },
      DefaultKeyArn: { Type: 'String' },
      DatabaseSecretArn: { Type: 'String', Description: 'ARN of the database secret in the primary region' },
    },
  },
  (t) => {
    const cluster = database(t, {
      subnetIds: t.param('DatabaseSubnetIds').list(),
      securityGroupId: t.param('DatabaseSecurityGroupId'),
      rotationNetwork: { subnetIds: t.param('RotationSubnetIds').list(), securityGroupId: t.param('RotationSecurityGroupId') },
      databaseKeyArn: t.param('DatabaseKeyArn'),
      defaultKeyArn: t.param('DefaultKeyArn'),
      databaseSecretArn: t.param('DatabaseSecretArn'),
    });
    sessionTables(t, { primary: t.param('DatabaseKeyArn'), secondary: t.param('SecondaryDatabaseKeyArn') });
    archiveLogs(t);
    return {
      // In the secondary it answers only once the region has taken over.
      WriterEndpoint: cluster.att('Endpoint.Address'),
      ReaderEndpoint: cluster.att('ReadEndpoint.Address'),
      ClusterResourceId: cluster.att('DBClusterResourceId'),
      ClusterIdentifier: cluster.ref(),
    };
  },
);
