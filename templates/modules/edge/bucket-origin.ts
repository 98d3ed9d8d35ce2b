import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { OriginAccessControl, type Distribution } from '../../../src/cfn/generated/cloudfront';

/** A bucket that CloudFront reads, in whatever region it stands. */
export interface BucketOriginSettings {
  /** Its agreed name, which must let CloudFront read it. */
  readonly name: Name;
  readonly region: string;
}

/** Two buckets that hold the same files; the second is asked for what the first could not give. */
export type BucketPair = readonly [BucketOriginSettings, BucketOriginSettings];

/**
 * Seconds that CloudFront waits for the first bytes of a file: S3 gives them within one. Once, with three seconds to connect, so that
 * the other bucket is asked soon.
 */
const readTimeoutSeconds = 10;

/**
 * A bucket that is read by an origin access control, under the name that it has in its own region: by any other name S3 would
 * redirect, and a signature for the wrong region is refused.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html#using-s3-as-origin
 */
export function bucketOrigin(id: string, { name, region }: BucketOriginSettings, accessControlId: IntrinsicFunction): Distribution.Origin {
  return {
    Id: id,
    DomainName: name.with(`.s3.${region}.\${AWS::URLSuffix}`),
    ConnectionAttempts: 1,
    ConnectionTimeout: 3,
    OriginAccessControlId: accessControlId,
    // An empty identity says that the access control takes its place.
    S3OriginConfig: { OriginAccessIdentity: '', OriginReadTimeout: readTimeoutSeconds },
  };
}

/**
 * By which CloudFront signs every request to a bucket, so that the bucket can stay private and refuse everybody else.
 * @param name its part of the name
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function originAccessControl(t: TemplateBuilder<Parameters, unknown>, id: string, name: string): Handle<'AWS::CloudFront::OriginAccessControl', 'Id'> {
  return t.add(
    id,
    new OriginAccessControl({
      OriginAccessControlConfig: {
        Name: t.resourceName(name, 'account'),
        Description: 'CloudFront signs every request to the buckets behind it',
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    }),
  );
}
