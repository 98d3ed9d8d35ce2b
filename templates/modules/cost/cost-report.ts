import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Token, type Value } from '../../../src/cfn';
import { Export } from '../../../src/cfn/generated/bcmdataexports';
import type { PrivateBucket } from '../security/bucket';
import { arn, inside, type Statement } from '../security/policy';
import { costReportColumns } from './cost-report-columns';

/** Where the report goes. */
export interface CostReportSettings {
  /** Begins the report's name: it is the account's, and carries no environment. */
  readonly project: Token<'String'>;
  readonly bucket: PrivateBucket;
  /** What must outlast the report: what empties the bucket after the last write. */
  readonly after: readonly Handle[];
  readonly when: Condition;
}

/** The folder of the bucket under which the report lies. */
const prefix = 'reports';

const nameOf = (project: Token<'String'>): IntrinsicFunction => Fn.Sub('${Project}-cost-and-usage', { Project: project });

/** Where the report's files lie: one folder a month below, `BILLING_PERIOD=<year>-<month>`. */
export const costReportLocation = (project: Token<'String'>, bucketName: IntrinsicFunction): IntrinsicFunction =>
  Fn.Sub(`s3://\${Bucket}/${prefix}/\${Project}-cost-and-usage/data`, { Bucket: bucketName, Project: project });

/**
 * The right by which AWS writes the reports of this account into a bucket. Both services are named, because AWS checks the policy under
 * either name when an export is made.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/dataexports-s3-bucket.html
 */
export function reportsMayBeWritten(bucketArn: IntrinsicFunction): Statement {
  const source = (service: string, resource: string): Value<string> => arn(service, resource, { region: 'us-east-1' });
  return {
    Sid: 'ReportsMayBeWritten',
    Effect: 'Allow',
    Principal: { Service: ['bcm-data-exports.amazonaws.com', 'billingreports.amazonaws.com'] },
    Action: ['s3:PutObject', 's3:GetBucketPolicy'],
    Resource: [bucketArn, inside(bucketArn, '/*')],
    Condition: { StringEquals: { 'aws:SourceAccount': Aws.accountId }, ArnLike: { 'aws:SourceArn': [source('bcm-data-exports', 'export/*'), source('cur', 'definition/*')] } },
  };
}

/**
 * The account's Cost and Usage Report 2.0 by day and resource, as Parquet. AWS writes the running month anew whenever it has counted,
 * once a day or more often, and begins with the month in which the export is made. The API stands in us-east-1.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/dataexports-create-standard.html
 */
export function costReport(t: TemplateBuilder<Parameters, unknown>, id: string, { project, bucket, after, when }: CostReportSettings): Handle<'AWS::BCMDataExports::Export', 'ExportArn' | 'Export.ExportArn'> {
  return t.add(
    id,
    new Export({
      Export: {
        Name: nameOf(project),
        Description: 'Cost and usage of the account by day and resource',
        DataQuery: {
          QueryStatement: `SELECT ${Object.keys(costReportColumns).join(', ')} FROM COST_AND_USAGE_REPORT`,
          TableConfigurations: {
            COST_AND_USAGE_REPORT: {
              TIME_GRANULARITY: 'DAILY',
              INCLUDE_RESOURCES: 'TRUE',
              INCLUDE_MANUAL_DISCOUNT_COMPATIBILITY: 'FALSE',
              INCLUDE_SPLIT_COST_ALLOCATION_DATA: 'FALSE',
            },
          },
        },
        DestinationConfigurations: {
          S3Destination: {
            S3Bucket: bucket.handle.ref(),
            S3Prefix: prefix,
            S3Region: Aws.region,
            S3OutputConfigurations: { OutputType: 'CUSTOM', Format: 'PARQUET', Compression: 'PARQUET', Overwrite: 'OVERWRITE_REPORT' },
          },
        },
        RefreshCadence: { Frequency: 'SYNCHRONOUS' },
      },
    }),
    { when, after: [bucket.policy, ...after] },
  );
}
