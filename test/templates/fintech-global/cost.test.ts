import { expect } from 'chai';
import { parameters } from '../../../templates/systems/fintech-global/parameters';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, jsonIn, ofType } from './built';
import { costStack, keyArn } from './cost-instance';

const notices = [['ACTUAL', 80], ['ACTUAL', 100], ['FORECASTED', 80], ['FORECASTED', 100]] as const;

/** What a budget tells by mail, as AWS takes it. */
const mailed = (others: Readonly<Record<string, readonly object[]>> = {}) =>
  notices.map(([NotificationType, Threshold]) => ({
    Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
    Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'finops@example.com' }, ...(others[`${NotificationType} ${Threshold}`] ?? [])],
  }));

const services = [
  { row: 'FTG-61', id: 'EksBudget', name: 'fintechglobal-eks', billedAs: 'Amazon Elastic Container Service for Kubernetes', usd: 2000 },
  { row: 'FTG-62', id: 'RdsBudget', name: 'fintechglobal-rds', billedAs: 'Amazon Relational Database Service', usd: 1500 },
  { row: 'FTG-63', id: 'ElastiCacheBudget', name: 'fintechglobal-elasticache', billedAs: 'Amazon ElastiCache', usd: 500 },
  { row: 'FTG-64', id: 'DynamoDbBudget', name: 'fintechglobal-dynamodb', billedAs: 'Amazon DynamoDB', usd: 300 },
  { row: 'FTG-65', id: 'S3Budget', name: 'fintechglobal-s3', billedAs: 'Amazon Simple Storage Service', usd: 200 },
] as const;

