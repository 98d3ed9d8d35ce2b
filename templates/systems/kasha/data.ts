import { Fn, listToken, stringToken, type Token } from '../../../src/cfn';
import { connectionSecret } from '../../modules/data/connection-secret';
import type { DatabaseHandle } from '../../modules/data/mysql-instance';
import { secretArnHere } from '../../modules/security/secret-arn';
import { archive } from './archive';
import { database } from './database';
import { databaseName, databasePort } from './database-names';
import { defineTemplate } from './environments';
import { queues } from './queues';
import { connectionSecretName } from './secret-names';

/** What stands for the database in a secondary region that has none. */
const none = 'none';

/** Database, connection secret, queues and backups of one region. */
export const data = defineTemplate(
  'data',
  {
    description: 'Kasha MySQL with its replicas, proxy, logs and backups, and the queues',
    parameters: {
      DatabaseSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      DatabaseSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      ProxySecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      RotationSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>', Description: 'Subnets from which the password is rotated' },
      RotationSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      DatabaseKeyArn: { Type: 'String' },
      DefaultKeyArn: { Type: 'String' },
      SecondaryDatabaseKeyArn: { Type: 'String', Description: 'Database key of the secondary region, for the backups that are replicated there' },
      DatabaseSecretArn: { Type: 'String', Description: 'ARN of the database secret in the primary region' },
      ArchiveVaultArn: { Type: 'String', Description: 'Backup vault of the archive account; empty for none' },
    },
  },
  (t) => {
    const { settings, context, isPrimary } = t;
    const databaseSecretArn = t.param('DatabaseSecretArn');

    const { primary, replica, proxy, standby, subnetGroupName } = database(t, {
      subnetIds: t.param('DatabaseSubnetIds').list(),
      securityGroupId: t.param('DatabaseSecurityGroupId'),
      proxySecurityGroupId: t.param('ProxySecurityGroupId'),
      rotationNetwork: { subnetIds: t.param('RotationSubnetIds').list(), securityGroupId: t.param('RotationSecurityGroupId') },
      databaseKeyArn: t.param('DatabaseKeyArn'),
      defaultKeyArn: t.param('DefaultKeyArn'),
      secondaryDatabaseKeyArn: t.param('SecondaryDatabaseKeyArn'),
      databaseSecretArn,
    });
    const endpoint = proxy?.endpoint ?? primary.att('Endpoint.Address');

    const connection = connectionSecret(t, 'ConnectionSecret', {
      name: connectionSecretName(t),
      key: t.param('DefaultKeyArn'),
      connection: { host: endpoint, readerHost: replica.att('Endpoint.Address'), port: databasePort, databaseName, credentialsArn: databaseSecretArn },
      replicas: [{ region: context.regions.secondary, key: t.resourceName('default') }],
      when: isPrimary,
    });

    const queue = queues(t, t.param('DefaultKeyArn'));

    if (settings.archive) {
      archive(t, {
        database: primary,
        databaseKeyArn: t.param('DatabaseKeyArn'),
        subnetGroupName,
        securityGroupId: t.param('DatabaseSecurityGroupId'),
        archiveVaultArn: t.param('ArchiveVaultArn'),
      });
    }

    const here = (inPrimary: Token<'String'>, inSecondary: Token<'String'> | undefined): Token<'String'> => stringToken(isPrimary.choose(inPrimary, inSecondary ?? none));
    const withPort = (instance: DatabaseHandle): Token<'String'> => stringToken(Fn.Join(':', [instance.att('Endpoint.Address'), instance.att('Endpoint.Port')]));
    return {
      ApplicationEndpoint: here(endpoint, standby?.att('Endpoint.Address')),
      DatabaseEndpointAndPort: here(withPort(primary), standby && withPort(standby)),
      ReplicaEndpointAndPort: here(withPort(replica), standby && withPort(standby)),
      DatabaseIdentifier: here(primary.ref(), standby?.ref()),
      ReplicaIdentifier: here(replica.ref(), standby?.ref()),
      DatabaseResourceId: here(proxy?.resourceId ?? primary.att('DbiResourceId'), standby?.att('DbiResourceId')),
      DatabaseSecretArn: secretArnHere(databaseSecretArn),
      // The secondary holds a replica, which has the agreed name; its ARN ends in letters that only the primary's stack knows.
      ConnectionSecretArn: stringToken(isPrimary.choose(connection.ref(), connectionSecretName(t))),
      QueueArns: listToken('CommaDelimitedList', Object.values(queue).map((each) => each.att('Arn'))),
      QueueUrl: queue.queue.ref(),
      PriorityQueueUrl: queue['priority-queue'].ref(),
      NotificationQueueUrl: queue['notification-queue'].ref(),
      PriorityNotificationQueueUrl: queue['priority-notification-queue'].ref(),
    };
  },
);
