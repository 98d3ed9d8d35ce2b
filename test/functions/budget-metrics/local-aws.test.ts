import { BudgetsClient, CreateBudgetCommand } from '@aws-sdk/client-budgets';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { expect } from 'chai';
import { bundleFunction } from '../../../src/build/bundle';
import { unzip } from '../../../src/build/zip';
import { LOCAL_ACCOUNT, localClientConfig } from '../../../src/local-aws';
import { REGION, withLocalAws } from '../../local-aws/local';
import { withVariables } from '../../support/variables';

const variables = { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: LOCAL_ACCOUNT, AWS_SECRET_ACCESS_KEY: 'local', ACCOUNT: LOCAL_ACCOUNT, BUDGETS: '["shop-monthly"]', NAMESPACE: 'shop/Budgets' };

/** The handler as it is bundled for Lambda, loaded with its own clients. */
async function bundled(): Promise<() => Promise<void>> {
  const { zip } = await bundleFunction('budget-metrics');
  const module = { exports: {} as { handler: () => Promise<void> } };
  new Function('module', 'exports', 'require', Buffer.from(unzip(zip)['index.js']!).toString('utf8'))(module, module.exports, require);
  return module.exports.handler;
}

describe('The function that publishes budgets as metrics, on the local AWS', function () {
  this.timeout(60_000);
  const local = withLocalAws();
  let putBack: (() => void) | undefined;
  afterEach(() => putBack?.());

  it('reads a budget and writes its figures, as its bundle', async () => {
    const { endpoint } = local();
    putBack = withVariables({ ...variables, AWS_ENDPOINT_URL: endpoint });
    const config = localClientConfig(endpoint, REGION);
    await new BudgetsClient(config).send(
      new CreateBudgetCommand({ AccountId: LOCAL_ACCOUNT, Budget: { BudgetName: 'shop-monthly', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: '5000', Unit: 'USD' } } }),
    );
    await (await bundled())();
    const now = Date.now();
    const read = (MetricName: string) =>
      new CloudWatchClient(config).send(
        new GetMetricStatisticsCommand({ Namespace: 'shop/Budgets', MetricName, Dimensions: [{ Name: 'BudgetName', Value: 'shop-monthly' }], Statistics: ['Maximum'], Period: 3600, StartTime: new Date(now - 3_600_000), EndTime: new Date(now + 3_600_000) }),
      );
    const [limit, actual] = [await read('Limit'), await read('Actual')];
    expect(limit.Datapoints?.map(({ Maximum }) => Maximum)).to.deep.equal([5000]);
    expect(actual.Datapoints?.map(({ Maximum }) => Maximum)).to.deep.equal([0]);
  });

  it('fails for a budget that is missing', async () => {
    const { endpoint } = local();
    putBack = withVariables({ ...variables, AWS_ENDPOINT_URL: endpoint, BUDGETS: '["gone"]' });
    expect(await (await bundled())().catch((error: unknown) => error)).to.be.an('error').with.property('message').that.matches(/^Budget gone: account 111111111111 has none of that name/);
  });
});
