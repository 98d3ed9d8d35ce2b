import { Fn, type Condition, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import type { Bucket } from '../../../src/cfn/generated/s3';
import { allow, type Statement } from './policy';
import { serviceRole } from './role';

/** What a bucket copies, and where to. Both buckets keep versions. */
export interface ReplicationSettings {
  /** Account-wide name of the role that copies. */
  readonly roleName: Name;
  /** The bucket of the stack's own region, by the name that it is to have: its role stands before it. */
  readonly source: Name;
  /** Key of the source. */
  readonly sourceKeyArn: IntrinsicFunction;
  readonly destination: {
    readonly region: string;
    /** Bucket that stands there already, by its agreed name. */
    readonly bucket: Name;
    /** Key of the copies, by the alias that it has there: an alias is the only name of it that this region knows. */
    readonly key: Name;
  };
  /**
   * Pays for S3 Replication Time Control, by which AWS commits itself to copy within 15 minutes and tells of what took longer.
   * @default false; most objects are copied as fast without
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
   */
  readonly timeControl?: boolean;
  /** Where the bucket is the source. @default everywhere */
  readonly when?: Condition;
}

/** The one rule's name: its metrics have it as a dimension. */
export const replicationRuleId = 'everything';

/** The only time that S3 Replication Time Control takes. */
const withinMinutes = { Minutes: 15 };

/**
 * Replication of everything that is put into a bucket from now on, deletions included, into a bucket of another region under that
 * region's own key, and the role by which S3 copies. Deletions of single versions are not copied: what was overwritten stays there.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export function replication(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ReplicationSettings): Bucket.ReplicationConfiguration {
  const { roleName, source, sourceKeyArn, destination, timeControl = false, when } = settings;
  const from = source.after('arn:${AWS::Partition}:s3:::');
  const to = destination.bucket.after('arn:${AWS::Partition}:s3:::');
  const role = serviceRole(t, id, {
    name: roleName,
    description: `Copies what is put into a bucket to ${destination.region}`,
    service: 's3.amazonaws.com',
    // S3 names no source when it replicates. A role can be given only to buckets of its own account.
    trustCondition: 'none',
    statements: [
      allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], [from]),
      allow(['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], [from.with('/*')]),
      allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], [to.with('/*')]),
      allow(['kms:Decrypt'], [sourceKeyArn], throughS3('${AWS::Region}', from)),
      allow(['kms:Encrypt', 'kms:GenerateDataKey'], [Fn.Sub(`arn:\${AWS::Partition}:kms:${destination.region}:\${AWS::AccountId}:key/*`)], {
        ...throughS3(destination.region, to),
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': destination.key.after('alias/') },
      }),
    ],
    when,
  });
  return {
    Role: role.att('Arn'),
    Rules: [
      {
        Id: replicationRuleId,
        Status: 'Enabled',
        Priority: 1,
        Filter: { Prefix: '' },
        DeleteMarkerReplication: { Status: 'Enabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: {
          Bucket: to,
          EncryptionConfiguration: { ReplicaKmsKeyID: destination.key.after(`arn:\${AWS::Partition}:kms:${destination.region}:\${AWS::AccountId}:alias/`) },
          ...(timeControl ? { Metrics: { Status: 'Enabled', EventThreshold: withinMinutes }, ReplicationTime: { Status: 'Enabled', Time: withinMinutes } } : { Metrics: { Status: 'Enabled' } }),
        },
      },
    ],
  };
}

/** For objects of this bucket only, one by one or under the bucket's own data key. */
function throughS3(region: string, bucketArn: Name): NonNullable<Statement['Condition']> {
  return {
    StringEquals: { 'kms:ViaService': Fn.Sub(`s3.${region}.\${AWS::URLSuffix}`) },
    ArnLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, bucketArn.with('/*')] },
  };
}
