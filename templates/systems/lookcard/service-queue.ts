import { queue, type QueueHandle } from '../../modules/data/queue';
import { alarm, type AlarmSettings } from '../../modules/monitoring/alarm';
import { queueName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { ServiceRow } from './service-row';

/** Seconds that the oldest message may wait: tasks take new ones at once, so that waiting means too few of them. */
const longestWait = 300;

/** The queue that a service works through, in each region its own, with its dead letters and the alarms on both. */
export function serviceQueue(t: ServiceBuilder, { name, queue: part = name }: ServiceRow): QueueHandle {
  const full = queueName(t, part);
  const deadLetters = queueName(t, `${part}-dead-letters`);
  const handle = queue(t, 'Queue', { name: full, deadLetterName: deadLetters, key: t.param('DataKeyArn'), retained: t.settings.protected });
  const ofQueue = (metric: string, dimension: typeof full): Pick<AlarmSettings, 'metric' | 'statistic' | 'topic'> => ({
    metric: { namespace: 'AWS/SQS', name: metric, dimensions: { QueueName: dimension } },
    statistic: 'Maximum',
    topic: t.param('AlarmTopicArn'),
  });
  alarm(t, 'QueueAgeAlarm', {
    ...ofQueue('ApproximateAgeOfOldestMessage', full),
    name: `${name}-queue-age`,
    description: `Messages for ${name} have waited longer than ${longestWait} s for five minutes: it is too slow, or fails each of them. See its log, then raise its row’s tasks`,
    comparison: 'GreaterThanThreshold',
    threshold: longestWait,
    periods: 5,
  });
  alarm(t, 'DeadLettersAlarm', {
    ...ofQueue('ApproximateNumberOfMessagesVisible', deadLetters),
    name: `${name}-dead-letters`,
    description: `Messages that ${name} failed three times wait in its dead-letter queue, fourteen days at most. Find out why in its log, then redrive them`,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: 300,
    periods: 1,
  });
  return handle;
}
