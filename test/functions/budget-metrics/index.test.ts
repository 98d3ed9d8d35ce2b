import { BudgetsClient, DescribeBudgetCommand, NotFoundException, type Budget } from '@aws-sdk/client-budgets';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { handler } from '../../../src/functions/budget-metrics';
import { withVariables } from '../../support/variables';

const environment = { ACCOUNT: '111122223333', BUDGETS: JSON.stringify(['shop-monthly', 'shop-eks']), NAMESPACE: 'shop/Budgets' };
const usd = (Amount: string) => ({ Amount, Unit: 'USD' });
const described = (BudgetName: string, limit: string, actual: string, forecast?: string): Budget => ({
  BudgetName,
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: usd(limit),
  CalculatedSpend: { ActualSpend: usd(actual), ...(forecast === undefined ? {} : { ForecastedSpend: usd(forecast) }) },
});

describe('The function that publishes budgets as metrics', () => {
  let budgets: AwsClientStub<BudgetsClient>;
  let cloudwatch: AwsClientStub<CloudWatchClient>;
  let putBack: () => void;

  beforeEach(() => {
    putBack = withVariables(environment);
    budgets = mockClient(BudgetsClient);
    cloudwatch = mockClient(CloudWatchClient);
    cloudwatch.on(PutMetricDataCommand).resolves({});
    answer('shop-monthly', described('shop-monthly', '5000.0', '1234.56', '4100'));
    answer('shop-eks', described('shop-eks', '2000', '0'));
  });
  afterEach(() => {
    putBack();
    budgets.restore();
    cloudwatch.restore();
  });

  const answer = (BudgetName: string, Answer: Budget) => budgets.on(DescribeBudgetCommand, { AccountId: '111122223333', BudgetName }).resolves({ Budget: Answer });

  /** What was published, as `budget metric value`. */
  const published = () =>
    cloudwatch.commandCalls(PutMetricDataCommand).flatMap(({ args }) => {
      const { Namespace, MetricData = [] } = args[0].input;
      return MetricData.map(({ MetricName, Value, Unit, Dimensions }) => `${Namespace} ${Dimensions?.map(({ Name, Value: value }) => `${Name}=${value}`).join()} ${MetricName} ${Value} ${Unit}`);
    });

  it('publishes limit, actual and forecast of each budget, in one request', async () => {
    await handler();
    expect(published()).to.deep.equal([
      'shop/Budgets BudgetName=shop-monthly Limit 5000 None',
      'shop/Budgets BudgetName=shop-monthly Actual 1234.56 None',
      'shop/Budgets BudgetName=shop-monthly Forecast 4100 None',
      'shop/Budgets BudgetName=shop-eks Limit 2000 None',
      'shop/Budgets BudgetName=shop-eks Actual 0 None',
    ]);
    expect(cloudwatch.commandCalls(PutMetricDataCommand)).to.have.length(1);
  });

  it('takes a budget that has counted nothing yet for unspent', async () => {
    const { CalculatedSpend, ...young } = described('shop-eks', '2000', '0');
    answer('shop-eks', young);
    await handler();
    expect(published()).to.include('shop/Budgets BudgetName=shop-eks Actual 0 None');
  });

  it('publishes nothing, and says which budget is missing, so that the alarm tells', async () => {
    budgets.on(DescribeBudgetCommand, { AccountId: '111122223333', BudgetName: 'shop-eks' }).rejects(new NotFoundException({ message: 'Unable to get budget', $metadata: {} }));
    const failure = await handler().catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'Budget shop-eks: account 111122223333 has none of that name. Roll the budgets out again, or correct BUDGETS.');
    expect(published()).to.deep.equal([]);
  });

  it('passes on what else AWS refuses', async () => {
    budgets.on(DescribeBudgetCommand, { AccountId: '111122223333', BudgetName: 'shop-eks' }).rejects(new Error('not now'));
    expect(await handler().catch((error: unknown) => error)).to.be.an('error').with.property('message', 'not now');
  });

  it('refuses a budget without a limit, by which nothing can be measured', async () => {
    const { BudgetLimit, ...unlimited } = described('shop-eks', '2000', '0');
    answer('shop-eks', unlimited);
    expect(await handler().catch((error: unknown) => error)).to.be.an('error').with.property('message').that.matches(/^Budget shop-eks: it has no limit/);
  });

  it('says which variable is missing', async () => {
    delete process.env['NAMESPACE'];
    expect(await handler().catch((error: unknown) => error)).to.be.an('error').with.property('message').that.matches(/^Environment variable NAMESPACE/);
  });
});
