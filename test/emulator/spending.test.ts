import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import { expect } from 'chai';
import { localClientConfig } from '../../src/local-aws';
import { att, AWAY, HOME, Rehearsal, ref, type Template } from './rehearsal';

type Resources = Template['Resources'];

const monitor = (MonitorName: string, MonitorDimension: string): Resources[string] => ({ Type: 'AWS::CE::AnomalyMonitor', Properties: { MonitorName, MonitorType: 'DIMENSIONAL', MonitorDimension } });
const threshold = JSON.stringify({ Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: ['20'] } });
const subscription = (Frequency: string, Type: string, Address: unknown, monitorArn: unknown): Resources[string] => ({
  Type: 'AWS::CE::AnomalySubscription',
  Properties: { SubscriptionName: 'unusual', Frequency, MonitorArnList: [monitorArn], Subscribers: [{ Type, Address }], ThresholdExpression: threshold },
});
const budget = (BudgetName: string, Amount: number, topic?: unknown): Resources[string] => ({
  Type: 'AWS::Budgets::Budget',
  Properties: {
    Budget: { BudgetName, BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount, Unit: 'USD' } },
    NotificationsWithSubscribers: [
      {
        Notification: { NotificationType: 'ACTUAL', Threshold: 100, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'a@example.com' }, ...(topic === undefined ? [] : [{ SubscriptionType: 'SNS', Address: topic }])],
      },
    ],
  },
});
const report = (bucket: unknown): Resources[string] => ({
  Type: 'AWS::BCMDataExports::Export',
  Properties: {
    Export: {
      Name: 'report',
      DataQuery: { QueryStatement: 'SELECT bill_bill_type FROM COST_AND_USAGE_REPORT' },
      DestinationConfigurations: { S3Destination: { S3Bucket: bucket, S3Prefix: 'reports', S3Region: HOME, S3OutputConfigurations: { OutputType: 'CUSTOM', Format: 'PARQUET', Compression: 'PARQUET', Overwrite: 'OVERWRITE_REPORT' } } },
      RefreshCadence: { Frequency: 'SYNCHRONOUS' },
    },
    Tags: [],
  },
});
const allowing = (service: string): Resources[string] => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: ref('Reports'), PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 's3:PutObject', Resource: '*' }] } },
});
const afterwards = (resource: Resources[string], DependsOn: string): Resources[string] => ({ ...resource, DependsOn });

describe('relations of costs', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  const topic = { Type: 'AWS::SNS::Topic' };
  const reports = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'cost-reports' } };

  const refused: readonly (readonly [string, Resources, string])[] = [
    ['anomalies told at once by mail', { Monitor: monitor('m', 'LINKED_ACCOUNT'), Told: subscription('IMMEDIATE', 'EMAIL', 'a@example.com', ref('Monitor')) }, 'by Amazon SNS only'],
    ['anomalies told to a topic by the day', { Topic: topic, Monitor: monitor('m', 'LINKED_ACCOUNT'), Told: subscription('DAILY', 'SNS', ref('Topic'), ref('Monitor')) }, 'by email only'],
    ['a subscription to a monitor that is missing', { Topic: topic, Told: subscription('IMMEDIATE', 'SNS', ref('Topic'), 'arn:aws:ce::111111111111:anomalymonitor/00000000-0000-0000-0000-000000000000') }, 'Could not find monitor'],
    ['a budget that tells a missing topic', { Budget: budget('lost', 5, 'arn:aws:sns:us-east-1:111111111111:nowhere') }, 'The SNS topic arn:aws:sns:us-east-1:111111111111:nowhere does not exist'],
    ['a report into a missing bucket', { Report: report('nowhere') }, 'The bucket nowhere does not exist'],
    ['a report into a bucket whose policy names others', { Reports: reports, Policy: allowing('logging.s3.amazonaws.com'), Report: afterwards(report(ref('Reports')), 'Policy') }, 'does not let bcm-data-exports.amazonaws.com write'],
  ];
  for (const [what, resources, reason] of refused) {
    it(`fail ${what}`, async () => {
      const stack = await aws.create({ Resources: resources });
      expect(stack.status).to.equal('ROLLBACK_COMPLETE');
      expect(stack.reasons).to.contain(reason);
    });
  }

  it('let an account have one monitor of a dimension, whatever its name and region, until it is gone', async () => {
    const first = await aws.create({ Resources: { Monitor: monitor('first', 'LINKED_ACCOUNT') } });
    expect(first.reasons).to.equal('');
    const other = await aws.create({ Resources: { Monitor: monitor('other', 'SERVICE') } });
    expect(other.reasons).to.equal('');
    for (const region of [HOME, AWAY]) {
      const second = await aws.create({ Resources: { Monitor: monitor('second', 'LINKED_ACCOUNT') } }, { region });
      expect(second.status).to.equal('ROLLBACK_COMPLETE');
      expect(second.reasons).to.contain('HandlerErrorCode: AlreadyExists');
    }
    await aws.remove(first);
    const again = await aws.create({ Resources: { Monitor: monitor('second', 'LINKED_ACCOUNT') } });
    expect(again.reasons).to.equal('');
    await aws.remove(again);
    await aws.remove(other);
  });

  it('let budgets of one name stand once in an account', async () => {
    const first = await aws.create({ Resources: { Budget: budget('shop-monthly', 5000) } });
    expect(first.reasons).to.equal('');
    const second = await aws.create({ Resources: { Budget: budget('shop-monthly', 100) } }, { region: AWAY });
    expect(second.status).to.equal('ROLLBACK_COMPLETE');
    const { Budgets = [] } = await new BudgetsClient(localClientConfig(aws.local.endpoint, HOME)).send(new DescribeBudgetsCommand({ AccountId: '111111111111' }));
    expect(Budgets.filter(({ BudgetName }) => BudgetName === 'shop-monthly').map(({ BudgetLimit }) => Number(BudgetLimit?.Amount))).to.deep.equal([5000]);
    await aws.remove(first);
  });

  it('let all of it stand together', async () => {
    const stack = await aws.create({
      Resources: {
        Topic: topic,
        Monitor: monitor('m', 'LINKED_ACCOUNT'),
        Told: subscription('IMMEDIATE', 'SNS', ref('Topic'), att('Monitor', 'MonitorArn')),
        Budget: budget('whole', 5, ref('Topic')),
        Reports: reports,
        Policy: allowing('bcm-data-exports.amazonaws.com'),
        Report: afterwards(report(ref('Reports')), 'Policy'),
      },
    });
    expect(stack.reasons).to.equal('');
    expect((await aws.remove(stack)).status).to.equal('DELETE_COMPLETE');
  });
});
