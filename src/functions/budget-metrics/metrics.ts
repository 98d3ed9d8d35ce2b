import { CloudWatchClient, PutMetricDataCommand, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { BudgetFigures } from './budgets';

const cloudwatch = new CloudWatchClient({});

/**
 * The metrics of one budget: `Limit`, `Actual` and, where it is known, `Forecast`, in US dollars by the dimension `BudgetName`.
 * CloudWatch has no unit for money.
 */
export function metricsOf({ name, limit, actual, forecast }: BudgetFigures): readonly MetricDatum[] {
  const values = { Limit: limit, Actual: actual, ...(forecast === undefined ? {} : { Forecast: forecast }) };
  return Object.entries(values).map(([MetricName, Value]) => ({ MetricName, Value, Unit: 'None', Dimensions: [{ Name: 'BudgetName', Value: name }] }));
}

/** Publishes the metrics of all budgets: one request takes a thousand values, and an account has far fewer budgets than that. */
export async function publish(Namespace: string, budgets: readonly BudgetFigures[]): Promise<void> {
  await cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData: budgets.flatMap(metricsOf) }));
}
