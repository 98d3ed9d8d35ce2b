import type { IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { environmentDomain } from './names';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Name of the stage of API Gateway that clients with a key call. */
export const apiStageName = (t: Builder): Name => t.resourceName('stage');

/** The host that clients with a key call, in both regions, for templates with the parameter `DomainName`: `api.production.lookcard.com`. */
export const apiHost = (t: Builder): IntrinsicFunction => environmentDomain(t, 'api');

/** Name of the secret with the API key of the first client: `{"value": …}`. Its replica makes the key the same in both regions. */
export const apiKeySecretName = (t: Builder): Name => t.resourceName('api-key');
