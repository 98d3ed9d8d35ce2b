import { stringToken, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { cacheToken } from '../../modules/data/cache-token';
import { postgresPassword } from '../../modules/data/postgres-password';
import { replicasElsewhere, secret, type SecretReplica } from '../../modules/security/secret';
import { apiKeySecretName } from './api-names';
import { dataKeyAlias, edgeKeyAlias } from './names';
import { databaseSecretName, nextOriginHeaderSecretName, originHeaderSecretName, serviceSecretName } from './secret-names';
import type { LookcardSettings } from './settings';

/** Where templates find the secrets of which they need the ARN. */
export interface Secrets {
  /** The ARN in the primary region; in the secondary the agreed name, by which it knows the replica. */
  readonly database: Token<'String'>;
  /** The ARN in each region, whose cache has a token of its own. */
  readonly cache: Token<'String'>;
}

/**
 * The secrets, made in the primary region and replicated to the secondary, where there is one, under the data key that it has there. Each
 * region makes a token for its own cache. The two header values reach us-east-1 in every environment, under the edge's key: CloudFront is
 * made from there.
 * @param keyArn  the region's data key
 */
export function secrets(t: TemplateBuilder<Parameters, LookcardSettings>, keyArn: IntrinsicFunction): Secrets {
  const { isPrimary, settings } = t;
  const replicas = settings.pilotLight ? replicasElsewhere(t, dataKeyAlias(t)) : [];
  const shared = { key: keyArn, replicas, when: isPrimary };
  const database = secret(t, 'DatabaseSecret', {
    ...shared,
    name: databaseSecretName(t),
    description: 'User name and password of the PostgreSQL administrator',
    generate: { template: '{"username":"lookcard_admin"}', field: 'password', ...postgresPassword },
  });
  const cache = secret(t, 'CacheSecret', {
    key: keyArn,
    replicas: [],
    name: serviceSecretName(t, 'cache-token'),
    description: 'Token by which services sign in to the cache of the region',
    generate: { field: 'value', ...cacheToken },
  });
  const atTheEdge: SecretReplica = { region: 'us-east-1', key: edgeKeyAlias(t) };
  const header = { key: keyArn, replicas: [atTheEdge], when: isPrimary, generate: { field: 'value', alphanumeric: true } };
  secret(t, 'OriginHeaderSecret', { ...header, name: originHeaderSecretName(t), description: 'Header by which the load balancers know CloudFront' });
  secret(t, 'NextOriginHeaderSecret', { ...header, name: nextOriginHeaderSecretName(t), description: 'Header by which the load balancers are to know CloudFront after the next rotation' });
  secret(t, 'ApiKeySecret', { ...shared, name: apiKeySecretName(t), description: 'API key of the first client, the same in both regions', generate: { field: 'value', alphanumeric: true } });
  // A value is needed for replicas, and for tasks that read it before the first credential is stored.
  const stored = { ...shared, generate: { field: 'none', alphanumeric: true }, retained: settings.protected };
  secret(t, 'IssuerCredentialsSecret', { ...stored, name: serviceSecretName(t, 'issuer-credentials'), description: 'Credentials of the card issuer’s API, which somebody stores; the generated field is none of them' });
  secret(t, 'NotificationCredentialsSecret', {
    ...stored,
    name: serviceSecretName(t, 'notification-credentials'),
    description: 'Credentials of the providers of mail, SMS and push messages, which somebody stores; the generated field is none of them',
  });
  secret(t, 'SupabaseJwtSecret', {
    ...shared,
    name: serviceSecretName(t, 'supabase-jwt'),
    description: 'Key under which Supabase signs its tokens and checks them',
    generate: { field: 'value', length: 64, alphanumeric: true },
    retained: settings.protected,
  });
  return { database: stringToken(isPrimary.choose(database.ref(), databaseSecretName(t))), cache: cache.ref() };
}
