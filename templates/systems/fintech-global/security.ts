import { alarmTopic } from '../../modules/monitoring/topic';
import { bucket } from '../../modules/security/bucket';
import { certificate } from '../../modules/security/certificate';
import { emptied } from '../../modules/security/emptied';
import { mayDeliver } from '../../modules/security/policy';
import { replicaKey } from '../../modules/security/replica-key';
import { repository } from '../../modules/security/repository';
import { dataKeyAlias, dataKeyDescription, dataKeyGrantsThrough, dataKeyStatements } from './data-key-statements';
import { dataLake } from './data-lake';
import { defineTemplate } from './environments';
import { secrets } from './secrets';

/**
 * Registries, certificate, log bucket, data lake and alarm topic of one region; in the primary also the secrets and the data lake's
 * replication, in the secondary the replica of the data key.
 */
export const security = defineTemplate(
  'security',
  {
    description: 'FinTech Global replica of the data key, image registries, certificate, buckets, alarm topic and secrets',
    parameters: {
      DomainName: { Type: 'String' },
      AlertEmail: { Type: 'String' },
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      PrimaryDataKeyArn: { Type: 'String', Description: 'The data key in the primary region' },
    },
  },
  (t) => {
    const { settings, isPrimary, isSecondary } = t;
    const retained = settings.protected;

    const replica = replicaKey(t, 'DataKey', {
      description: dataKeyDescription,
      alias: dataKeyAlias(t),
      statements: dataKeyStatements,
      grantsThrough: dataKeyGrantsThrough,
      primaryKeyArn: t.param('PrimaryDataKeyArn'),
      retained,
      when: isSecondary,
    });
    const keyArn = isPrimary.chooseToken(t.param('PrimaryDataKeyArn'), replica.att('Arn'));

    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('alarms'), keyArn, email: t.param('AlertEmail') });

    const { handle: logs } = bucket(t, 'Logs', {
      name: t.resourceName('logs', 'world'),
      expireAfterDays: 400,
      ...(retained ? { objectLock: 'enabled' as const } : {}),
      retained,
      statements: (bucketArn) => [
        mayDeliver('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com', bucketArn),
        mayDeliver('BucketsMayWrite', 'logging.s3.amazonaws.com', bucketArn),
      ],
    });
    const lake = dataLake(t, { keyArn, primaryKeyArn: t.param('PrimaryDataKeyArn'), accessLogBucket: logs.ref(), topic: topic.ref() });
    if (!retained) emptied(t, { name: 'empty-buckets', buckets: { Logs: logs, DataLake: lake }, keyArn, logRetentionInDays: settings.logRetentionDays });

    repository(t, 'ApiRepository', { name: t.resourceName('api'), key: keyArn, emptyOnDelete: !retained });
    repository(t, 'WorkerRepository', { name: t.resourceName('worker'), key: keyArn, emptyOnDelete: !retained });

    const regionCertificate = certificate(t, 'Certificate', { name: t.resourceName('alb'), domainName: t.param('DomainName'), hostedZoneId: t.param('HostedZoneId') });

    const { database, cache } = secrets(t, { primary: t.param('PrimaryDataKeyArn'), here: keyArn });

    return {
      DataKeyArn: keyArn,
      LogBucketName: logs.ref(),
      DataLakeBucketName: lake.ref(),
      CertificateArn: regionCertificate.ref(),
      AlarmTopicArn: topic.ref(),
      DatabaseSecretArn: database,
      CacheSecretArn: cache,
    };
  },
);
