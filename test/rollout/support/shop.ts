import { defineSystem, nest, stringToken, Fn, templatesOf, type System } from '../../../src/cfn';
import { Queue } from '../../../src/cfn/generated/sqs';
import { Parameter } from '../../../src/cfn/generated/ssm';

/** What the tests change between two rollouts. */
export interface ShopSettings {
  /** Seconds; a property of the nested queue of `base`. */
  readonly visibility: number;
  /** Value that `base` publishes to `app` by a wire. */
  readonly label: string;
  /** Value of the nested parameter of `app`. */
  readonly note: string;
  /** Whose queue `app` works on in both regions: the primary's, or in each region its own, so that the shop can go to several accounts. */
  readonly queueOf: 'primary' | 'own';
}

export const defaultSettings: ShopSettings = { visibility: 30, label: 'first', note: 'hello', queueOf: 'primary' };
export const primary = 'us-east-1';
export const secondary = 'ap-southeast-1';

const defineTemplate = templatesOf<ShopSettings>();

const store = defineTemplate('store', { description: 'Test: queue', parameters: { Label: { Type: 'String' } } }, (t) => {
  const queue = t.add('Orders', new Queue({ QueueName: t.resourceName('orders'), VisibilityTimeout: t.settings.visibility }));
  return { QueueArn: queue.att('Arn') };
});

const work = defineTemplate('work', { description: 'Test: work', parameters: { QueueArn: { Type: 'String' }, Greeting: { Type: 'String' }, Label: { Type: 'String' } } }, (t) => {
  t.add('Archive', new Queue({ QueueName: t.resourceName('archive') }).keep('Retain'));
  const note = t.add('Note', new Parameter({ Name: Fn.Sub('/shop/${EnvironmentSuffix}/note'), Type: 'String', Value: Fn.Join(' ', [t.settings.note, t.param('Greeting'), t.param('Label'), t.param('QueueArn')]) }));
  return { NoteName: note.ref() };
});

/** Two deployments over two regions: a queue, and work on it; a wire, a value across regions, a value from the file. */
export function shop(settings: Partial<ShopSettings> = {}): System {
  return defineSystem<ShopSettings>({
    name: 'shop',
    title: 'Test shop',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: { ...defaultSettings, ...settings } } },
    deployments: (plan) =>
      plan
        .deploy('base', { description: 'Test: base', regions: { create: [secondary, primary], update: [secondary, primary] }, parameters: {} }, (root) => {
          const { QueueArn } = nest(root, 'Store', store, { Label: root.settings.label });
          const label = root.add('Label', new Parameter({ Name: Fn.Sub('/shop/${EnvironmentSuffix}/label'), Type: 'String', Value: root.settings.label }));
          return { wires: { QueueArn, Label: label.att('Value') } };
        })
        .deploy('app', {
          description: 'Test: app',
          regions: { create: [primary, secondary], update: [secondary, primary] },
          parameters: { Greeting: { Type: 'String', AllowedPattern: '^[a-z]+$', ConstraintDescription: 'lower-case letters' } },
        }, (root, { base }) => {
          const { NoteName } = nest(root, 'Work', work, {
            QueueArn: root.settings.queueOf === 'own' ? root.wire(base.QueueArn) : root.acrossRegions(base.QueueArn, primary, 'PrimaryQueueArn'),
            Greeting: root.param('Greeting'),
            Label: root.wire(base.Label),
          });
          return { wires: {}, outputs: { NoteName, Suffix: stringToken(Fn.Sub('${EnvironmentSuffix}')) } };
        }),
  });
}

/** What the systems of an account share, in small. */
export function account(): System {
  return defineSystem({
    name: 'account',
    title: 'Test account',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { shared: { short: 'all', settings: {} } },
    deployments: (plan) =>
      plan.deploy('account', { description: 'Test: account', regions: { create: [primary], update: [primary] }, parameters: {} }, (root) => {
        const mark = root.add('Mark', new Parameter({ Name: '/account/mark', Type: 'String', Value: 'here' }));
        return { wires: { MarkName: mark.ref() } };
      }),
  });
}
