import { Fn, stringToken } from '../../../src/cfn';
import { mysqlPassword } from '../../modules/data/mysql-password';
import { bucket } from '../../modules/security/bucket';
import { certificate } from '../../modules/security/certificate';
import { emptied } from '../../modules/security/emptied';
import { fargateMayEncrypt, key, logsMayEncrypt, serviceMayUse } from '../../modules/security/key';
import { mayDeliver } from '../../modules/security/policy';
import { repository } from '../../modules/security/repository';
import { replicasElsewhere, secret } from '../../modules/security/secret';
import { defineTemplate } from './environments';
import { databaseSecretName, originHeaderSecretName } from './secret-names';

/** Keys, registries, certificate and log bucket of one region; in the primary also the secrets, replicated to the secondary. */
export const security = defineTemplate(
  'security',
  {
    description: 'Kasha keys, image registries, certificate, access-log bucket and secrets',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' } },
  },
  (t) => {
    const { settings, isPrimary } = t;
    const retained = settings.protected;
    const defaultAlias = t.resourceName('default');

    const defaultKey = key(t, 'DefaultKey', {
      description: 'Logs, queues, topics, images, secrets and task storage of Kasha',
      alias: defaultAlias,
      retained,
      statements: [logsMayEncrypt, serviceMayUse('AlarmsMayPublish', 'cloudwatch.amazonaws.com'), ...fargateMayEncrypt(t.resourceName('cluster'))],
    });
    const databaseKey = key(t, 'DatabaseKey', { description: 'MySQL storage, snapshots and backups of Kasha', alias: t.resourceName('rds'), retained });

    const { handle: accessLogs } = bucket(t, 'AccessLogs', {
      name: t.resourceName('access-logs', 'world'),
      expireAfterDays: 365,
      ...(retained ? { objectLock: 'enabled' as const } : {}),
      retained,
      statements: (bucketArn) => [mayDeliver('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com', bucketArn)],
    });
    if (!retained) emptied(t, { name: 'empty-access-logs', buckets: { AccessLogs: accessLogs }, keyArn: defaultKey.att('Arn') });

    for (const service of ['frontend', 'backend'] as const) {
      repository(t, service === 'frontend' ? 'FrontendRepository' : 'BackendRepository', { name: t.resourceName(service), key: defaultKey.att('Arn'), emptyOnDelete: !retained });
    }

    const loadBalancerCertificate = certificate(t, 'Certificate', {
      name: t.resourceName('alb'),
      domainName: Fn.Sub('origin.${DomainName}'),
      alternativeNames: [Fn.Sub('backend.${DomainName}')],
      hostedZoneId: t.param('HostedZoneId'),
    });

    const replicas = replicasElsewhere(t, defaultAlias);
    const databaseSecret = secret(t, 'DatabaseSecret', {
      name: databaseSecretName(t),
      description: 'User name and password of the MySQL administrator',
      key: defaultKey.att('Arn'),
      generate: { template: '{"username":"admin"}', field: 'password', ...mysqlPassword },
      replicas,
      when: isPrimary,
    });
    secret(t, 'OriginHeaderSecret', {
      name: originHeaderSecretName(t),
      description: 'Header by which the load balancer knows CloudFront',
      key: defaultKey.att('Arn'),
      generate: { field: 'value', alphanumeric: true },
      replicas,
      when: isPrimary,
    });

    return {
      DefaultKeyArn: defaultKey.att('Arn'),
      DatabaseKeyArn: databaseKey.att('Arn'),
      AccessLogBucketName: accessLogs.ref(),
      CertificateArn: loadBalancerCertificate.ref(),
      // The secondary holds a replica, whose id is the name until the primary's ARN is known.
      DatabaseSecretArn: stringToken(isPrimary.choose(databaseSecret.ref(), databaseSecretName(t))),
    };
  },
);
