import { Fn, stringToken } from '../../../src/cfn';
import { postgresPassword } from '../../modules/data/postgres-password';
import { alarmTopic } from '../../modules/monitoring/topic';
import { bucket } from '../../modules/security/bucket';
import { certificate } from '../../modules/security/certificate';
import { emptied } from '../../modules/security/emptied';
import { fargateMayEncrypt, key, logsMayEncrypt, serviceMayUse } from '../../modules/security/key';
import { mayDeliver } from '../../modules/security/policy';
import { repository } from '../../modules/security/repository';
import { replicasElsewhere, secret } from '../../modules/security/secret';
import { defineTemplate } from './environments';
import { databaseSecretName, nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

/** Keys, registries, certificate, log bucket and alarm topic of one region; in the primary also the secrets, replicated to the secondary. */
export const security = defineTemplate(
  'security',
  {
    description: 'Financial portal keys, image registries, certificate, access-log bucket, alarm topic and secrets',
    parameters: { DomainName: { Type: 'String' }, AlarmEmail: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' } },
  },
  (t) => {
    const { isPrimary } = t;
    const defaultAlias = t.resourceName('default');

    const defaultKey = key(t, 'DefaultKey', {
      description: 'Logs, topics, images, secrets and task storage of the financial portal',
      alias: defaultAlias,
      retained: false,
      statements: [logsMayEncrypt, serviceMayUse('AlarmsMayPublish', 'cloudwatch.amazonaws.com'), serviceMayUse('EventsMayQueue', 'events.amazonaws.com'), ...fargateMayEncrypt(t.resourceName('cluster'))],
    });
    const keyArn = defaultKey.att('Arn');
    const databaseKey = key(t, 'DatabaseKey', { description: 'Aurora storage, snapshots and backups of the financial portal', alias: t.resourceName('database'), retained: false });

    const { handle: accessLogs } = bucket(t, 'AccessLogs', {
      name: t.resourceName('access-logs', 'world'),
      expireAfterDays: 400,
      retained: false,
      statements: (bucketArn) => [mayDeliver('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com', bucketArn)],
    });
    emptied(t, { name: 'empty-access-logs', buckets: { AccessLogs: accessLogs }, keyArn, logRetentionInDays: t.settings.logRetentionDays });

    repository(t, 'WebRepository', { name: t.resourceName('web'), key: keyArn, emptyOnDelete: true });
    repository(t, 'ApiRepository', { name: t.resourceName('api'), key: keyArn, emptyOnDelete: true });

    const loadBalancerCertificate = certificate(t, 'Certificate', {
      name: t.resourceName('alb'),
      domainName: Fn.Sub('origin.${DomainName}'),
      // The fixed name of the secondary's load balancer, from which CloudFront reads what the first one could not answer.
      alternativeNames: [Fn.Sub('secondary.${DomainName}')],
      hostedZoneId: t.param('HostedZoneId'),
    });

    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('alarms'), keyArn, email: t.param('AlarmEmail') });

    const shared = { key: keyArn, replicas: replicasElsewhere(t, defaultAlias), when: isPrimary };
    const databaseSecret = secret(t, 'DatabaseSecret', {
      ...shared,
      name: databaseSecretName(t),
      description: 'User name and password of the PostgreSQL administrator',
      generate: { template: '{"username":"portal_admin"}', field: 'password', ...postgresPassword },
    });
    secret(t, 'OriginHeaderSecret', {
      ...shared,
      name: originHeaderSecretName(t),
      description: 'Header by which the load balancers know CloudFront',
      generate: { field: 'value', alphanumeric: true },
    });
    secret(t, 'NextOriginHeaderSecret', {
      ...shared,
      name: nextOriginHeaderSecretName(t),
      description: 'Header by which the load balancers are to know CloudFront after the next rotation',
      generate: { field: 'value', alphanumeric: true },
    });

    return {
      DefaultKeyArn: keyArn,
      DatabaseKeyArn: databaseKey.att('Arn'),
      AccessLogBucketName: accessLogs.ref(),
      CertificateArn: loadBalancerCertificate.ref(),
      AlarmTopicArn: topic.ref(),
      // The secondary holds a replica, whose id is the name until the primary's ARN is known.
      DatabaseSecretArn: stringToken(isPrimary.choose(databaseSecret.ref(), databaseSecretName(t))),
    };
  },
);
