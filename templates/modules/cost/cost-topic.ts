import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { topic, type AlarmTopicSettings } from '../monitoring/topic';
import { arn } from '../security/policy';

/** Where budgets and anomaly detection publish: who is told so comes after the policy, since AWS tries it. */
export interface CostTopic {
  readonly arn: IntrinsicFunction;
  readonly policy: Handle;
}

/**
 * The topic of costs, in the account whose budgets and monitors publish to it: budgets publish to no other account's. The key's policy
 * must let `budgets.amazonaws.com` and `costalerts.amazonaws.com` use it.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
 */
export function costTopic(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AlarmTopicSettings & { readonly when: Condition }): CostTopic {
  const { handle, policy } = topic(t, id, {
    ...settings,
    publishers: [
      { sid: 'BudgetsMayPublish', service: 'budgets.amazonaws.com', sourceArn: arn('budgets', '*', { region: '' }) },
      { sid: 'AnomaliesMayPublish', service: 'costalerts.amazonaws.com' },
    ],
  });
  return { arn: handle.ref(), policy };
}
