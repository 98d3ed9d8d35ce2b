import { defineSystem, nest, templatesOf, Fn, type System } from '../../../src/cfn';
import { Alarm, CompositeAlarm } from '../../../src/cfn/generated/cloudwatch';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { primary, secondary } from './shop';

/** What the tests change between two rollouts. */
export interface MarketSettings {
  /** Value of a parameter of `stalls`. */
  readonly goods: string;
  /** Value of a parameter of `gate`. */
  readonly sign: string;
}

const defaults: MarketSettings = { goods: 'apples', sign: 'open' };
const defineTemplate = templatesOf<MarketSettings>();

const watch = defineTemplate('watch', { description: 'Test: alarms', parameters: {} }, (t) => {
  const errors = t.add('Errors', new Alarm({ AlarmName: 'market-errors', Namespace: 'Market', MetricName: 'Errors', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }));
  t.add('Any', new CompositeAlarm({ AlarmName: 'market-any', AlarmRule: Fn.Sub('ALARM("${Errors}")') }));
  return { ErrorsName: errors.ref() };
});

/**
 * Fences and stalls, which are independent of each other and of what the account shares, over two regions, and a gate in one that
 * needs both. The stalls have an alarm and one that is made of it, both in a nested stack.
 */
export function market(settings: Partial<MarketSettings> = {}): System {
  const regions = { create: [primary, secondary], update: [secondary, primary] };
  return defineSystem<MarketSettings>({
    name: 'market',
    title: 'Test market',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: { ...defaults, ...settings } } },
    deployments: (plan) =>
      plan
        .deploy('fences', { description: 'Test: fences', regions, after: [], parameters: {} }, (root) => {
          const length = root.add('Length', new Parameter({ Name: '/market/fences', Type: 'String', Value: root.settings.goods }));
          return { wires: { Length: length.att('Value') } };
        })
        .deploy('stalls', { description: 'Test: stalls', regions, after: [], parameters: {} }, (root) => {
          nest(root, 'Watch', watch, {});
          const goods = root.add('Goods', new Parameter({ Name: '/market/goods', Type: 'String', Value: root.settings.goods }));
          return { wires: { Goods: goods.att('Value') } };
        })
        .deploy('gate', { description: 'Test: gate', regions: { create: [primary], update: [primary] }, parameters: {} }, (root, { fences, stalls }) => {
          root.add('Sign', new Parameter({ Name: '/market/sign', Type: 'String', Value: Fn.Join(' ', [root.settings.sign, root.wire(fences.Length), root.wire(stalls.Goods)]) }));
          return { wires: {} };
        }),
  });
}
