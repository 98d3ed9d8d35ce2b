import { expect } from 'chai';
import { Fn, TemplateBuilder } from '../../../../src/cfn';
import { accountBudgets } from '../../../../templates/modules/cost/account-budgets';
import { budgetMetrics } from '../../../../templates/modules/cost/budget-metrics';
import { costGraphs, costNote } from '../../../../templates/modules/cost/cost-graphs';
import { costTopic } from '../../../../templates/modules/cost/cost-topic';
import { dashboard } from '../../../../templates/modules/monitoring/dashboard';
import { context } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

const services = [{ id: 'S3', name: 's3', title: 'S3', billedAs: 'Amazon Simple Storage Service', monthlyUsd: 20 }];

describe('The account’s budgets', () => {
  const t = new TemplateBuilder('test', { description: 'test', parameters: { Project: { Type: 'String' }, Limit: { Type: 'Number' } } }, context);
  const when = t.condition('Always', Fn.Equals('a', 'a'));
  const project = t.param('Project');
  const monthlyUsd = t.param('Limit');
  const keyArn = value('key');
  const topic = costTopic(t, 'Costs', { name: t.resourceName('costs'), keyArn, email: value('email'), when });
  accountBudgets(t, { project, monthlyUsd, services, email: value('email'), topic, when });
  budgetMetrics(t, 'Figures', { project, budgets: ['monthly', 's3'], keyArn, topic: value('alarms'), logRetentionInDays: 14, when });
  dashboard(t, 'Dashboard', 'costs', costGraphs({ project, monthlyUsd, services }), costNote);

  it('are one over everything and one for each service, by the names that bills have', () => {
    const limits = { AccountBudget: { Ref: 'Limit' }, S3Budget: 20 };
    for (const [id, Amount] of Object.entries(limits)) expect(properties(t, id)['Budget']).to.deep.include({ BudgetLimit: { Amount, Unit: 'USD' } });
    expect(properties(t, 'AccountBudget')['Budget']).not.to.have.any.keys('FilterExpression', 'CostFilters');
    expect(properties(t, 'S3Budget')['Budget']).to.deep.include({ FilterExpression: { Dimensions: { Key: 'SERVICE', Values: ['Amazon Simple Storage Service'] } }, Metrics: ['UnblendedCost'] });
  });

  it('come after the policy of the topic that they publish to', () => {
    expect(emitted(t)['AccountBudget']?.DependsOn).to.deep.equal(['CostsPolicy']);
    expect(emitted(t)['S3Budget']?.DependsOn).to.equal(undefined);
  });

  it('are published and drawn under the same namespace and names', () => {
    const variables = (properties(t, 'Figures') as { readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> } }).Environment.Variables;
    expect(variables).to.deep.include({ NAMESPACE: { 'Fn::Sub': ['${Project}/Budgets', { Project: { Ref: 'Project' } }] }, BUDGETS: { 'Fn::Sub': ['["${Project}-monthly","${Project}-s3"]', { Project: { Ref: 'Project' } }] } });
    const [body, drawn] = (properties(t, 'Dashboard')['DashboardBody'] as { readonly 'Fn::Sub': readonly [string, Readonly<Record<string, unknown>>] })['Fn::Sub'];
    expect(Object.values(drawn)).to.deep.include.members([
      { 'Fn::Sub': ['${Project}/Budgets', { Project: { Ref: 'Project' } }] },
      { 'Fn::Sub': ['${Project}-monthly', { Project: { Ref: 'Project' } }] },
      { 'Fn::Sub': ['${Project}-s3', { Project: { Ref: 'Project' } }] },
    ]);
    const [limit] = Object.entries(drawn).find(([, one]) => JSON.stringify(one) === '{"Ref":"Limit"}') ?? [];
    expect(body).to.contain(`"value":\${${limit}}`).and.not.to.contain(`"\${${limit}}"`);
  });
});
