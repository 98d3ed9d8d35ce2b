import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { Queue, QueuePolicy } from '../../../src/cfn/generated/sqs';
import { arn, denyWithoutTls, policyDocument } from '../security/policy';

const day = 86_400;

/** The longest that SQS keeps a message. */
const longestDays = 14;

/**
 * The key that AWS manages for SQS: it costs nothing by itself, and its policy, which nobody can change, lets in this account only.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const awsManagedQueueKey = 'alias/aws/sqs';

export type QueueHandle = Handle<'AWS::SQS::Queue', 'Arn' | 'QueueName' | 'QueueUrl'>;

/** A queue and the dead-letter queue that takes what it gives up. */
export interface QueueSettings {
  readonly name: Name;
  readonly deadLetterName: Name;
  /** Key of the messages: better one of ours, because other services can't send to a queue under `awsManagedQueueKey`. */
  readonly key: Value<string>;
  /** Receives without a deletion after which a message goes to the dead-letter queue. @default 3 */
  readonly maxReceiveCount?: number;
  /** Seconds that a received message is hidden from others: longer than its handling takes. @default 60 */
  readonly visibilityTimeout?: number;
  /** Days that an unread message stays. A dead letter's fourteen days count from when it was sent, not from when it died. @default 4 */
  readonly retentionDays?: number;
  /** Keeps both queues, and the messages in them, when their stack goes. */
  readonly retained: boolean;
}

/**
 * An encrypted standard queue with a dead-letter queue of its own. Receivers wait up to 20 seconds for a message (long polling),
 * because empty answers cost as much as full ones. Dead letters stay for fourteen days, so that people find them in time, and
 * only this queue may send them.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export function queue(t: TemplateBuilder<Parameters, unknown>, id: string, settings: QueueSettings): QueueHandle {
  const { name, deadLetterName, key, maxReceiveCount = 3, visibilityTimeout = 60, retentionDays = 4, retained } = settings;
  const kept = retained ? 'RetainExceptOnCreate' : 'Delete';
  const deadLetters = t.add(
    `${id}DeadLetters`,
    new Queue({
      QueueName: deadLetterName,
      KmsMasterKeyId: key,
      MessageRetentionPeriod: longestDays * day,
      // By name: the two queues would otherwise wait for each other.
      RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [arn('sqs', name.text)] },
    }).keep(kept),
  );
  const source = t.add(
    id,
    new Queue({
      QueueName: name,
      KmsMasterKeyId: key,
      MessageRetentionPeriod: retentionDays * day,
      VisibilityTimeout: visibilityTimeout,
      ReceiveMessageWaitTimeSeconds: 20,
      RedrivePolicy: { deadLetterTargetArn: deadLetters.att('Arn'), maxReceiveCount },
    }).keep(kept),
  );
  for (const [policyId, handle] of [[`${id}Policy`, source], [`${id}DeadLettersPolicy`, deadLetters]] as const) {
    t.add(policyId, new QueuePolicy({ Queues: [handle.ref()], PolicyDocument: policyDocument(denyWithoutTls(['sqs:*'], [handle.att('Arn')])) }));
  }
  return source;
}
