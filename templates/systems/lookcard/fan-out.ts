import { Fn } from '../../../src/cfn';
import { EventSourceMapping } from '../../../src/cfn/generated/lambda';
import { lambdaFunction } from '../../modules/compute/function';
import type { QueueHandle } from '../../modules/data/queue';
import { alarm } from '../../modules/monitoring/alarm';
import type { Catalogue } from './catalogue';
import { queueUrlText } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import { mayReceive, maySend } from './service-rights';
import type { ServiceRow } from './service-row';

/** Messages that one invocation gets, and invocations that run side by side at most: more would only wait for the subscribers. */
const batchSize = 10;
const mostInvocations = 10;

/**
 * The function that works through a service's queue by sending each message on to the queues of all whose topics it has. So the service
 * answers a webhook once it is safe in one queue, and whoever else is to hear of it is a matter of its row.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export function fanOut(t: ServiceBuilder, { name, queue = name, fansOut = {} }: ServiceRow, source: QueueHandle, catalogue: Catalogue): void {
  const subscribers = Object.entries(fansOut).map(([service, topics]) => ({ queue: catalogue.row(service).queue ?? '', topics }));
  const handler = lambdaFunction(t, 'FanOut', {
    source: 'webhook-fan-out',
    name: `${queue}-fan-out`,
    description: `Sends what ${name} has put into its queue on to all who want it`,
    keyArn: t.param('DataKeyArn'),
    logRetentionInDays: t.settings.logRetentionDays,
    timeout: 10,
    traced: true,
    environment: { SUBSCRIBERS: Fn.Sub(JSON.stringify(subscribers.map(({ queue: target, topics }) => ({ queueUrl: queueUrlText(t, target), topics })))) },
    statements: [...mayReceive(t, queue), ...maySend(t, subscribers.map(({ queue: target }) => target))],
  });
  // SAM would write it without tags.
  t.add(
    'FanOutQueue',
    new EventSourceMapping({
      EventSourceArn: source.att('Arn'),
      FunctionName: handler.ref(),
      BatchSize: batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: mostInvocations },
    }),
  );
  alarm(t, 'FanOutErrorsAlarm', {
    name: `${queue}-fan-out-errors`,
    description: `The function that sends the messages of ${name} on failed as a whole. Its log says why; the messages stay in the queue`,
    metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: handler.ref() } },
    statistic: 'Sum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: 300,
    periods: 1,
    topic: t.param('AlarmTopicArn'),
  });
}
