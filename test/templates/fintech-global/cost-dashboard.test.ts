import { expect } from 'chai';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, jsonIn, ofType, type EnvironmentName } from './built';
import { costStack } from './cost-instance';
import { shorts } from './everywhere';

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly properties: Readonly<Record<string, any>>;
}

const budgets = { monthly: ['the account', 5000], eks: ['EKS', 2000], rds: ['RDS', 1500], elasticache: ['ElastiCache', 500], dynamodb: ['DynamoDB', 300], s3: ['S3', 200] } as const;

describe('FinTech Global cost dashboard', () => {
  const widgets = (environment: EnvironmentName): readonly Widget[] => (jsonIn(ofType(costStack(environment), 'AWS::CloudWatch::Dashboard')['Dashboard'], 'DashboardBody') as { readonly widgets: readonly Widget[] }).widgets;

  for (const environment of environmentNames) {
    requirement('FTG-54', `is a dashboard of the environment’s own: ${environment}`, () => {
      expect(ofType(costStack(environment), 'AWS::CloudWatch::Dashboard')['Dashboard'].DashboardName).to.equal(`fintechglobal-costs-${shorts[environment]}-main-us-east-1`);
    });

    requirement('FTG-56', `says first that no figure is of this minute: ${environment}`, () => {
      const { type, width, properties } = widgets(environment)[0]!;
      expect([type, width]).to.deep.equal(['text', 24]);
      expect(properties['markdown']).to.equal(
        [
          '# Costs are some hours old',
          'AWS counts usage several times a day: **estimated charges every 6 hours or so, budgets up to three times a day**. What was used an hour ago is in none of these graphs yet. All figures are US dollars since the first of the month (UTC), and begin anew with it.',
          'Estimated charges need billing alerts enabled in the account that pays (Billing preferences); a forecast needs about five weeks of figures.',
        ].join('\n\n'),
      );
    });

    requirement('FTG-55', `shows what AWS estimates, in US dollars from us-east-1, in all and by service: ${environment}`, () => {
      const all = widgets(environment);
      const { properties: total } = all[1]!;
      expect([total['region'], total['stat'], total['period']]).to.deep.equal(['us-east-1', 'Maximum', 21_600]);
      expect(plain(total['metrics'])).to.deep.equal([['AWS/Billing', 'EstimatedCharges', 'Currency', 'USD', { label: 'Total' }]]);
      expect(plain(total['annotations'])).to.deep.equal({ horizontal: [{ label: 'Budget', value: 5000 }] });
      const { properties: byService } = all[2]!;
      expect([byService['region'], byService['stat'], byService['period']]).to.deep.equal(['us-east-1', 'Maximum', 21_600]);
      expect(plain(byService['metrics'])).to.deep.equal([[{ label: '', expression: `SEARCH('{AWS/Billing,Currency,ServiceName} MetricName="EstimatedCharges" Currency="USD"', 'Maximum', 21600)`, id: 'e1' }]]);
    });

    requirement('FTG-56', `draws each budget’s limit over what is spent and foreseen: ${environment}`, () => {
      const all = widgets(environment);
      const drawn = [all[3]!, ...[5, 6, 7, 8, 9].map((place) => all[place]!)];
      expect(drawn.map(({ properties }) => properties['title'])).to.deep.equal(Object.values(budgets).map(([title]) => `Budget of ${title}: spent and foreseen (USD)`));
      Object.entries(budgets).forEach(([name, [, limit]], place) => {
        const { region, stat, metrics, annotations } = drawn[place]!.properties;
        expect([region, stat]).to.deep.equal(['us-east-1', 'Maximum']);
        const of = (figure: string, label: string) => ['fintechglobal/Budgets', figure, 'BudgetName', `fintechglobal-${name}`, { label }];
        expect(plain(metrics)).to.deep.equal([of('Actual', 'Spent'), of('Forecast', 'Foreseen')]);
        expect(plain(annotations)).to.deep.equal({ horizontal: [{ label: 'Budget', value: limit }] });
      });
    });

    requirement('FTG-56', `calculates the share of each budget, and what none of the services’ counts: ${environment}`, () => {
      const all = widgets(environment);
      const names = Object.keys(budgets);
      const { metrics, annotations } = all[4]!.properties;
      const hidden = (name: string, figure: 'Actual' | 'Limit') => ['fintechglobal/Budgets', figure, 'BudgetName', `fintechglobal-${name}`, { label: `${name} ${figure}`, id: `${figure.toLowerCase()}_${name}`, visible: false }];
      const labels = ['Account', 'EKS', 'RDS', 'ElastiCache', 'DynamoDB', 'S3'];
      expect(plain(metrics)).to.deep.equal([
        ...names.flatMap((name) => [hidden(name, 'Actual'), hidden(name, 'Limit')]),
        ...names.map((name, place) => [{ label: labels[place], expression: `100*actual_${name}/limit_${name}`, id: `e${place + 1}` }]),
      ]);
      expect(plain(annotations)).to.deep.equal({ horizontal: [{ label: 'First warning', value: 80 }, { label: 'Spent', value: 100 }] });
      const others = all[10]!.properties;
      expect(plain(others['metrics'])).to.deep.equal([
        ...names.map((name) => hidden(name, 'Actual')),
        [{ label: 'All else', expression: 'actual_monthly-actual_eks-actual_rds-actual_elasticache-actual_dynamodb-actual_s3', id: 'e1' }],
      ]);
    });
  }

  requirement('FTG-06 FTG-56', 'moves its line with the parameter', () => {
    const { widgets: moved } = jsonIn(ofType(costStack('production', { MonthlyBudgetLimit: '750' }), 'AWS::CloudWatch::Dashboard')['Dashboard'], 'DashboardBody') as { readonly widgets: readonly Widget[] };
    expect(plain(moved[3]!.properties['annotations'])).to.deep.equal({ horizontal: [{ label: 'Budget', value: 750 }] });
  });
});
