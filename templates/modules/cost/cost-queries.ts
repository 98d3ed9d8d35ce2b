import { Aws, Fn, type Condition, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { WorkGroup } from '../../../src/cfn/generated/athena';
import type { PrivateBucket } from '../security/bucket';

/** How the report is asked. */
export interface CostQueriesSettings {
  readonly name: Name;
  /** Where results go. */
  readonly bucket: PrivateBucket;
  /** Key of the results. */
  readonly keyArn: IntrinsicFunction;
  /** Bytes after which Athena breaks a query off, 10 MB or more. @default 10 GB, which cost 5 US cents */
  readonly bytesScanned?: number;
  /** Deletes queries and their history with the group, which CloudFormation refuses to delete otherwise. */
  readonly deletedWithQueries: boolean;
  readonly when: Condition;
}

/**
 * The Athena workgroup in which costs are asked for: its results are encrypted whatever the client wants, and no query reads more than
 * is allowed.
 * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html
 */
export function costQueries(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CostQueriesSettings): void {
  const { name, bucket, keyArn, bytesScanned = 10 * 1024 ** 3, deletedWithQueries, when } = settings;
  t.add(
    id,
    new WorkGroup({
      Name: name,
      Description: 'Queries over the cost and usage of the account',
      State: 'ENABLED',
      RecursiveDeleteOption: deletedWithQueries,
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        BytesScannedCutoffPerQuery: bytesScanned,
        EngineVersion: { SelectedEngineVersion: 'AUTO' },
        ResultConfiguration: {
          OutputLocation: Fn.Sub('s3://${Bucket}/', { Bucket: bucket.handle.ref() }),
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: keyArn },
          ExpectedBucketOwner: Aws.accountId,
        },
      },
    }),
    { when, after: [bucket.policy] },
  );
}
