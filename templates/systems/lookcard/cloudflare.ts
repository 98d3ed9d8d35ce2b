import { Fn, stringToken, type ParameterDefinition, type Token } from '../../../src/cfn';
import type { RootBuilder } from '../../../src/cfn/deployment';
import type { LookcardSettings } from './settings';

const certificateArn = (region: string) =>
  ({
    Type: 'String',
    Description: `ARN of a certificate of the load balancer’s and the API’s names in ${region}: Cloudflare has the records that validate it`,
    AllowedPattern: `^arn:aws[a-z-]*:acm:${region}:[0-9]{12}:certificate/[0-9a-f-]{36}$`,
    ConstraintDescription: `the ARN of a certificate in ${region}`,
  }) as const satisfies ParameterDefinition;

/** What the parameters file gives besides where Cloudflare answers for the domain: certificates, which nothing here could validate. */
export const cloudflareParameters = { PrimaryCertificateArn: certificateArn('ap-southeast-1'), SecondaryCertificateArn: certificateArn('us-east-1') } as const;

type Root<P extends Record<string, ParameterDefinition>> = RootBuilder<P, LookcardSettings>;

/** The certificate of the root's own region. */
export function certificateOfRegion(root: Root<typeof cloudflareParameters>): Token<'String'> {
  const primary = root.param('PrimaryCertificateArn');
  return root.settings.pilotLight ? root.isPrimary.chooseToken(primary, root.param('SecondaryCertificateArn')) : primary;
}

/** What the records of one region lead to. */
export interface RecordTargets {
  readonly loadBalancer: Token<'String'>;
  readonly api: Token<'String'>;
}

/**
 * The records that somebody creates at Cloudflare, as JSON: the sub-domain that users type, through Cloudflare's network, and the name of
 * the API for clients with keys, past it. With a pilot light each region says its own: Cloudflare's load balancing leads to the one that
 * is well, or whoever fails over changes them.
 * @see https://developers.cloudflare.com/api/resources/dns/
 */
export function recordsToCreate(root: Root<{ readonly DomainName: { readonly Type: 'String' } }>, { loadBalancer, api }: RecordTargets): Token<'String'> {
  const record = (label: string, content: string, proxied: boolean) => JSON.stringify({ type: 'CNAME', name: `${label}${root.context.environment}.@`, content: `#${content}`, proxied });
  const text = `[${record('', 'LoadBalancer', true)},${record('api.', 'Api', false)}]`.replaceAll('.@', '.${DomainName}').replaceAll(/#(\w+)/g, '${$1}');
  return stringToken(Fn.Sub(text, { LoadBalancer: loadBalancer, Api: api }));
}
