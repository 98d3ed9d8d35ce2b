import type { Condition, IntrinsicFunction, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { bucket } from '../security/bucket';
import { emptied } from '../security/emptied';
import { costQueries } from './cost-queries';
import { costReport, costReportLocation, reportsMayBeWritten } from './cost-report';
import { costReportTable } from './cost-report-table';

/** The account's cost and usage, exported and laid out for Athena. */
export interface CostExportSettings {
  /** Begins the report's name. */
  readonly project: Token<'String'>;
  /** Key of query results, and of the log of what empties the buckets. */
  readonly keyArn: IntrinsicFunction;
  /** Name of the bucket for the buckets' own access logs. */
  readonly accessLogBucket: IntrinsicFunction;
  /** Keeps the reports when the stack goes; they are deleted with it otherwise. */
  readonly retained: boolean;
  /** Days that the log of what empties the buckets stays. */
  readonly logRetentionInDays: number;
  readonly when: Condition;
}

/** The first month that can be asked for: before any account of the project was opened. */
const since = '2026-01';

/** Days that results of queries stay: a query can be asked again. */
const resultDays = 30;

/**
 * The Cost and Usage Report with its bucket, its table and a workgroup to ask it in. The reports are encrypted under S3's own key: AWS
 * documents no key policy by which it would write under another. Results of queries are encrypted under ours.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/what-is-data-exports.html
 */
export function costExport(t: TemplateBuilder<Parameters, unknown>, settings: CostExportSettings): void {
  const { project, keyArn, accessLogBucket, retained, logRetentionInDays, when } = settings;
  const reports = bucket(t, 'CostReports', { name: t.resourceName('costs', 'world'), accessLogBucket, retained, when, statements: (bucketArn) => [reportsMayBeWritten(bucketArn)] });
  const results = bucket(t, 'CostResults', { name: t.resourceName('queries', 'world'), key: keyArn, accessLogBucket, expireAfterDays: resultDays, noncurrentDays: 7, retained, when });
  const emptying = retained ? {} : emptied(t, { name: 'empty-costs', buckets: { CostReports: reports.handle, CostResults: results.handle }, keyArn, logRetentionInDays, when });

  costReport(t, 'CostReport', { project, bucket: reports, after: Object.values(emptying), when });
  costReportTable(t, 'CostTable', { name: t.resourceName('costs'), location: costReportLocation(project, reports.handle.ref()), since, when });
  costQueries(t, 'CostQueries', { name: t.resourceName('costs'), bucket: results, keyArn, deletedWithQueries: !retained, when });
}
