import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { CachePolicy } from '../../../src/cfn/generated/cloudfront';

/** How long CloudFront keeps files that are the same for everybody. */
export interface CachePolicySettings {
  /** Its part of the name. */
  readonly name: string;
  readonly comment: string;
  /** Seconds for files without caching headers of their own. @default 86,400, a day */
  readonly defaultTtl?: number;
  /** Most seconds that a file's own header may ask for. @default 31,536,000, the year that hashed file names are served with */
  readonly maxTtl?: number;
}

/**
 * A cache policy that keeps one copy of a file for everybody, compressed and not. Cookies, headers and query strings neither
 * tell copies apart nor reach the origin, so a changed file needs a new name; `no-store` and `private` are respected.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html
 */
export function cachePolicy(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CachePolicySettings): Handle<'AWS::CloudFront::CachePolicy', 'Id' | 'LastModifiedTime'> {
  const { name, comment, defaultTtl = 86_400, maxTtl = 31_536_000 } = settings;
  return t.add(
    id,
    new CachePolicy({
      CachePolicyConfig: {
        Name: t.resourceName(name, 'account'),
        Comment: comment,
        MinTTL: 0,
        DefaultTTL: defaultTtl,
        MaxTTL: maxTtl,
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'none' },
          QueryStringsConfig: { QueryStringBehavior: 'none' },
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
        },
      },
    }),
  );
}
