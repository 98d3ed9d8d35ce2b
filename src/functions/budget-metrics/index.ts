import { figuresOf } from './budgets';
import { publish } from './metrics';
import { settingsIn } from './settings';

/**
 * Publishes limit, actual and forecast of the account's budgets as metrics, so that dashboards and alarms can show them: budgets have
 * no metrics of their own. Invoked on a schedule. What it publishes is as old as what Budgets knows, which AWS counts anew up to
 * three times a day.
 *
 * The role needs `budgets:ViewBudget` on the budgets, and `cloudwatch:PutMetricData` in the namespace.
 * @throws Error when a budget is missing: then nothing is published, and the dashboard's gap is explained by the alarm
 */
export async function handler(): Promise<void> {
  const settings = settingsIn(process.env);
  await publish(settings.namespace, await figuresOf(settings));
}
