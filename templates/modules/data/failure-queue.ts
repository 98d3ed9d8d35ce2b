import { Aws, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Queue, QueuePolicy } from '../../../src/cfn/generated/sqs';
import { denyWithoutTls, policyDocument } from '../security/policy';
import type { QueueHandle } from './queue';

/** A queue of events that could not be handled. */
export interface FailureQueueSettings {
  readonly name: Name;
  /** Key of the messages, whose policy must let the sending services use it. */
  readonly keyArn: IntrinsicFunction;
  readonly when?: Condition;
}

/**
 * An encrypted queue that keeps for fourteen days what nobody could handle, so that people find it in time. Nothing reads it by
 * itself: an alarm says that something is there. No other queue may send its dead letters here. It goes with its stack.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function failureQueue(t: TemplateBuilder<Parameters, unknown>, id: string, { name, keyArn, when }: FailureQueueSettings): QueueHandle {
  return t.add(id, new Queue({ QueueName: name, KmsMasterKeyId: keyArn, MessageRetentionPeriod: 14 * 86_400, RedriveAllowPolicy: { redrivePermission: 'denyAll' } }).keep('Delete'), { when });
}

/** Lets EventBridge send to a failure queue what these rules could not deliver, over TLS only. */
export function rulesMayFail(t: TemplateBuilder<Parameters, unknown>, id: string, queue: QueueHandle, rules: readonly Handle<'AWS::Events::Rule', 'Arn' | 'RuleName'>[], when?: Condition): void {
  t.add(
    id,
    new QueuePolicy({
      Queues: [queue.ref()],
      PolicyDocument: policyDocument(
        {
          Sid: 'RulesMayFail',
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: ['sqs:SendMessage'],
          Resource: [queue.att('Arn')],
          Condition: { StringEquals: { 'aws:SourceAccount': Aws.accountId }, ArnEquals: { 'aws:SourceArn': rules.map((rule) => rule.att('Arn')) } },
        },
        denyWithoutTls(['sqs:*'], [queue.att('Arn')]),
      ),
    }),
    { when },
  );
}
