import type { Condition, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { AnomalyMonitor, AnomalySubscription } from '../../../src/cfn/generated/ce';

/** Watch over unusual spending. */
export interface AnomalyMonitorSettings {
  readonly email: Token<'String'>;
  /** Holds where the account has no monitor of this kind yet: AWS allows one. */
  readonly when: Condition;
  /** US dollars of estimated impact from which a mail is sent. @default 20 */
  readonly thresholdUsd?: number;
}

/**
 * The account's monitor of spending by service, with a daily mail.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
 */
export function anomalyMonitor(t: TemplateBuilder<Parameters, unknown>, settings: AnomalyMonitorSettings): void {
  const { email, when, thresholdUsd = 20 } = settings;
  const monitor = t.add('AnomalyMonitor', new AnomalyMonitor({ MonitorName: t.resourceName('spending'), MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE' }), { when });
  t.add(
    'AnomalySubscription',
    new AnomalySubscription({
      SubscriptionName: t.resourceName('spending'),
      Frequency: 'DAILY',
      MonitorArnList: [monitor.att('MonitorArn')],
      Subscribers: [{ Type: 'EMAIL', Address: email }],
      ThresholdExpression: JSON.stringify({ Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: [String(thresholdUsd)] } }),
    }),
    { when },
  );
}
