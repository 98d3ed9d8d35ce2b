import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Budget } from '../../../src/cfn/generated/budgets';

/** What is counted: `CostFilters`, or a `FilterExpression`, with which AWS wants the metric named. */
type Counted = Partial<Pick<Budget.BudgetData, 'CostFilters' | 'FilterExpression' | 'Metrics'>>;

/** What may be spent in a calendar month, and who hears of it. */
export interface MonthlyBudgetSettings {
  /** Unique in the account, at most 100 characters, without `:` and `\`. */
  readonly name: Value<string>;
  readonly monthlyUsd: Value<number>;
  /** @default everything that the account pays */
  readonly counts?: Counted;
  readonly email: Value<string>;
  /** Topic that hears too when all of it is spent; its policy must stand first, since AWS asks it. @default none */
  readonly topic?: { readonly arn: IntrinsicFunction; readonly policy: Handle };
  readonly when?: Condition;
}

/** Percent of the budget at which it mails, for what was spent and for what the month is going to cost. */
const warnings = [
  { NotificationType: 'ACTUAL', Threshold: 80 },
  { NotificationType: 'ACTUAL', Threshold: 100 },
  { NotificationType: 'FORECASTED', Threshold: 80 },
  { NotificationType: 'FORECASTED', Threshold: 100 },
];

const spent = ({ NotificationType, Threshold }: (typeof warnings)[number]): boolean => NotificationType === 'ACTUAL' && Threshold >= 100;

/**
 * A budget in US dollars that starts anew each month and warns at 80 and 100 %, spent and foreseen. AWS counts some hours behind, and
 * foresees nothing before it has five weeks of figures. Budgets are global; their stack stands in us-east-1.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html
 */
export function monthlyBudget(t: TemplateBuilder<Parameters, unknown>, id: string, settings: MonthlyBudgetSettings): Handle<'AWS::Budgets::Budget', 'Id'> {
  const { name, monthlyUsd, counts = {}, email, topic, when } = settings;
  return t.add(
    id,
    new Budget({
      Budget: { BudgetName: name, BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: monthlyUsd, Unit: 'USD' }, ...counts },
      NotificationsWithSubscribers: warnings.map((warning) => ({
        Notification: { ...warning, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: email }, ...(topic && spent(warning) ? [{ SubscriptionType: 'SNS', Address: topic.arn }] : [])],
      })),
      // The core knows no tags of this type: it calls them otherwise than all others do.
      ResourceTags: Object.entries(t.context.tags).map(([Key, Value]) => ({ Key, Value })),
    }),
    { when, after: topic ? [topic.policy] : [] },
  );
}
