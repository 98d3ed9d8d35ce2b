import { Aws, Fn, type Condition, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Database, Table } from '../../../src/cfn/generated/glue';
import { costReportColumns } from './cost-report-columns';

/** What Athena reads. */
export interface CostReportTableSettings {
  /** The database's name; hyphens become underscores, since Athena's SQL takes no others unquoted. */
  readonly name: Name;
  /** Where the report's files lie, without the month's folder. */
  readonly location: IntrinsicFunction;
  /** The first month that may be asked for, as `2026-01`. */
  readonly since: string;
  readonly when: Condition;
}

/** The report as SQL knows it. */
export const reportTable = 'cost_and_usage';

/** A name that SQL takes without quotation marks. */
export const sqlName = (name: Name): IntrinsicFunction => Fn.Sub(name.text.replaceAll('-', '_'));

/**
 * The report as a table of Glue's catalogue. Athena calculates the months' folders itself, so that nothing need crawl the bucket, and a
 * query that names `billing_period` reads that month alone.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function costReportTable(t: TemplateBuilder<Parameters, unknown>, id: string, { name, location, since, when }: CostReportTableSettings): void {
  const database = t.add(`${id}Database`, new Database({ CatalogId: Aws.accountId, DatabaseInput: { Name: sqlName(name), Description: 'Cost and usage of the account' } }), { when });
  t.add(
    id,
    new Table({
      CatalogId: Aws.accountId,
      DatabaseName: database.ref(),
      TableInput: {
        Name: reportTable,
        Description: 'Cost and Usage Report 2.0 by day and resource',
        TableType: 'EXTERNAL_TABLE',
        Parameters: {
          EXTERNAL: 'TRUE',
          classification: 'parquet',
          'projection.enabled': 'true',
          'projection.billing_period.type': 'date',
          'projection.billing_period.format': 'yyyy-MM',
          'projection.billing_period.range': `${since},NOW`,
          'projection.billing_period.interval': '1',
          'projection.billing_period.interval.unit': 'MONTHS',
          'storage.location.template': Fn.Sub('${Location}/BILLING_PERIOD=${!billing_period}', { Location: location }),
        },
        PartitionKeys: [{ Name: 'billing_period', Type: 'string' }],
        StorageDescriptor: {
          Columns: Object.entries(costReportColumns).map(([Name, Type]) => ({ Name, Type })),
          Location: location,
          InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe', Parameters: { 'serialization.format': '1' } },
        },
      },
    }),
    { when },
  );
}
