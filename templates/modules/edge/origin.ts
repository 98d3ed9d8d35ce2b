import type { IntrinsicFunction, Value } from '../../../src/cfn';
import type { Distribution } from '../../../src/cfn/generated/cloudfront';

/** A load balancer that CloudFront calls. */
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
  /** How often, and for how many seconds each time, CloudFront tries to connect: up to 3 times, up to 10 seconds. @default the service's own, which are those */
  readonly connection?: { readonly attempts: 1 | 2 | 3; readonly timeoutSeconds: number };
}

/**
 * An origin over HTTPS and TLS 1.2, the newest that CloudFront offers to origins by name.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
export function origin(id: string, { domainName, header, readTimeoutSeconds = 30, keepaliveSeconds = 45, connection }: OriginSettings): Distribution.Origin {
  return {
    Id: id,
    DomainName: domainName,
    ...(connection ? { ConnectionAttempts: connection.attempts, ConnectionTimeout: connection.timeoutSeconds } : {}),
    OriginCustomHeaders: [{ HeaderName: header.name, HeaderValue: header.value }],
    CustomOriginConfig: {
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
      HTTPSPort: 443,
      OriginReadTimeout: readTimeoutSeconds,
      OriginKeepaliveTimeout: keepaliveSeconds,
    },
  };
}

/** Answers that say the origin, or what is behind it, is out of order. A missing page is no such answer. */
const outOfOrder: readonly Value<number>[] = [500, 502, 503, 504];

/**
 * Two origins, of which the second is asked when the first can't be connected to, is too slow, or answers that it is out of order.
 * @param besides other answers after which the second is asked. @default none
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
export function originGroup(id: string, originIds: readonly [string, string], besides: readonly Value<number>[] = []): Distribution.OriginGroup {
  const answers = [...besides, ...outOfOrder];
  return {
    Id: id,
    FailoverCriteria: { StatusCodes: { Quantity: answers.length, Items: answers } },
    Members: { Quantity: originIds.length, Items: originIds.map((OriginId) => ({ OriginId })) },
  };
}
