import { expect } from 'chai';
import { budget } from '../../../../templates/modules/cost/budget';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

describe('The budget module', () => {
  const t = builderOf();
  budget(t, 'Budget', { name: 'monthly', monthlyUsd: 100, email: value('email') });

  it('counts what carries the cost centre’s tag, as the core puts it on every resource', () => {
    expect(properties(t, 'Budget')['Budget']).to.deep.include({ CostFilters: { TagKeyValue: ['user:CostCenter$tests'] }, BudgetLimit: { Amount: 100, Unit: 'USD' } });
    expect(properties(t, 'Budget')['ResourceTags']).to.deep.include({ Key: 'CostCenter', Value: 'tests' });
  });

  it('warns before the money is spent and before the month foresees it', () => {
    const notices = properties(t, 'Budget')['NotificationsWithSubscribers'] as readonly { Notification: { NotificationType: string; Threshold: number } }[];
    expect(notices.map(({ Notification: { NotificationType, Threshold } }) => `${NotificationType} ${Threshold}`)).to.deep.equal(['ACTUAL 80', 'ACTUAL 100', 'FORECASTED 80', 'FORECASTED 100']);
  });
});
