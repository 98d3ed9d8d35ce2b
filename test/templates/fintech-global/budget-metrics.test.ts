import { expect } from 'chai';
import { cost } from '../../../templates/systems/fintech-global/cost';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { emitted, environmentNames, jsonIn, ofType } from './built';
import { alarmTopicArn, costStack } from './cost-instance';

const names = ['monthly', 'eks', 'rds', 'elasticache', 'dynamodb', 's3'].map((part) => `fintechglobal-${part}`);

describe('FinTech Global budget metrics', () => {
  for (const environment of environmentNames) {
    requirement('FTG-56', `reads the account’s budgets each hour, and no others: ${environment}`, () => {
      const stack = costStack(environment);
      const { BudgetMetrics } = ofType(stack, 'AWS::Serverless::Function');
      expect(plain(jsonIn(BudgetMetrics.Environment.Variables, 'BUDGETS'))).to.deep.equal(names);
      expect([BudgetMetrics.Environment.Variables.ACCOUNT, BudgetMetrics.Environment.Variables.NAMESPACE]).to.deep.equal(['111111111111', 'fintechglobal/Budgets']);
      expect(BudgetMetrics.CodeUri).to.equal('function:budget-metrics');
      const { BudgetMetricsHourly } = ofType(stack, 'AWS::Events::Rule');
      expect([BudgetMetricsHourly.ScheduleExpression, BudgetMetricsHourly.State]).to.deep.equal(['rate(1 hour)', 'ENABLED']);
    });

    requirement('FTG-56', `may see these budgets and write metrics of theirs, beside what its log and its queue want: ${environment}`, () => {
      const statements = ofType(costStack(environment), 'AWS::IAM::Role')['BudgetMetricsRole'].Policies[0].PolicyDocument.Statement;
      const [sees, publishes] = [statements[3], statements[4]];
      expect([sees.Effect, plain(sees.Action), plain(sees.Resource)]).to.deep.equal(['Allow', ['budgets:ViewBudget'], names.map((name) => `arn:aws:budgets::111111111111:budget/${name}`)]);
      expect([publishes.Effect, plain(publishes.Action), plain(publishes.Resource)]).to.deep.equal(['Allow', ['cloudwatch:PutMetricData'], ['*']]);
      expect(plain(publishes.Condition)).to.deep.equal({ StringEquals: { 'cloudwatch:namespace': 'fintechglobal/Budgets' } });
      expect(statements.length).to.equal(5);
    });

    requirement('FTG-56', `tells when the figures could not be had: ${environment}`, () => {
      const { BudgetMetricsErrorsAlarm, BudgetMetricsFailuresAlarm } = ofType(costStack(environment), 'AWS::CloudWatch::Alarm');
      expect(plain(BudgetMetricsErrorsAlarm.AlarmActions)).to.deep.equal([alarmTopicArn]);
      expect(plain(BudgetMetricsFailuresAlarm.AlarmActions)).to.deep.equal([alarmTopicArn]);
    });
  }

  requirement('FTG-56', 'has every part under the condition of the budgets', () => {
    const { Resources = {} } = emitted(cost);
    for (const part of ['', 'Log', 'Role', 'Failures', 'FailuresPolicy', 'Hourly', 'HourlyPermission', 'ErrorsAlarm', 'FailuresAlarm']) expect(Resources[`BudgetMetrics${part}`]?.Condition, part).to.equal('Governs');
  });
});
