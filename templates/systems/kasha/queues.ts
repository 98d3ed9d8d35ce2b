import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { awsManagedQueueKey, queue, type QueueHandle } from '../../modules/data/queue';
import type { KashaSettings } from './environments';

/** Kasha's source queues: two main and two notification queues, of which one each is a priority lane. Each is its part of the name. */
export const queueNames = ['queue', 'priority-queue', 'notification-queue', 'priority-notification-queue'] as const;

export type QueueName = (typeof queueNames)[number];

/** The part of the name of a source queue's dead-letter queue; `t.resourceName(deadLetterQueueName('queue'))` names it. */
export const deadLetterQueueName = (source: QueueName): string => `${source}-dlq`;

/** The logical id of a queue, and the beginning of the ids of what belongs to it: `PriorityQueue` for `priority-queue`. */
export const queueId = (name: QueueName): string => name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

/**
 * The queues of one region with their dead-letter queues. No region reads another's: messages of a lost region wait for it.
 * @param keyArn  the default key, for environments whose queues have a key of ours
 */
export function queues(t: TemplateBuilder<Parameters, KashaSettings>, keyArn: IntrinsicFunction): Readonly<Record<QueueName, QueueHandle>> {
  const key = t.settings.queueKey === 'aws' ? awsManagedQueueKey : keyArn;
  const made = (name: QueueName): QueueHandle =>
    queue(t, queueId(name), { name: t.resourceName(name), deadLetterName: t.resourceName(deadLetterQueueName(name)), key, maxReceiveCount: 3, retained: t.settings.protected });
  return {
    queue: made('queue'),
    'priority-queue': made('priority-queue'),
    'notification-queue': made('notification-queue'),
    'priority-notification-queue': made('priority-notification-queue'),
  };
}
