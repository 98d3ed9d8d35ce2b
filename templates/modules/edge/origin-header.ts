import type { IntrinsicFunction, Name } from '../../../src/cfn';
import { secretValue } from '../security/secret-value';

/** The header by which a load balancer knows CloudFront. */
export const originHeaderName = 'x-origin-verify';

/**
 * The header's value, which no template holds.
 * @param secret name of a secret of the form `{"value": …}`
 */
export const originHeaderValue = (secret: Name): IntrinsicFunction => secretValue(secret);
