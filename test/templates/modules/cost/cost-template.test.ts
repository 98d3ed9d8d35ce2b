import { expect } from 'chai';
import { render } from '../../../../src/cfn/render';
import { costTemplate } from '../../../../templates/modules/cost/cost-template';
import { context } from '../../../cfn/builder';

describe('The cost template', () => {
  it('takes its budget from the environment, and the address from its parameter', () => {
    const template = JSON.parse(render(costTemplate('Shop').build({ ...context, settings: { monthlyBudgetUsd: 250 } }).template)) as { Description: string; Resources: { Budget: { Properties: Readonly<Record<string, any>> } } };
    expect(template.Description).to.equal('Shop monthly budget of the cost centre');
    expect(template.Resources.Budget.Properties['Budget'].BudgetLimit).to.deep.equal({ Amount: 250, Unit: 'USD' });
    expect(template.Resources.Budget.Properties['NotificationsWithSubscribers'][0].Subscribers).to.deep.equal([{ SubscriptionType: 'EMAIL', Address: { Ref: 'AlarmEmail' } }]);
  });
});
