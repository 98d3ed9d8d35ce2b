import { Fn, type Condition, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { monthlyBudget } from './monthly-budget';

/** What one service of AWS may cost in a month. */
export interface ServiceBudget {
  /** The service in logical ids, for example `Eks`. */
  readonly id: string;
  /** The service in names, for example `eks`. */
  readonly name: string;
  /** The service as people call it, for example `EKS`. */
  readonly title: string;
  /** The service as bills call it, which is what filters compare: Cost Explorer's dimension SERVICE. */
  readonly billedAs: string;
  readonly monthlyUsd: number;
}

/** The budgets that an account has once. */
export interface AccountBudgetsSettings {
  /** Begins the budgets' names. */
  readonly project: Token<'String'>;
  /** US dollars that the account may spend in a month. */
  readonly monthlyUsd: Token<'Number'>;
  readonly services: readonly ServiceBudget[];
  readonly email: Token<'String'>;
  /** Hears too when the account's whole budget is spent. */
  readonly topic: { readonly arn: IntrinsicFunction; readonly policy: Handle };
  /** Holds where this environment makes them: a second budget of a name is refused. */
  readonly when: Condition;
}

/** The part of its name that the budget over everything has. */
export const wholeBudget = 'monthly';

/**
 * The name of one of the account's budgets.
 * @param part what it counts: `wholeBudget`, or a service's name
 */
export const accountBudgetName = (project: Token<'String'>, part: string): IntrinsicFunction => Fn.Sub(`\${Project}-${part}`, { Project: project });

/**
 * A budget over all that the account pays, and one for each service that is worth watching by itself. What no service's budget counts
 * (load balancers, NAT gateways, keys, logs, virtual machines) is held by the first alone.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html
 */
export function accountBudgets(t: TemplateBuilder<Parameters, unknown>, settings: AccountBudgetsSettings): void {
  const { project, monthlyUsd, services, email, topic, when } = settings;
  monthlyBudget(t, 'AccountBudget', { name: accountBudgetName(project, wholeBudget), monthlyUsd, email, topic, when });
  for (const service of services) {
    // A filter of this form counts nothing unless the metric is named beside it.
    const counts = { FilterExpression: { Dimensions: { Key: 'SERVICE', Values: [service.billedAs] } }, Metrics: ['UnblendedCost'] };
    monthlyBudget(t, `${service.id}Budget`, { name: accountBudgetName(project, service.name), monthlyUsd: service.monthlyUsd, counts, email, when });
  }
}
