import { expect } from 'chai';
import { cost } from '../../../templates/systems/customer-portal/cost';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, ofType, resolved, type EnvironmentName } from './built';

const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };

describe('Customer portal cost', () => {
  for (const environment of environmentNames) {
    const budgets = () => ofType(resolved(cost, 'us-east-1', environment, { AlarmEmail: 'platform@example.com' }), 'AWS::Budgets::Budget');

    requirement('CUS-69', `has one monthly budget, which counts what carries the cost centre’s tag: ${environment}`, () => {
      const { Budget, ...others } = budgets();
      expect(others).to.deep.equal({});
      expect(plain(Budget.Budget)).to.deep.equal({
        BudgetName: `cus-monthly-${shorts[environment]}-main-us-east-1`,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: environment === 'production' ? 4000 : 1500, Unit: 'USD' },
        CostFilters: { TagKeyValue: ['user:CostCenter$customer-portal'] },
      });
    });

    requirement('CUS-69', `mails at 80 and 100 % of the budget, spent and foreseen: ${environment}`, () => {
      const notices = [['ACTUAL', 80], ['ACTUAL', 100], ['FORECASTED', 80], ['FORECASTED', 100]] as const;
      expect(plain(budgets()['Budget'].NotificationsWithSubscribers)).to.deep.equal(
        notices.map(([NotificationType, Threshold]) => ({
          Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'platform@example.com' }],
        })),
      );
    });

    requirement('CUS-69', `carries the tags that everything carries: ${environment}`, () => {
      const tags = { CostCenter: 'customer-portal', Environment: environment, Compliance: 'pci-dss soc2', System: 'customer-portal' };
      expect(plain(budgets()['Budget'].ResourceTags)).to.deep.equal(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
    });
  }
});
