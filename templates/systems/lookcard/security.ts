import type { Parameters, TemplateBuilder, TemplateDefinition, Token } from '../../../src/cfn';
import { alarmTopic } from '../../modules/monitoring/topic';
import { bucket } from '../../modules/security/bucket';
import { certificate } from '../../modules/security/certificate';
import { distributionsMayDecrypt } from '../../modules/security/cloudfront-reads';
import { emptied } from '../../modules/security/emptied';
import { fargateMayEncrypt, key, logsMayEncrypt, serviceMayUse } from '../../modules/security/key';
import { logDeliveryMayWrite, mayDeliver } from '../../modules/security/policy';
import { replicaKey } from '../../modules/security/replica-key';
import { clusterName, clusterNames } from './cluster-names';
import { defineTemplate } from './environments';
import { dataKeyAlias, environmentDomain, originDomain } from './names';
import { secrets } from './secrets';
import { serviceKey } from './service-keys';
import type { KeyName, ServiceRow } from './service-row';
import { services } from './services';
import type { LookcardSettings } from './settings';
import { storage } from './storage';

const parameters = {
  DomainName: { Type: 'String', Description: 'The parent domain' },
  AlarmEmail: { Type: 'String' },
  HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id', Description: 'The environment’s own zone' },
  OriginCertificateArn: { Type: 'String', Description: 'Certificate of the load balancer, where Cloudflare answers for the domain' },
  PrimarySigningKeyArn: { Type: 'String', Description: 'Key that signs, in the primary region' },
  PrimaryWrappingKeyArn: { Type: 'String', Description: 'Key that wraps for crypto services, in the primary region' },
  PrimaryLiquidityKeyArn: { Type: 'String', Description: 'Key that wraps for liquidity services, in the primary region' },
} as const;

type SecurityOutput =
  | 'DataKeyArn'
  | 'SigningKeyArn'
  | 'WrappingKeyArn'
  | 'LiquidityKeyArn'
  | 'LogBucketName'
  | 'StorageBucketName'
  | 'CertificateArn'
  | 'AlarmTopicArn'
  | 'DatabaseSecretArn'
  | 'CacheSecretArn';

type SecurityDefinition = TemplateDefinition<typeof parameters, Readonly<Record<SecurityOutput, Token<'String'>>>, LookcardSettings>;

/**
 * Data key, certificate, buckets, alarm topic and cache token of one region; in the primary also the other secrets and the replication of
 * the stored files, in the secondary replicas of the keys that only services use.
 * @throws MeridianError as `serviceKey` does
 */
export function securityOf(rows: readonly ServiceRow[]): SecurityDefinition {
  return defineTemplate('security', { description: 'LookCard data key, replicas of the services’ keys, certificate, buckets, alarm topic and secrets', parameters }, (t) => {
    const { settings } = t;
    const retained = settings.protected;

    const dataKey = key(t, 'DataKey', {
      description: 'All data of LookCard: database, cache, tables, buckets, queues, topics, logs, images, secrets and task storage',
      alias: dataKeyAlias(t),
      retained,
      statements: [
        logsMayEncrypt,
        serviceMayUse('AlarmsMayPublish', 'cloudwatch.amazonaws.com'),
        serviceMayUse('EventsMayQueue', 'events.amazonaws.com'),
        // For web-app's static files.
        distributionsMayDecrypt,
        ...clusterNames.flatMap((cluster) => fargateMayEncrypt(clusterName(t, cluster)).map((statement) => ({ ...statement, Sid: `${statement.Sid ?? ''}Of${cluster.replaceAll('-', '')}` }))),
      ],
    });
    const keyArn = dataKey.att('Arn');

    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('alarms'), keyArn, email: t.param('AlarmEmail') });

    const { handle: logs } = bucket(t, 'Logs', {
      name: t.resourceName('logs', 'world'),
      expireAfterDays: 400,
      ...(retained ? { objectLock: 'enabled' as const } : {}),
      retained,
      statements: (bucketArn) => [
        mayDeliver('LoadBalancersMayWrite', 'logdelivery.elasticloadbalancing.amazonaws.com', bucketArn),
        ...logDeliveryMayWrite('NetworkLoadBalancers', bucketArn),
        mayDeliver('BucketsMayWrite', 'logging.s3.amazonaws.com', bucketArn),
      ],
    });
    const files = storage(t as Builder, { keyArn, accessLogBucket: logs.ref(), topic: topic.ref() });
    if (!retained) emptied(t, { name: 'empty-buckets', buckets: { Logs: logs, Storage: files }, keyArn, logRetentionInDays: settings.logRetentionDays });

    const { database, cache } = secrets(t as Builder, keyArn);

    return {
      DataKeyArn: keyArn,
      SigningKeyArn: keyHere(t, rows, 'CryptoSigningKey', 'crypto-signing', t.param('PrimarySigningKeyArn')),
      WrappingKeyArn: keyHere(t, rows, 'CryptoWrappingKey', 'crypto-wrapping', t.param('PrimaryWrappingKeyArn')),
      LiquidityKeyArn: keyHere(t, rows, 'LiquidityKey', 'liquidity', t.param('PrimaryLiquidityKeyArn')),
      LogBucketName: logs.ref(),
      StorageBucketName: files.ref(),
      CertificateArn: regionCertificate(t),
      AlarmTopicArn: topic.ref(),
      DatabaseSecretArn: database,
      CacheSecretArn: cache,
    };
  });
}

/** Security of the services in the table. */
export const security = securityOf(services);

type Builder = TemplateBuilder<Parameters, LookcardSettings>;
type SecurityBuilder = TemplateBuilder<typeof parameters, LookcardSettings>;

/** The key of the stack's own region: in the primary the one that stands already, in the secondary its replica. */
function keyHere(t: SecurityBuilder, rows: readonly ServiceRow[], id: string, name: KeyName, primaryKeyArn: Token<'String'>): Token<'String'> {
  if (!t.settings.pilotLight) return primaryKeyArn;
  const { signs: _made, ...settings } = serviceKey(t as Builder, rows, name);
  const replica = replicaKey(t, id, { ...settings, primaryKeyArn, when: t.isSecondary });
  return t.isPrimary.chooseToken(primaryKeyArn, replica.att('Arn'));
}

/** The certificate of the load balancer and of API Gateway. Cloudflare's zone is not ours to validate in. */
function regionCertificate(t: SecurityBuilder): Token<'String'> {
  if (t.settings.dnsProvider === 'cloudflare') return t.param('OriginCertificateArn');
  return certificate(t, 'Certificate', {
    name: t.resourceName('alb'),
    domainName: originDomain(t),
    alternativeNames: [environmentDomain(t, 'api')],
    hostedZoneId: t.param('HostedZoneId'),
  }).ref();
}
