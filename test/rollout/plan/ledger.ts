import { defineSystem, Fn, nest, templatesOf, type System } from '../../../src/cfn';
import { Queue } from '../../../src/cfn/generated/sqs';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { primary, secondary } from '../support/shop';

/** What the tests change between two plans. */
export interface LedgerSettings {
  /** Name of the queue; another name replaces it. */
  readonly queue: string;
  /** Seconds; changed in place. */
  readonly visibility: number;
  /** Whether the primary region has one resource more. */
  readonly primaryNote: boolean;
}

const defaults: LedgerSettings = { queue: 'entries', visibility: 30, primaryNote: false };

const defineTemplate = templatesOf<LedgerSettings>();

const store = defineTemplate('store', { description: 'Test: queue', parameters: {} }, (t) => {
  const queue = t.add('Entries', new Queue({ QueueName: t.resourceName(t.settings.queue), VisibilityTimeout: t.settings.visibility }));
  if (t.settings.primaryNote) t.add('Primary', new Parameter({ Name: '/ledger/primary', Type: 'String', Value: 'here' }), { when: t.isPrimary });
  return { EntriesArn: queue.att('Arn') };
});

/** Two deployments over two regions: a queue in a nested stack, and a note of its ARN that comes by a wire. */
export function ledger(settings: Partial<LedgerSettings> = {}): System {
  return defineSystem<LedgerSettings>({
    name: 'ledger',
    title: 'Test ledger',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: { ...defaults, ...settings } } },
    deployments: (plan) =>
      plan
        .deploy('base', { description: 'Test: base', regions: { create: [secondary, primary], update: [secondary, primary] }, parameters: {} }, (root) => {
          const { EntriesArn } = nest(root, 'Store', store, {});
          return { wires: { EntriesArn } };
        })
        .deploy('app', { description: 'Test: app', regions: { create: [primary, secondary], update: [secondary, primary] }, parameters: { Title: { Type: 'String' } } }, (root, { base }) => {
          root.add('Note', new Parameter({ Name: '/ledger/note', Type: 'String', Value: Fn.Join(' ', [root.param('Title'), root.wire(base.EntriesArn)]) }));
          return { wires: {} };
        }),
  });
}
