import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Distribution } from '../../../src/cfn/generated/cloudfront';

/** The load balancer that CloudFront calls. */
export interface OriginSettings {
  /** A name that its certificate covers. CloudFront sends it as host, not the one that the user typed. */
  readonly domainName: IntrinsicFunction;
  /** The header by which it knows CloudFront. */
  readonly header: { readonly name: string; readonly value: IntrinsicFunction };
  /** Seconds that CloudFront waits for an answer, up to 120. @default 30, the service's own */
  readonly readTimeoutSeconds?: number;
  /**
   * Seconds that CloudFront keeps an idle connection, up to 300. @default 45, under the 60 of the load balancers, because an
   * origin that closes first loses the request that was just on its way
   */
  readonly keepaliveSeconds?: number;
}

/** A distribution in front of one application. */
export interface DistributionSettings {
  readonly comment: string;
  /** The name that users type. */
  readonly domainName: IntrinsicFunction;
  /** Certificate of that name, in us-east-1. */
  readonly certificateArn: IntrinsicFunction;
  readonly webAclArn: IntrinsicFunction;
  readonly origin: OriginSettings;
  readonly responseHeadersPolicyId: IntrinsicFunction;
  /** Paths of files that are the same for everybody, and the policy that caches them. */
  readonly cached: { readonly pathPattern: string; readonly cachePolicyId: IntrinsicFunction };
}

export type DistributionHandle = Handle<'AWS::CloudFront::Distribution', 'DomainName' | 'Id'>;

/** Ids that are the same in every account. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managedPolicies = { cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', allViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac' } as const;

const originId = 'load-balancer';
const reading: readonly Value<string>[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A distribution over HTTP/3, IPv6 and TLS 1.2 or newer. Everything goes to the origin uncached, with all that the user sent but
 * the host, except the cached paths. It has no origin group: that would repeat reads only, while a name that fails over moves
 * reads and writes together. Users of all countries are served.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html
 */
export function distribution(t: TemplateBuilder<Parameters, unknown>, id: string, settings: DistributionSettings): DistributionHandle {
  const { comment, domainName, certificateArn, webAclArn, origin, responseHeadersPolicyId, cached } = settings;
  const { readTimeoutSeconds = 30, keepaliveSeconds = 45 } = origin;
  const everyPath = { TargetOriginId: originId, ViewerProtocolPolicy: 'redirect-to-https', Compress: true, ResponseHeadersPolicyId: responseHeadersPolicyId };
  return t.add(
    id,
    new Distribution({
      DistributionConfig: {
        Comment: comment,
        Enabled: true,
        Aliases: [domainName],
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        PriceClass: 'PriceClass_All',
        WebACLId: webAclArn,
        ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
        Restrictions: { GeoRestriction: { RestrictionType: 'none' } },
        Origins: [
          {
            Id: originId,
            DomainName: origin.domainName,
            OriginCustomHeaders: [{ HeaderName: origin.header.name, HeaderValue: origin.header.value }],
            CustomOriginConfig: {
              OriginProtocolPolicy: 'https-only',
              OriginSSLProtocols: ['TLSv1.2'],
              HTTPSPort: 443,
              OriginReadTimeout: readTimeoutSeconds,
              OriginKeepaliveTimeout: keepaliveSeconds,
            },
          },
        ],
        DefaultCacheBehavior: {
          ...everyPath,
          AllowedMethods: [...reading, 'PUT', 'POST', 'PATCH', 'DELETE'],
          CachePolicyId: managedPolicies.cachingDisabled,
          OriginRequestPolicyId: managedPolicies.allViewerExceptHostHeader,
        },
        CacheBehaviors: [{ ...everyPath, PathPattern: cached.pathPattern, AllowedMethods: reading, CachePolicyId: cached.cachePolicyId }],
      },
    }),
  );
}
