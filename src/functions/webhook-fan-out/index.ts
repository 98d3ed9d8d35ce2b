import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { topicOf } from './message';
import { subscribersIn, type Subscriber } from './settings';

/** Messages of a queue as Lambda gets them. */
interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** The messages that failed: SQS shows them again, and gives them to the dead-letter queue in the end. The others are done. */
interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const sqs = new SQSClient({});

/**
 * Sends each message of a queue on to the queues of all who want its topic, as it is. A message that nobody wants is noted and dropped.
 * One that can't be read, or could not be sent to everybody, stays in its queue, and is sent to all of them again: subscribers may get a
 * message twice, as from any standard queue.
 *
 * The role needs `sqs:SendMessage` on the subscribers' queues.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export async function handler({ Records }: SqsEvent): Promise<BatchResponse> {
  const subscribers = subscribersIn(process.env);
  const failed = await Promise.all(Records.map(async ({ messageId, body }) => ((await isSent(messageId, body, subscribers)) ? [] : [{ itemIdentifier: messageId }])));
  return { batchItemFailures: failed.flat() };
}

async function isSent(messageId: string, body: string, subscribers: readonly Subscriber[]): Promise<boolean> {
  try {
    const topic = topicOf(body);
    const wanting = subscribers.filter(({ topics }) => topics.includes(topic));
    // The topic came from outside: it is noted as JSON, so that it can't forge a line.
    if (wanting.length === 0) console.warn(`${messageId}: nobody wants topic ${JSON.stringify(topic)}`);
    await Promise.all(wanting.map(({ queueUrl }) => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }))));
    return true;
  } catch (error) {
    console.error(`ERROR ${messageId}: ${error instanceof Error ? error.name : 'unknown'}, not sent to all`);
    return false;
  }
}
