import { templatesOf } from '../../../src/cfn';
import { budget } from './budget';

/** The settings of an environment that the template reads. */
export interface CostSettings {
  /** US dollars that the cost centre may spend in a month before its budget tells. */
  readonly monthlyBudgetUsd: number;
}

const defineTemplate = templatesOf<CostSettings>();

/**
 * The template of what a system's cost centre may spend in a month, and who hears when it does. It stands in us-east-1.
 * @param title what the system is called in the console, for example `Financial portal`
 */
export const costTemplate = (title: string) =>
  defineTemplate('cost', { description: `${title} monthly budget of the cost centre`, parameters: { AlarmEmail: { Type: 'String' } } }, (t) => {
    budget(t, 'Budget', { name: 'monthly', monthlyUsd: t.settings.monthlyBudgetUsd, email: t.param('AlarmEmail') });
    return {};
  });
