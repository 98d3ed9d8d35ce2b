import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';

/** Templates, and manifests of the cluster, which name the same secrets. */
type Builder = Pick<TemplateBuilder<Parameters, unknown>, 'resourceName'>;

/** Name of the secret with the database administrator's user and password: `{"username": …, "password": …}`. */
export const databaseSecretName = (t: Builder): Name => t.resourceName('database-admin');

/** Name of the secret with the token by which clients sign in to the cache, each region's own: `{"value": …}`. */
export const cacheSecretName = (t: Builder): Name => t.resourceName('cache-token');

/**
 * Name of the secret with the keys under which the services encrypt fields before they store them: `{"current": "1", "1": …}`.
 * A new key gets the next number and becomes `current`; the former ones stay, because they still decrypt.
 */
export const encryptionKeysSecretName = (t: Builder): Name => t.resourceName('encryption-keys');

/** Name of the secret with the keys of other companies' APIs: one field for each, which somebody stores once it is known. */
export const apiKeysSecretName = (t: Builder): Name => t.resourceName('api-keys');
