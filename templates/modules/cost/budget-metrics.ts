import { Aws, Fn, type Condition, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { eventFunction } from '../compute/event-function';
import type { Metric } from '../monitoring/alarm';
import { allow } from '../security/policy';
import { accountBudgetName } from './account-budgets';

/** What becomes metrics. */
export interface BudgetMetricsSettings {
  /** Begins the budgets' names and the metrics' namespace. */
  readonly project: Token<'String'>;
  /** The parts of the budgets' names after the project's. */
  readonly budgets: readonly string[];
  /** Key of log and failed events. Its policy must let `events.amazonaws.com` use it. */
  readonly keyArn: IntrinsicFunction;
  /** Where it is told that the figures could not be read. */
  readonly topic: IntrinsicFunction;
  /** Days that the function's log stays. */
  readonly logRetentionInDays: number;
  /** Holds where the budgets are made, so that only one environment of an account publishes. */
  readonly when: Condition;
}

/** A figure that every budget has. */
export type BudgetFigure = 'Limit' | 'Actual' | 'Forecast';

/** The namespace of the account's budgets. */
const namespaceOf = (project: Token<'String'>): IntrinsicFunction => Fn.Sub('${Project}/Budgets', { Project: project });

/** One figure of a budget as a metric, in US dollars, whichever environment of the account publishes it. */
export const budgetMetric = (project: Token<'String'>, part: string, name: BudgetFigure): Metric => ({
  namespace: namespaceOf(project),
  name,
  dimensions: { BudgetName: accountBudgetName(project, part) },
});

/**
 * Publishes each hour what the account's budgets say of the month: limit, actual and forecast. Budgets have no metrics of their own.
 * Three metrics a budget cost 0.90 US dollars a month.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
 */
export function budgetMetrics(t: TemplateBuilder<Parameters, unknown>, id: string, settings: BudgetMetricsSettings): void {
  const { project, budgets, ...others } = settings;
  const names = budgets.map((part) => `\${Project}-${part}`);
  eventFunction(t, id, {
    ...others,
    source: 'budget-metrics',
    name: 'budget-metrics',
    description: 'Publishes limit, actual and forecast of the account’s budgets as metrics',
    environment: { ACCOUNT: Aws.accountId, BUDGETS: Fn.Sub(JSON.stringify(names), { Project: project }), NAMESPACE: namespaceOf(project) },
    statements: [
      allow(['budgets:ViewBudget'], budgets.map((part) => Fn.Sub(`arn:\${AWS::Partition}:budgets::\${AWS::AccountId}:budget/\${Project}-${part}`, { Project: project }))),
      allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': namespaceOf(project) } }),
    ],
    rules: { hourly: { description: 'Publishes the figures of the budgets', schedule: 'rate(1 hour)' } },
  });
}