describe('FinTech Global cost', () => {
  it('FTG-05 wants an address for its alerts, and has none of its own', () => {
    expect(parameters.AlertEmail).not.to.have.property('Default');
    const pattern = new RegExp(parameters.AlertEmail.AllowedPattern);
    expect('finops@example.com').to.match(pattern);
    for (const wrong of ['', 'finops', 'a b@example.com', 'finops@example']) expect(wrong).not.to.match(pattern);
  });

  it('FTG-06 takes 5,000 US dollars a month unless told otherwise', () => {
    expect(parameters.MonthlyBudgetLimit).to.deep.include({ Type: 'Number', Default: 5000 });
  });

  for (const environment of environmentNames) {
    const budgets = (limit = '5000') => ofType(costStack(environment, { MonthlyBudgetLimit: limit }), 'AWS::Budgets::Budget');

    requirement('FTG-06 FTG-58', `has one budget over everything, as high as the parameter says: ${environment}`, () => {
      const { AccountBudget } = budgets('750');
      expect(plain(AccountBudget.Budget)).to.deep.equal({ BudgetName: 'fintechglobal-monthly', BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 750, Unit: 'USD' } });
    });

    requirement('FTG-05 FTG-59 FTG-60', `mails at 80 and 100 % of it, spent and foreseen, and tells the topic when it is spent: ${environment}`, () => {
      expect(plain(budgets()['AccountBudget'].NotificationsWithSubscribers)).to.deep.equal(mailed({ 'ACTUAL 100': [{ SubscriptionType: 'SNS', Address: 'CostTopic' }] }));
    });

    for (const { row, id, name, billedAs, usd } of services) {
      requirement(row, `gives ${billedAs} ${usd} US dollars a month, and mails as it is spent: ${environment}`, () => {
        const { Budget, NotificationsWithSubscribers } = budgets()[id];
        expect(plain(Budget)).to.deep.equal({
          BudgetName: name,
          BudgetType: 'COST',
          TimeUnit: 'MONTHLY',
          BudgetLimit: { Amount: usd, Unit: 'USD' },
          FilterExpression: { Dimensions: { Key: 'SERVICE', Values: [billedAs] } },
          Metrics: ['UnblendedCost'],
        });
        expect(plain(NotificationsWithSubscribers)).to.deep.equal(mailed());
      });
    }

    requirement('FTG-66 FTG-67', `watches spending by linked account, and tells at once of 20 US dollars: ${environment}`, () => {
      const stack = costStack(environment);
      const { AnomalyMonitor } = ofType(stack, 'AWS::CE::AnomalyMonitor');
      expect([AnomalyMonitor.MonitorType, AnomalyMonitor.MonitorDimension]).to.deep.equal(['DIMENSIONAL', 'LINKED_ACCOUNT']);
      const { AnomalySubscription } = ofType(stack, 'AWS::CE::AnomalySubscription');
      expect([AnomalySubscription.Frequency, plain(AnomalySubscription.Subscribers), plain(AnomalySubscription.MonitorArnList)]).to.deep.equal(['IMMEDIATE', [{ Type: 'SNS', Address: 'CostTopic' }], ['AnomalyMonitor.MonitorArn']]);
      expect(plain(jsonIn(AnomalySubscription, 'ThresholdExpression'))).to.deep.equal({
        Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: ['20'] },
      });
    });

    requirement('FTG-68', `mails what budgets and anomaly detection publish for this account, encrypted under the data key: ${environment}`, () => {
      const stack = costStack(environment);
      expect(ofType(stack, 'AWS::SNS::Topic')['CostTopic'].KmsMasterKeyId).to.equal(keyArn);
      const { CostTopicEmail } = ofType(stack, 'AWS::SNS::Subscription');
      expect([CostTopicEmail.Protocol, CostTopicEmail.Endpoint]).to.deep.equal(['email', 'finops@example.com']);
      const [budgetsMay, anomaliesMay, plainHttp] = ofType(stack, 'AWS::SNS::TopicPolicy')['CostTopicPolicy'].PolicyDocument.Statement;
      expect([budgetsMay.Effect, plain(budgetsMay.Action), budgetsMay.Principal.Service]).to.deep.equal(['Allow', ['sns:Publish'], 'budgets.amazonaws.com']);
      expect(plain(budgetsMay.Condition)).to.deep.equal({ StringEquals: { 'aws:SourceAccount': '111111111111' }, ArnLike: { 'aws:SourceArn': 'arn:aws:budgets::111111111111:*' } });
      expect([anomaliesMay.Effect, plain(anomaliesMay.Action), anomaliesMay.Principal.Service]).to.deep.equal(['Allow', ['sns:Publish'], 'costalerts.amazonaws.com']);
      expect(plain(anomaliesMay.Condition)).to.deep.equal({ StringEquals: { 'aws:SourceAccount': '111111111111' } });
      expect([plainHttp.Effect, plainHttp.Principal, plain(plainHttp.Condition)]).to.deep.equal(['Deny', '*', { Bool: { 'aws:SecureTransport': 'false' } }]);
    });
  }

  it('FTG-58 leaves 500 US dollars for what no service’s budget counts', () => {
    const spent = services.reduce((sum, { usd }) => sum + usd, 0);
    expect(parameters.MonthlyBudgetLimit.Default - spent).to.equal(500);
  });

  requirement('FTG-58', 'makes the account’s budgets once: an environment that finds them writes exists, and publishes nothing either', () => {
    const second = costStack('staging', { CostGovernance: 'exists' });
    expect(Object.keys(ofType(second, 'AWS::Budgets::Budget'))).to.deep.equal([]);
    expect(Object.keys(ofType(second, 'AWS::Lambda::Function')).concat(Object.keys(ofType(second, 'AWS::Serverless::Function')))).to.deep.equal([]);
    expect(Object.keys(ofType(second, 'AWS::CE::AnomalyMonitor'))).to.deep.equal(['AnomalyMonitor']);
    expect(Object.keys(ofType(second, 'AWS::SNS::Topic'))).to.deep.equal(['CostTopic']);
  });

  requirement('FTG-67', 'makes the monitor once, and no topic where there is nothing to tell', () => {
    const third = costStack('staging', { CostGovernance: 'exists', CreateAnomalyMonitor: 'exists' });
    expect([...third.resources.values()].map(({ type }) => type)).to.deep.equal(['AWS::CloudWatch::Dashboard']);
    expect(Object.keys(ofType(costStack('staging', { CreateAnomalyMonitor: 'exists' }), 'AWS::CE::AnomalySubscription'))).to.deep.equal([]);
  });
});
