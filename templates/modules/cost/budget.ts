import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { Budget } from '../../../src/cfn/generated/budgets';

/** What a cost centre may spend. */
export interface BudgetSettings {
  /** The budget's part of its name, for example `monthly`. */
  readonly name: string;
  readonly monthlyUsd: number;
  readonly email: Token<'String'>;
}

/** Percent of the budget at which it mails, for what was spent and for what the month is going to cost. */
const warnings = [
  { NotificationType: 'ACTUAL', Threshold: 80 },
  { NotificationType: 'ACTUAL', Threshold: 100 },
  { NotificationType: 'FORECASTED', Threshold: 80 },
  { NotificationType: 'FORECASTED', Threshold: 100 },
];

/**
 * A monthly budget of the cost centre whose tag the core puts on every resource, in all regions of the account. It counts nothing
 * until the tag is activated for cost allocation in the account that pays. Budgets live in us-east-1.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
 */
export function budget(t: TemplateBuilder<Parameters, unknown>, id: string, { name, monthlyUsd, email }: BudgetSettings): void {
  const { tags } = t.context;
  t.add(
    id,
    new Budget({
      Budget: {
        BudgetName: t.resourceName(name, 'account'),
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: monthlyUsd, Unit: 'USD' },
        CostFilters: { TagKeyValue: [`user:CostCenter$${tags.CostCenter}`] },
      },
      NotificationsWithSubscribers: warnings.map((warning) => ({
        Notification: { ...warning, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: email }],
      })),
      // The core knows no tags of this type: it calls them otherwise than all others do.
      ResourceTags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}
