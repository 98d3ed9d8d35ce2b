import { Fn, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { keyAlias } from './key-names';

type Builder = TemplateBuilder<Parameters, unknown>;

/**
 * A name in the environment's own zone, for templates whose parameter `DomainName` is the parent domain: `develop.lookcard.com`, and with
 * `origin` before it `origin.develop.lookcard.com`. Production has a sub-domain like the others, beside the domain itself.
 * @param under  what stands before the environment's domain. @default nothing: the environment's domain itself
 */
export function environmentDomain({ context }: Pick<Builder, 'context'>, under?: string): IntrinsicFunction {
  return Fn.Sub(`${under === undefined ? '' : `${under}.`}${context.environment}.\${DomainName}`);
}

/** The name behind which CloudFront finds the load balancer of the region that serves. */
export const originDomain = (t: Pick<Builder, 'context'>): IntrinsicFunction => environmentDomain(t, 'origin');

/** Alias of a region's data key, without `alias/`. */
export const dataKeyAlias = (t: Pick<Builder, 'resourceName'>): Name => keyAlias(t, 'data');

/** Alias of the edge's key in us-east-1, without `alias/`. */
export const edgeKeyAlias = (t: Pick<Builder, 'resourceName'>): Name => keyAlias(t, 'edge');

/** Name of the bucket with web-app's static files, in the stack's own region. */
export const assetsBucketName = (t: Pick<Builder, 'resourceName'>): Name => t.resourceName('assets', 'world');

/** What whoever assumes the delegation's role says beside its name: no secret, but what the application account alone is told. */
export const delegationExternalId = (t: Pick<Builder, 'resourceName'>): Name => t.resourceName('delegation');

/** Name of the proxy before the database, the same in both regions: its metrics know nothing else of it. */
export const proxyName = (t: Builder): Name => t.resourceName('proxy');
