import type { Token } from '../../../src/cfn';
import type { Metric } from '../monitoring/alarm';
import type { Graph, Note } from '../monitoring/dashboard';
import { wholeBudget, type ServiceBudget } from './account-budgets';
import { budgetMetric } from './budget-metrics';

/** What the graphs of costs show. */
export interface CostGraphsSettings {
  /** Begins the budgets' names. */
  readonly project: Token<'String'>;
  /** US dollars that the account may spend in a month. */
  readonly monthlyUsd: Token<'Number'>;
  readonly services: readonly ServiceBudget[];
}

/** The region whose CloudWatch has all billing metrics, and where budgets' are published. */
const region = 'us-east-1';

/** Seconds between two figures of AWS's billing metrics. */
const sixHours = 21_600;
const hour = 3_600;

/** What people must know before they take a graph for the truth of this minute. */
export const costNote: Note = {
  markdown: [
    '# Costs are some hours old',
    'AWS counts usage several times a day: **estimated charges every 6 hours or so, budgets up to three times a day**. What was used an hour ago is in none of these graphs yet. All figures are US dollars since the first of the month (UTC), and begin anew with it.',
    'Estimated charges need billing alerts enabled in the account that pays (Billing preferences); a forecast needs about five weeks of figures.',
  ].join('\n\n'),
};

const estimatedCharges: Metric = { namespace: 'AWS/Billing', name: 'EstimatedCharges', dimensions: { Currency: 'USD' } };

/** The id of a figure in metric math: small letters and digits. */
const mathId = (figure: 'limit' | 'actual', part: string): string => `${figure}_${part}`;

/**
 * The graphs of costs: what AWS estimates, in all and by service, and each budget against what was spent and what is foreseen.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
 */
export function costGraphs(settings: CostGraphsSettings): readonly Graph[] {
  const { project, monthlyUsd, services } = settings;
  const common = { statistic: 'Maximum', region } as const;
  const figure = (part: string, name: 'Actual' | 'Forecast', label: string) => ({ ...budgetMetric(project, part, name), label });
  const hidden = (part: string, name: 'Limit' | 'Actual') => ({ ...budgetMetric(project, part, name), label: `${part} ${name}`, id: mathId(name === 'Limit' ? 'limit' : 'actual', part), hidden: true });

  const charges: readonly Graph[] = [
    { ...common, title: 'Estimated charges of the account (USD)', period: sixHours, metrics: [{ ...estimatedCharges, label: 'Total' }], levels: [{ label: 'Budget', value: monthlyUsd }] },
    {
      ...common,
      title: 'Estimated charges by service (USD)',
      period: sixHours,
      metrics: [],
      expressions: [{ label: '', expression: `SEARCH('{AWS/Billing,Currency,ServiceName} MetricName="EstimatedCharges" Currency="USD"', 'Maximum', ${sixHours})` }],
    },
  ];
  const whole: Graph = {
    ...common,
    title: 'Budget of the account: spent and foreseen (USD)',
    period: hour,
    metrics: [figure(wholeBudget, 'Actual', 'Spent'), figure(wholeBudget, 'Forecast', 'Foreseen')],
    levels: [{ label: 'Budget', value: monthlyUsd }],
  };
  const parts = [wholeBudget, ...services.map(({ name }) => name)];
  const used: Graph = {
    ...common,
    title: 'Share of each budget that is spent (%)',
    period: hour,
    metrics: parts.flatMap((part) => [hidden(part, 'Actual'), hidden(part, 'Limit')]),
    expressions: [
      { label: 'Account', expression: percentOf(wholeBudget) },
      ...services.map(({ name, title }) => ({ label: title, expression: percentOf(name) })),
    ],
    levels: [{ label: 'First warning', value: 80 }, { label: 'Spent', value: 100 }],
  };
  const ofServices = services.map(
    ({ name, title, monthlyUsd: limit }): Graph => ({
      ...common,
      title: `Budget of ${title}: spent and foreseen (USD)`,
      period: hour,
      metrics: [figure(name, 'Actual', 'Spent'), figure(name, 'Forecast', 'Foreseen')],
      levels: [{ label: 'Budget', value: limit }],
    }),
  );
  const others: Graph = {
    ...common,
    title: 'Spent on what no service’s budget counts (USD)',
    period: hour,
    metrics: parts.map((part) => hidden(part, 'Actual')),
    expressions: [{ label: 'All else', expression: [wholeBudget, ...services.map(({ name }) => name)].map((part) => mathId('actual', part)).join('-') }],
  };
  return [...charges, whole, used, ...ofServices, others];
}

const percentOf = (part: string): string => `100*${mathId('actual', part)}/${mathId('limit', part)}`;
