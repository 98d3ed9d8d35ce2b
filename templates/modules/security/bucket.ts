import type { Condition, Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Bucket, BucketPolicy } from '../../../src/cfn/generated/s3';
import { denyWithoutTls, inside, policyDocument, type Statement } from './policy';

/** A private bucket. */
export interface BucketSettings {
  readonly name: Name;
  /** Key for its objects. @default S3's own key: load balancers and S3 can't write access logs under another */
  readonly key?: IntrinsicFunction;
  /**
   * Days, 30 or more, after which objects of 128 KB and more move to S3 Standard-IA, where they cost half and reading costs extra. It
   * charges each for 30 days at least. @default never
   */
  readonly infrequentAfterDays?: number;
  /**
   * Days after which objects of 128 KB and more move to S3 Glacier Instant Retrieval, where they cost a fifth and can be read at once.
   * It charges each for 90 days at least. @default never
   */
  readonly coldAfterDays?: number;
  /** Days after which objects expire. @default never */
  readonly expireAfterDays?: number;
  /** Days that an overwritten or deleted object can still be had. @default 30 */
  readonly noncurrentDays?: number;
  /**
   * Lets object versions be locked against deletion; with `days`, every new one is locked for so long. `enabled` alone is for
   * buckets to which AWS delivers logs, since it does not deliver into a bucket with a default retention.
   * @default off, so that the bucket can be emptied
   */
  readonly objectLock?: 'enabled' | { readonly days: number };
  /** Name of the bucket for this bucket's own access log. @default none */
  readonly accessLogBucket?: IntrinsicFunction;
  /** Copies objects into another bucket; see `replication()`. @default none */
  readonly replication?: Value<Bucket.ReplicationConfiguration>;
  /** Statements beside the refusal of plain HTTP; `bucketArn` stands for the bucket. */
  readonly statements?: (bucketArn: IntrinsicFunction) => readonly Statement[];
  /** Keeps the bucket when its stack goes. */
  readonly retained: boolean;
  readonly when?: Condition;
}

/** A bucket and its policy: what needs the policy's rights must come after it. */
export interface PrivateBucket {
  readonly handle: Handle<'AWS::S3::Bucket', 'Arn' | 'DomainName' | 'RegionalDomainName'>;
  readonly policy: Handle<'AWS::S3::BucketPolicy', string>;
}

/**
 * A versioned bucket that nobody outside can read and that refuses plain HTTP.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function bucket(t: TemplateBuilder<Parameters, unknown>, id: string, settings: BucketSettings): PrivateBucket {
  const { name, key, infrequentAfterDays, coldAfterDays, expireAfterDays, noncurrentDays = 30, objectLock, accessLogBucket, replication, statements, retained, when } = settings;
  const handle = t.add(
    id,
    new Bucket({
      BucketName: name,
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: key ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } : { SSEAlgorithm: 'AES256' } },
        ],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      ...(objectLock ? { ObjectLockEnabled: true } : {}),
      ...(typeof objectLock === 'object' ? { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: objectLock.days } } } } : {}),
      LifecycleConfiguration: {
        Rules: [
          { Id: 'unfinished', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
          { Id: 'old-versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays } },
          ...(infrequentAfterDays ? [{ Id: 'infrequent', Status: 'Enabled' as const, Transitions: [{ StorageClass: 'STANDARD_IA' as const, TransitionInDays: infrequentAfterDays }] }] : []),
          ...(coldAfterDays ? [{ Id: 'cold', Status: 'Enabled' as const, Transitions: [{ StorageClass: 'GLACIER_IR' as const, TransitionInDays: coldAfterDays }] }] : []),
          ...(expireAfterDays ? [{ Id: 'expire', Status: 'Enabled' as const, ExpirationInDays: expireAfterDays }] : []),
        ],
      },
      ...(accessLogBucket ? { LoggingConfiguration: { DestinationBucketName: accessLogBucket, LogFilePrefix: name.with('/') } } : {}),
      ...(replication ? { ReplicationConfiguration: replication } : {}),
    }).keep(retained ? 'RetainExceptOnCreate' : 'Delete'),
    { when },
  );
  const bucketArn = handle.att('Arn');
  const policy = t.add(
    `${id}Policy`,
    new BucketPolicy({ Bucket: handle.ref(), PolicyDocument: policyDocument(denyWithoutTls(['s3:*'], [bucketArn, inside(bucketArn, '/*')]), ...(statements?.(bucketArn) ?? [])) }),
    { when },
  );
  return { handle, policy };
}
