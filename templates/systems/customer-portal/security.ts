import { Fn, stringToken } from '../../../src/cfn';
import { postgresPassword } from '../../modules/data/postgres-password';
import { alarmTopic } from '../../modules/monitoring/topic';
import { bucket } from '../../modules/security/bucket';
import { certificate } from '../../modules/security/certificate';
import { distributionsMayDecrypt } from '../../modules/security/cloudfront-reads';
import { emptied } from '../../modules/security/emptied';
import { fargateMayEncrypt, key, logsMayEncrypt, serviceMayUse } from '../../modules/security/key';
import { mayDeliver } from '../../modules/security/policy';
import { repository } from '../../modules/security/repository';
import { replicasElsewhere, secret } from '../../modules/security/secret';
import { staticAssets } from './assets';
import { defineTemplate } from './environments';
import { apiKeySecretName, databaseSecretName, nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

/** The part in names of the function that empties the template's buckets: its log is archived by another template. */
export const bucketEmptier = 'empty-buckets';

/**
 * Keys, registries, certificate, buckets and alarm topic of one region; in the primary also the secrets, replicated to the secondary,
 * and the replication of the static assets.
 */
export const security = defineTemplate(
  'security',
  {
    description: 'Customer portal keys, image registries, certificate, buckets, alarm topic and secrets',
    parameters: { DomainName: { Type: 'String' }, AlarmEmail: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' } },
  },
  (t) => {
    const { isPrimary } = t;
    const defaultAlias = t.resourceName('default');

    const defaultKey = key(t, 'DefaultKey', {
      description: 'Logs, static assets, topics, images, secrets and task storage of the customer portal',
      alias: defaultAlias,
      retained: false,
      statements: [
        logsMayEncrypt,
        serviceMayUse('AlarmsMayPublish', 'cloudwatch.amazonaws.com'),
        serviceMayUse('EventsMayQueue', 'events.amazonaws.com'),
        distributionsMayDecrypt,
        ...fargateMayEncrypt(t.resourceName('cluster')),
      ],
    });
    const keyArn = defaultKey.att('Arn');
    const databaseKey = key(t, 'DatabaseKey', { description: 'Aurora and session storage, snapshots and backups of the customer portal', alias: t.resourceName('database'), retained: false });

    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('alarms'), keyArn, email: t.param('AlarmEmail') });

    const { handle: accessLogs } = bucket(t, 'AccessLogs', {
      name: t.resourceName('access-logs', 'world'),
      expireAfterDays: 400,
      retained: false,
      statements: (bucketArn) => [
        mayDeliver('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com', bucketArn),
        mayDeliver('BucketsMayWrite', 'logging.s3.amazonaws.com', bucketArn),
      ],
    });
    const assets = staticAssets(t, { keyArn, keyAlias: defaultAlias, accessLogBucket: accessLogs.ref(), topic: topic.ref() });
    emptied(t, { name: bucketEmptier, buckets: { AccessLogs: accessLogs, Assets: assets }, keyArn, logRetentionInDays: t.settings.logRetentionDays });

    repository(t, 'FrontendRepository', { name: t.resourceName('frontend'), key: keyArn, emptyOnDelete: true });
    repository(t, 'BackendRepository', { name: t.resourceName('backend'), key: keyArn, emptyOnDelete: true });

    const regionCertificate = certificate(t, 'Certificate', {
      name: t.resourceName('alb'),
      domainName: Fn.Sub('origin.${DomainName}'),
      // The fixed name of the secondary's load balancer, from which CloudFront reads what the first one could not answer, and the
      // name under which clients with keys call API Gateway.
      alternativeNames: [Fn.Sub('secondary.${DomainName}'), Fn.Sub('api.${DomainName}')],
      hostedZoneId: t.param('HostedZoneId'),
    });

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
    secret(t, 'ApiKeySecret', {
      ...shared,
      name: apiKeySecretName(t),
      description: 'API key of the first client, the same in both regions',
      generate: { field: 'value', alphanumeric: true },
    });

    return {
      DefaultKeyArn: keyArn,
      DatabaseKeyArn: databaseKey.att('Arn'),
      AccessLogBucketName: accessLogs.ref(),
      CertificateArn: regionCertificate.ref(),
      AlarmTopicArn: topic.ref(),
      // The secondary holds a replica, whose id is the name until the primary's ARN is known.
      DatabaseSecretArn: stringToken(isPrimary.choose(databaseSecret.ref(), databaseSecretName(t))),
    };
  },
);
