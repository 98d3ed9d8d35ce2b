import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Name of the secret with the database administrator's user and password: `{"username": …, "password": …}`. */
export const databaseSecretName = (t: Builder): Name => t.resourceName('database-admin');

/** Name of the secret with the header value that CloudFront sends: `{"value": …}`. */
export const originHeaderSecretName = (t: Builder): Name => t.resourceName('origin-header');

/**
 * Name of the secret with the header value that CloudFront sends after the next rotation: `{"value": …}`. The load balancers
 * accept it beforehand, so that no moment of a rotation is without a match.
 */
export const nextOriginHeaderSecretName = (t: Builder): Name => t.resourceName('origin-header-next');

/** Name of the secret with the API key of the first client: `{"value": …}`. Its replica makes the key the same in both regions. */
export const apiKeySecretName = (t: Builder): Name => t.resourceName('api-key');
