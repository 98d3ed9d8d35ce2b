import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { AnomalyMonitor, AnomalySubscription } from '../../../src/cfn/generated/ce';

/** Who hears of unusual spending: by mail once a day, or a topic at once. AWS mails nothing at once, and tells no topic by the day. */
type Told = { readonly email: Token<'String'> } | { readonly topic: { readonly arn: IntrinsicFunction; readonly policy: Handle } };

/** Watch over unusual spending. */
export type AnomalyMonitorSettings = Told & {
  /** What is learned and watched value by value. Only the account that pays may watch by linked account. @default SERVICE */
  readonly dimension?: 'SERVICE' | 'LINKED_ACCOUNT';
  /** Holds where the account has no monitor of this dimension yet: AWS allows one. */
  readonly when: Condition;
  /** US dollars of estimated impact from which a mail is sent. @default 20 */
  readonly thresholdUsd?: number;
};

/**
 * The account's monitor of spending by service or by linked account. AWS looks three times a day at figures that can be a day old, so
 * that "at once" means as soon as it knows.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
 */
export function anomalyMonitor(t: TemplateBuilder<Parameters, unknown>, settings: AnomalyMonitorSettings): void {
  const { dimension = 'SERVICE', when, thresholdUsd = 20 } = settings;
  const monitor = t.add('AnomalyMonitor', new AnomalyMonitor({ MonitorName: t.resourceName('spending'), MonitorType: 'DIMENSIONAL', MonitorDimension: dimension }), { when });
  const told = 'topic' in settings ? { Frequency: 'IMMEDIATE', Type: 'SNS', Address: settings.topic.arn } as const : { Frequency: 'DAILY', Type: 'EMAIL', Address: settings.email } as const;
  t.add(
    'AnomalySubscription',
    new AnomalySubscription({
      SubscriptionName: t.resourceName('spending'),
      Frequency: told.Frequency,
      MonitorArnList: [monitor.att('MonitorArn')],
      Subscribers: [{ Type: told.Type, Address: told.Address }],
      ThresholdExpression: JSON.stringify({ Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: [String(thresholdUsd)] } }),
    }),
    { when, after: 'topic' in settings ? [settings.topic.policy] : [] },
  );
}
