import { expect } from 'chai';
import { estimateCost, treatmentsOf, usageOf } from '../../../src/analyse/cost';
import { cost } from '../../../templates/systems/lookcard/cost';
import { environments } from '../../../templates/systems/lookcard/environments';
import { list } from '../../analyse/cost/deployment';
import { unread } from '../../requirements/recording';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, ofType, resolved } from './built';
import { shorts } from './everywhere';
import { wholePlatform } from './whole';

describe('LookCard cost', () => {
  for (const environment of environmentNames) {
    const budgets = () => ofType(resolved(cost, 'us-east-1', environment, { AlarmEmail: 'platform@example.com' }), 'AWS::Budgets::Budget');

    requirement('LKC-103 LKC-113', `has one monthly budget, which counts what carries the cost centre’s tag: ${environment}`, () => {
      const { Budget, ...others } = budgets();
      expect(others).to.deep.equal({});
      const amounts = { production: 6000, staging: 4000, testing: 1500, develop: 1500, sandbox: 1500 } as const;
      expect(plain(Budget.Budget)).to.deep.equal({
        BudgetName: `lookcard-monthly-${shorts[environment]}-main-us-east-1`,
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: amounts[environment], Unit: 'USD' },
        CostFilters: { TagKeyValue: ['user:CostCenter$lookcard'] },
      });
    });

    requirement('LKC-113', `mails at 80 and 100 % of the budget, spent and foreseen: ${environment}`, () => {
      const notices = [['ACTUAL', 80], ['ACTUAL', 100], ['FORECASTED', 80], ['FORECASTED', 100]] as const;
      expect(plain(budgets()['Budget'].NotificationsWithSubscribers)).to.deep.equal(
        notices.map(([NotificationType, Threshold]) => ({
          Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'platform@example.com' }],
        })),
      );
    });
  }

  describe('by the templates’ estimate', () => {
    const platform = wholePlatform();
    const estimateOf = (environment: (typeof environmentNames)[number]) => unread(() => estimateCost(platform(environment).deployed, 'ap-southeast-1', list, usageOf(environment), []));

    for (const environment of environmentNames) {
      it(`LKC-102 knows every type of resource in ${environment}, and keeps its budget`, () => {
        const types = new Set(platform(environment).resources().map(({ type }) => type));
        expect([...types].filter((type) => treatmentsOf(type).length !== 1)).to.deep.equal([]);
        expect(estimateOf(environment).usd).to.be.within(100, environments[environment].settings.monthlyBudgetUsd);
      });
    }

    it('LKC-06 LKC-07 is less for each environment that is smaller', () => {
      const [production, staging, testing, develop] = (['production', 'staging', 'testing', 'develop'] as const).map((environment) => estimateOf(environment).usd);
      expect(staging).to.be.lessThan(production! * 0.75);
      expect(testing).to.be.lessThan(staging! * 0.75);
      expect(develop).to.be.lessThan(testing!);
    });
  });
});
