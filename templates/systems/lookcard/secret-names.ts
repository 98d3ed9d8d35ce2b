import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { SecretName } from './service-row';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Name of the secret with the database administrator's user and password: `{"username": …, "password": …}`. */
export const databaseSecretName = (t: Builder): Name => t.resourceName('database-admin');

/** Name of the secret with the header value that CloudFront sends: `{"value": …}`. */
export const originHeaderSecretName = (t: Builder): Name => t.resourceName('origin-header');

/** Name of the secret with the header value that CloudFront sends after the next rotation: `{"value": …}`. The load balancers accept it beforehand. */
export const nextOriginHeaderSecretName = (t: Builder): Name => t.resourceName('origin-header-next');

/**
 * Name of a secret that services read, the same in both regions. The cache's token, each region's own, and the key under which Supabase
 * signs its tokens are `{"value": …}`; the other two have one field for each credential, which somebody stores once it is known.
 */
export const serviceSecretName = (t: Builder, secret: SecretName): Name => t.resourceName(secret);
