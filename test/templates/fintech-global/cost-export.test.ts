import { expect } from 'chai';
import { cost } from '../../../templates/systems/fintech-global/cost';
import { parameters } from '../../../templates/systems/fintech-global/parameters';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { emitted, environmentNames, ofType, type EnvironmentName } from './built';
import { costStack, keyArn } from './cost-instance';
import { shorts } from './everywhere';

const exported = (environment: EnvironmentName) => costStack(environment, { CostExport: 'enabled' });
/** What the figures of a column are, by AWS's way to name them. */
function typeOf(column: string): string {
  if (/_date$/.test(column)) return 'timestamp';
  if (/_(cost|amount)$/.test(column)) return 'double';
  return ['product', 'resource_tags', 'cost_category'].includes(column) ? 'map<string,string>' : 'string';
}

/** Text around the reference to a resource. */
const joined = (...parts: readonly string[]) => ({ 'Fn::Join': ['', parts] });
const bucketName = (part: 'costs' | 'queries', environment: EnvironmentName) => `fintechglobal-${part}-${shorts[environment]}-main-111111111111-us-east-1`;

describe('FinTech Global cost export', () => {
  it('FTG-69 is off unless somebody wants it', () => {
    expect(parameters.CostExport).to.deep.include({ Default: 'disabled', AllowedValues: ['disabled', 'enabled'] });
  });

  requirement('FTG-69', 'is wholly absent while it is off', () => {
    const { Resources = {}, Conditions } = emitted(cost);
    expect(plain(Conditions?.['Exports'])).to.deep.equal({ 'Fn::Equals': [{ Ref: 'CostExport' }, 'enabled'] });
    for (const id of ['CostReport', 'CostReports', 'CostReportsPolicy', 'CostResults', 'CostResultsPolicy', 'CostTable', 'CostTableDatabase', 'CostQueries']) expect(Resources[id]?.Condition, id).to.equal('Exports');
  });

  for (const environment of environmentNames) {
    requirement('FTG-69', `exports the Cost and Usage Report 2.0 by day and resource as Parquet: ${environment}`, () => {
      const { Export } = ofType(exported(environment), 'AWS::BCMDataExports::Export')['CostReport'];
      expect([Export.Name, Export.RefreshCadence.Frequency]).to.deep.equal(['fintechglobal-cost-and-usage', 'SYNCHRONOUS']);
      expect(Export.DataQuery.QueryStatement).to.match(/^SELECT [a-z_]+(, [a-z_]+)* FROM COST_AND_USAGE_REPORT$/);
      expect(plain(Export.DataQuery.TableConfigurations)).to.deep.equal({
        COST_AND_USAGE_REPORT: { TIME_GRANULARITY: 'DAILY', INCLUDE_RESOURCES: 'TRUE', INCLUDE_MANUAL_DISCOUNT_COMPATIBILITY: 'FALSE', INCLUDE_SPLIT_COST_ALLOCATION_DATA: 'FALSE' },
      });
      expect(plain(Export.DestinationConfigurations.S3Destination)).to.deep.equal({
        S3Bucket: 'CostReports',
        S3Prefix: 'reports',
        S3Region: 'us-east-1',
        S3OutputConfigurations: { OutputType: 'CUSTOM', Format: 'PARQUET', Compression: 'PARQUET', Overwrite: 'OVERWRITE_REPORT' },
      });
    });

    requirement('FTG-69', `keeps reports and results in private, encrypted, versioned buckets with access logs: ${environment}`, () => {
      const { CostReports, CostResults } = ofType(exported(environment), 'AWS::S3::Bucket');
      expect([CostReports.BucketName, CostResults.BucketName]).to.deep.equal([bucketName('costs', environment), bucketName('queries', environment)]);
      const blocked = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
      for (const [bucket, encryption] of [[CostReports, { SSEAlgorithm: 'AES256' }], [CostResults, { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn }]] as const) {
        expect(plain(bucket.PublicAccessBlockConfiguration)).to.deep.equal(blocked);
        expect(plain(bucket.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault)).to.deep.equal(encryption);
        expect([bucket.VersioningConfiguration.Status, bucket.LoggingConfiguration.DestinationBucketName]).to.deep.equal(['Enabled', 'fintechglobal-logs']);
      }
    });

    requirement('FTG-69', `lets AWS write this account’s reports, and nobody speak plain HTTP: ${environment}`, () => {
      const { CostReportsPolicy, CostResultsPolicy } = ofType(exported(environment), 'AWS::S3::BucketPolicy');
      const [plainHttp, written] = CostReportsPolicy.PolicyDocument.Statement;
      expect([plainHttp.Effect, plainHttp.Principal, plain(plainHttp.Condition)]).to.deep.equal(['Deny', '*', { Bool: { 'aws:SecureTransport': 'false' } }]);
      expect([written.Effect, plain(written.Principal), plain(written.Action)]).to.deep.equal([
        'Allow',
        { Service: ['bcm-data-exports.amazonaws.com', 'billingreports.amazonaws.com'] },
        ['s3:PutObject', 's3:GetBucketPolicy'],
      ]);
      expect(plain(written.Resource)).to.deep.equal(['CostReports.Arn', joined('CostReports.Arn', '/*')]);
      expect(plain(written.Condition)).to.deep.equal({
        StringEquals: { 'aws:SourceAccount': '111111111111' },
        ArnLike: { 'aws:SourceArn': ['arn:aws:bcm-data-exports:us-east-1:111111111111:export/*', 'arn:aws:cur:us-east-1:111111111111:definition/*'] },
      });
      const [resultsHttp] = CostResultsPolicy.PolicyDocument.Statement;
      expect([resultsHttp.Effect, plain(resultsHttp.Condition)]).to.deep.equal(['Deny', { Bool: { 'aws:SecureTransport': 'false' } }]);
      expect(CostResultsPolicy.PolicyDocument.Statement.length).to.equal(1);
    });

    requirement('FTG-69 FTG-74', `lays the months out as a table, with a column for each that the report has: ${environment}`, () => {
      const stack = exported(environment);
      const { CostTable } = ofType(stack, 'AWS::Glue::Table');
      const { QueryStatement } = ofType(stack, 'AWS::BCMDataExports::Export')['CostReport'].Export.DataQuery;
      expect(ofType(stack, 'AWS::Glue::Database')['CostTableDatabase'].DatabaseInput.Name).to.equal(`fintechglobal_costs_${shorts[environment]}_main`);
      const { Name, TableType, PartitionKeys, StorageDescriptor, Parameters } = CostTable.TableInput;
      const location = '/reports/fintechglobal-cost-and-usage/data';
      expect([Name, TableType, plain(StorageDescriptor.Location)]).to.deep.equal(['cost_and_usage', 'EXTERNAL_TABLE', joined('s3://', 'CostReports', location)]);
      expect(plain(PartitionKeys)).to.deep.equal([{ Name: 'billing_period', Type: 'string' }]);
      expect(plain(Parameters)).to.deep.equal({
        EXTERNAL: 'TRUE',
        classification: 'parquet',
        'projection.enabled': 'true',
        'projection.billing_period.type': 'date',
        'projection.billing_period.format': 'yyyy-MM',
        'projection.billing_period.range': '2026-01,NOW',
        'projection.billing_period.interval': '1',
        'projection.billing_period.interval.unit': 'MONTHS',
        'storage.location.template': joined('s3://', 'CostReports', `${location}/BILLING_PERIOD=\${billing_period}`),
      });
      const columns = plain(StorageDescriptor.Columns) as readonly { readonly Name: string; readonly Type: string }[];
      for (const column of columns) expect(column).to.have.property('Type', typeOf(column.Name));
      expect(`SELECT ${columns.map(({ Name: column }) => column).join(', ')} FROM COST_AND_USAGE_REPORT`).to.equal(QueryStatement);
    });

    requirement('FTG-69 FTG-74', `is asked in a workgroup with encrypted results and a limit: ${environment}`, () => {
      const { CostQueries } = ofType(exported(environment), 'AWS::Athena::WorkGroup');
      expect([CostQueries.Name, CostQueries.State]).to.deep.equal([`fintechglobal-costs-${shorts[environment]}-main`, 'ENABLED']);
      const { EnforceWorkGroupConfiguration, BytesScannedCutoffPerQuery, ResultConfiguration } = CostQueries.WorkGroupConfiguration;
      expect([EnforceWorkGroupConfiguration, BytesScannedCutoffPerQuery]).to.deep.equal([true, 10_737_418_240]);
      expect(plain(ResultConfiguration)).to.deep.equal({
        OutputLocation: joined('s3://', 'CostResults', '/'),
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: keyArn },
        ExpectedBucketOwner: '111111111111',
      });
    });
  }

  requirement('FTG-69', 'keeps reports when production goes, and leaves nothing elsewhere', () => {
    for (const environment of environmentNames) {
      const { Resources = {} } = emitted(cost, environment);
      const kept = environment === 'production';
      for (const id of ['CostReports', 'CostResults']) {
        expect(Resources[id]?.DeletionPolicy, `${environment} ${id}`).to.equal(kept ? 'RetainExceptOnCreate' : 'Delete');
        if (kept) expect(Resources[`${id}Emptied`], `${environment} ${id}`).to.equal(undefined);
        else expect(Resources[`${id}Emptied`]?.Type, `${environment} ${id}`).to.equal('Custom::EmptyBucket');
      }
      expect(plain(Resources['CostReport']?.DependsOn)).to.deep.equal(kept ? ['CostReportsPolicy'] : ['CostReportsEmptied', 'CostReportsPolicy', 'CostResultsEmptied']);
      expect(Resources['CostQueries']?.Properties?.['RecursiveDeleteOption']).to.equal(!kept);
    }
  });
});
