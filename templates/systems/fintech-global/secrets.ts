import { stringToken, type IntrinsicFunction, type Token, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { cacheToken } from '../../modules/data/cache-token';
import { postgresPassword } from '../../modules/data/postgres-password';
import { replicasElsewhere, secret } from '../../modules/security/secret';
import { dataKeyAlias } from './data-key-statements';
import type { FintechGlobalSettings } from './environments';
import { apiKeysSecretName, cacheSecretName, databaseSecretName, encryptionKeysSecretName } from './secret-names';

/** Where templates find the secrets of which they need the ARN. */
export interface Secrets {
  readonly database: Token<'String'>;
  readonly cache: Token<'String'>;
}

/**
 * The secrets, made in the primary region and replicated to the secondary under the key that it has there, except for the cache's token,
 * of which each region makes its own. Secrets Manager makes all of their values: none is in a template.
 * @param keys  ARN of the data key in the primary region, and in the stack's own
 * @returns  the ARN in the primary region; in the secondary the agreed name, by which it knows the replicas before the ARN stands. Of the
 *   cache's token the ARN in each region
 */
export function secrets(t: TemplateBuilder<Parameters, FintechGlobalSettings>, keys: { readonly primary: IntrinsicFunction; readonly here: IntrinsicFunction }): Secrets {
  const { isPrimary, settings } = t;
  const shared = { key: keys.primary, replicas: replicasElsewhere(t, dataKeyAlias(t)), when: isPrimary };
  const database = secret(t, 'DatabaseSecret', {
    ...shared,
    name: databaseSecretName(t),
    description: 'User name and password of the PostgreSQL administrator',
    generate: { template: '{"username":"fintech_admin"}', field: 'password', ...postgresPassword },
  });
  // Each region's cache has a token of its own, which the region rotates by itself; those of a global datastore share the primary's.
  const cache = secret(t, 'CacheSecret', {
    ...(settings.cache.global ? shared : { key: keys.here, replicas: [] }),
    name: cacheSecretName(t),
    description: settings.cache.global ? 'Token by which clients sign in to the caches of both regions' : 'Token by which clients sign in to the cache of the region',
    generate: { field: 'value', ...cacheToken },
  });
  secret(t, 'EncryptionKeysSecret', {
    ...shared,
    name: encryptionKeysSecretName(t),
    description: 'Keys under which the services encrypt fields before they store them; former ones stay, because they still decrypt',
    generate: { template: '{"current":"1"}', field: '1', length: 64, alphanumeric: true },
    retained: settings.protected,
  });
  secret(t, 'ApiKeysSecret', {
    ...shared,
    name: apiKeysSecretName(t),
    description: 'Keys of other companies’ APIs, which somebody stores; the generated field is none of them',
    // A value is needed for replicas and for pods that read it before the first key is stored.
    generate: { field: 'none', alphanumeric: true },
    retained: settings.protected,
  });
  return {
    database: stringToken(isPrimary.choose(database.ref(), databaseSecretName(t))),
    cache: settings.cache.global ? stringToken(isPrimary.choose(cache.ref(), cacheSecretName(t))) : cache.ref(),
  };
}
