import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { ResponseHeadersPolicy } from '../../../src/cfn/generated/cloudfront';

/** Security headers that CloudFront puts on every response. */
export interface ResponseHeadersPolicySettings {
  /** Its part of the name. */
  readonly name: string;
  /**
   * Directives of the content security policy. A response that has a policy of its own keeps it, because only the application
   * can allow a script by nonce.
   * @default `strictContentSecurity`
   */
  readonly contentSecurityPolicy?: readonly string[];
  /** Seconds in which browsers insist on HTTPS for the domain and all below it. @default 31,536,000, the year that preload lists ask for */
  readonly strictTransportSeconds?: number;
}

/** Scripts, styles and forms of the domain itself only, images also inline; no plug-ins, no frames around the page. */
export const strictContentSecurity: readonly string[] = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  'upgrade-insecure-requests',
];

/**
 * A response headers policy: content security policy, HTTPS for ever, no framing, no guessing of content types, and no full
 * address to other sites. What names the server's software is removed.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function responseHeadersPolicy(
  t: TemplateBuilder<Parameters, unknown>,
  id: string,
  settings: ResponseHeadersPolicySettings,
): Handle<'AWS::CloudFront::ResponseHeadersPolicy', 'Id' | 'LastModifiedTime'> {
  const { name, contentSecurityPolicy = strictContentSecurity, strictTransportSeconds = 31_536_000 } = settings;
  return t.add(
    id,
    new ResponseHeadersPolicy({
      ResponseHeadersPolicyConfig: {
        Name: t.resourceName(name, 'account'),
        Comment: 'Security headers of every response',
        SecurityHeadersConfig: {
          ContentSecurityPolicy: { ContentSecurityPolicy: contentSecurityPolicy.join('; '), Override: false },
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY', Override: true },
          ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: true },
          StrictTransportSecurity: { AccessControlMaxAgeSec: strictTransportSeconds, IncludeSubdomains: true, Preload: true, Override: true },
        },
        RemoveHeadersConfig: { Items: [{ Header: 'Server' }, { Header: 'X-Powered-By' }] },
      },
    }),
  );
}
