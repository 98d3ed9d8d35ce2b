import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Distribution } from '../../../src/cfn/generated/cloudfront';
import { MeridianError } from '../../../src/errors';
import { bucketOrigin, type BucketOriginSettings, type BucketPair } from './bucket-origin';
import type { CountryCode } from './country-code';
import { geoRestriction } from './geo-restriction';
import { origin, originGroup, type OriginSettings } from './origin';

export type { OriginSettings } from './origin';

/**
 * The least that a viewer's TLS must offer. Under TLS 1.2 all have forward secrecy and authenticated encryption; `TLSv1.2_2025`
 * leaves AES-GCM alone, `TLSv1.2_2021` ChaCha20 beside it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
export type ViewerTlsPolicy = 'TLSv1.2_2021' | 'TLSv1.2_2025' | 'TLSv1.3_2025';

/** Paths that are treated otherwise than the rest. */
export interface PathSettings {
  readonly pathPattern: string;
  /** Which requests are served: `read` takes GET, HEAD and OPTIONS, `write` all methods. @default `read` */
  readonly methods?: 'read' | 'write';
  /** The policy that caches them. @default never cached, and everything that the user sent but the host goes to the origin */
  readonly cachePolicyId?: IntrinsicFunction;
}

/** Files in buckets that are the same for everybody. */
export interface FilesSettings {
  /** The path below which they are, in the buckets too. */
  readonly pathPattern: string;
  readonly buckets: BucketPair | readonly [BucketOriginSettings];
  /** By which CloudFront reads them. */
  readonly accessControlId: IntrinsicFunction;
}

/** Origins of which the second is asked for what the first could not answer. */
export interface ReadingSettings {
  /** Two different origins. */
  readonly origins: readonly [OriginSettings, OriginSettings];
}

/** A distribution in front of one application. */
export interface DistributionSettings {
  readonly comment: string;
  /** The name that users type. */
  readonly domainName: IntrinsicFunction;
  /** Other names that it answers, as values of a list. @default none */
  readonly otherNames?: readonly IntrinsicFunction[];
  /** Certificate of all its names, in us-east-1. */
  readonly certificateArn: IntrinsicFunction;
  readonly webAclArn: IntrinsicFunction;
  readonly origin: OriginSettings;
  readonly responseHeadersPolicyId: IntrinsicFunction;
  /** Paths that are treated otherwise than the rest. The first that fits decides. */
  readonly paths: readonly PathSettings[];
  /** Which requests to the rest are served; it is never cached. @default `write`, all methods */
  readonly otherMethods?: PathSettings['methods'];
  /** Files that lie in buckets, cached; their path goes before `paths`. @default none */
  readonly files?: FilesSettings;
  /** Answers the paths that are only read. @default `origin`, like everything else: its name can fail over and moves reads and writes together */
  readonly reading?: ReadingSettings;
  /** Countries whose users are refused with 403. @default none */
  readonly blockedCountries?: readonly CountryCode[];
  /** @default `TLSv1.2_2021` */
  readonly viewerTls?: ViewerTlsPolicy;
}

export type DistributionHandle = Handle<'AWS::CloudFront::Distribution', 'DomainName' | 'Id'>;

/** Ids that are the same in every account. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managedPolicies = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  allViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
} as const;

const originId = 'load-balancer';
const readingId = 'reading';
const readingOriginIds = ['reading-first', 'reading-second'] as const;
const filesId = 'files';
const filesOriginIds = ['files-first', 'files-second'] as const;

/**
 * S3 answers this for a file that is not there to whom may not list the bucket, and for one whose key or policy refuses. In both cases
 * the other bucket may have it: after a failover, new files come there first.
 */
const forbidden = 403;

const reading: readonly Value<string>[] = ['GET', 'HEAD', 'OPTIONS'];
const methods = { files: ['GET', 'HEAD'], read: reading, write: [...reading, 'PUT', 'POST', 'PATCH', 'DELETE'] } as const;
const uncached = { CachePolicyId: managedPolicies.cachingDisabled, OriginRequestPolicyId: managedPolicies.allViewerExceptHostHeader } as const;

/**
 * A distribution over HTTP/3, IPv6 and TLS 1.2 or newer. Everything goes to the origin uncached, with all that the user sent but
 * the host, except the paths that say otherwise. With `reading`, what is only read goes to a group of two origins: CloudFront repeats
 * there what the first could not answer. It lets no path with a group take POST, PUT, PATCH or DELETE.
 * @throws MeridianError when `reading` has no path to answer
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
export function distribution(t: TemplateBuilder<Parameters, unknown>, id: string, settings: DistributionSettings): DistributionHandle {
  const { comment, domainName, otherNames = [], certificateArn, webAclArn, responseHeadersPolicyId, paths, otherMethods = 'write', files, reading: readers, blockedCountries = [], viewerTls = 'TLSv1.2_2021' } = settings;
  if (readers && ![otherMethods, ...paths.map(({ methods: taken = 'read' }) => taken)].includes('read')) {
    throw new MeridianError(`Distribution ${id}: it has origins for reading, and no path that is only read. Give it such a path, or leave \`reading\` out.`, 2);
  }
  const common = { ViewerProtocolPolicy: 'redirect-to-https', Compress: true, ResponseHeadersPolicyId: responseHeadersPolicyId } as const;
  const paired = files?.buckets.length === 2;
  const targets = { files: paired ? filesId : filesOriginIds[0], read: readers ? readingId : originId, write: originId };
  const route = <Path extends object>(taken: keyof typeof targets, path: Path) => ({ TargetOriginId: targets[taken], ...common, ...path, AllowedMethods: methods[taken] });
  const groups = [...(readers ? [originGroup(readingId, readingOriginIds)] : []), ...(paired ? [originGroup(filesId, filesOriginIds, [forbidden])] : [])];
  return t.add(
    id,
    new Distribution({
      DistributionConfig: {
        Comment: comment,
        Enabled: true,
        Aliases: [domainName, ...otherNames],
        HttpVersion: 'http2and3',
        IPV6Enabled: true,
        PriceClass: 'PriceClass_All',
        WebACLId: webAclArn,
        ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: viewerTls, SslSupportMethod: 'sni-only' },
        Restrictions: { GeoRestriction: geoRestriction(blockedCountries) },
        Origins: [
          origin(originId, settings.origin),
          ...(readers?.origins ?? []).map((each, index) => origin(readingOriginIds[index as 0 | 1], each)),
          ...(files ? files.buckets.map((each, index) => bucketOrigin(filesOriginIds[index as 0 | 1], each, files.accessControlId)) : []),
        ],
        ...(groups.length ? { OriginGroups: { Quantity: groups.length, Items: groups } } : {}),
        DefaultCacheBehavior: { ...route(otherMethods, {}), ...uncached },
        CacheBehaviors: [
          ...(files ? [{ ...route('files', { PathPattern: files.pathPattern }), CachePolicyId: managedPolicies.cachingOptimized }] : []),
          ...paths.map(({ pathPattern, methods: taken = 'read', cachePolicyId }) => ({ ...route(taken, { PathPattern: pathPattern }), ...(cachePolicyId ? { CachePolicyId: cachePolicyId } : uncached) })),
        ],
      },
    }),
  );
}
