import type { Name, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm } from './alarm';

/**
 * How fast an error budget of thirty days may go before somebody is told, by the minutes it is looked at over: at 14.4 times the
 * even speed an hour uses 2 % of it, at 6 times six hours use 5 %.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
const rates = [
  { minutes: 60, times: 14.4, share: 2, over: 'hour' },
  { minutes: 360, times: 6, share: 5, over: 'six hours' },
] as const;

/** Minutes over which Application Signals measures the speed for these alarms. */
export const burnRateWindows: readonly number[] = rates.map(({ minutes }) => minutes);

/** The objective whose budget is watched. */
export interface BurnRateAlarmsSettings {
  /** The alarms' part of their names, for example `edge-budget`. */
  readonly name: string;
  /** The objective's full name. */
  readonly objective: Name;
  readonly topic: Token<'String'>;
  /** What to do: it ends the alarms' descriptions. */
  readonly advice: string;
}

/**
 * Alarms on an error budget that is used up much faster than it may: one for the outage that must be stopped now, one for the
 * trouble that lasts.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html
 */
export function burnRateAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, { name, objective, topic, advice }: BurnRateAlarmsSettings): void {
  for (const { minutes, times, share, over } of rates) {
    alarm(t, `${id}${minutes}`, {
      name: `${name}-${minutes}`,
      description: `In the last ${over} ${share} % of the month’s error budget went. ${advice}`,
      metric: { namespace: 'AWS/ApplicationSignals', name: 'BurnRate', dimensions: { SloName: objective, BurnRateWindowMinutes: String(minutes) } },
      statistic: 'Maximum',
      comparison: 'GreaterThanThreshold',
      threshold: times,
      periods: 1,
      topic,
    });
  }
}
