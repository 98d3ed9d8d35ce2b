import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { monthlyBudget } from './monthly-budget';

/** What a cost centre may spend. */
export interface BudgetSettings {
  /** The budget's part of its name, for example `monthly`. */
  readonly name: string;
  readonly monthlyUsd: number;
  readonly email: Token<'String'>;
}

/**
 * A monthly budget of the cost centre whose tag the core puts on every resource, in all regions of the account. It counts nothing
 * until the tag is activated for cost allocation in the account that pays. Budgets live in us-east-1.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
 */
export function budget(t: TemplateBuilder<Parameters, unknown>, id: string, { name, monthlyUsd, email }: BudgetSettings): void {
  const counts = { CostFilters: { TagKeyValue: [`user:CostCenter$${t.context.tags.CostCenter}`] } };
  monthlyBudget(t, id, { name: t.resourceName(name, 'account'), monthlyUsd, counts, email });
}
