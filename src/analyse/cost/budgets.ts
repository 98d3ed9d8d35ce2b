import { elementsOf, objectAt, type PlacedResource } from '../system-index';
import type { ValueObject } from '../../resolve';
import type { CostLine } from './cost-line';
import type { PriceList } from './price-list';

/** A budget of an environment beside what the estimate counts of the same. */
export interface BudgetComparison {
  /** The services that it counts, as bills call them; absent where it counts all of them. */
  readonly services?: readonly string[];
  readonly limitUsd: number;
  readonly usd: number;
}

/** How bills call what the price list calls otherwise. Nobody's budget counts other services by themselves. */
const billed: readonly (readonly [name: string, ours: RegExp])[] = [
  ['Amazon Elastic Container Service for Kubernetes', /^EKS$/],
  ['Amazon Relational Database Service', /^(Aurora|RDS)\b/],
  ['Amazon ElastiCache', /^ElastiCache\b/],
  ['Amazon DynamoDB', /^DynamoDB$/],
  ['Amazon Simple Storage Service', /^S3\b/],
];

/** The environment's budgets with what the estimate has for each. Those that count single services are parts of the others. */
export function comparedBudgets(budgets: readonly PlacedResource[], lines: readonly CostLine[], { prices }: Pick<PriceList, 'prices'>): readonly BudgetComparison[] {
  return budgets.map(({ properties }) => {
    const budget = objectAt(properties, 'Budget');
    const services = servicesOf(budget);
    const counted = services ? lines.filter((line) => services.includes(billedAs(line, prices.get(line.price)?.service ?? ''))) : lines;
    return { ...(services && { services }), limitUsd: Number(objectAt(budget, 'BudgetLimit')['Amount']), usd: counted.reduce((sum, { usd }) => sum + usd, 0) };
  });
}

/** What pods run on is paid to EKS, the same for tasks to ECS. */
function billedAs({ component, price }: CostLine, service: string): string {
  const ours = component === 'Kubernetes' && price.startsWith('fargate-') ? 'EKS' : service;
  return billed.find(([, pattern]) => pattern.test(ours))?.[0] ?? '';
}

function servicesOf(budget: ValueObject): readonly string[] | undefined {
  const dimension = objectAt(budget, 'FilterExpression', 'Dimensions');
  const values = dimension['Key'] === 'SERVICE' ? dimension['Values'] : objectAt(budget, 'CostFilters')['Service'];
  return values === undefined ? undefined : elementsOf(values).map(String);
}
