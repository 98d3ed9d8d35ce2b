import { defineSystem, nest, templatesOf } from '../../src/cfn';
import { SecurityGroup, VPC } from '../../src/cfn/generated/ec2';
import { Queue } from '../../src/cfn/generated/sqs';

/** What differs between the environments of the example in docs/architecture.md. */
interface Settings {
  readonly retentionDays: number;
}

const defineTemplate = templatesOf<Settings>();

const network = defineTemplate('network', { description: 'VPC', parameters: {} }, (t) => {
  const vpc = t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' }));
  return { VpcId: vpc.ref() };
});

const worker = defineTemplate(
  'worker',
  { description: 'Queue and its workers', parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' } } },
  (t) => {
    const group = t.add('Group', new SecurityGroup({ VpcId: t.param('VpcId'), GroupDescription: 'Workers' }));
    const orders = t.add('Orders', new Queue({
      QueueName: t.resourceName('orders'),
      MessageRetentionPeriod: t.settings.retentionDays * 86_400,
    }));
    return { OrdersUrl: orders.ref(), GroupId: group.att('GroupId') };
  },
);

/** The example of docs/architecture.md: two deployments over two regions, the second wired to the first. */
export const orders = defineSystem({
  name: 'orders',
  title: 'Orders',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'shop',
  compliance: 'none',
  environments: { production: { short: 'prod', settings: { retentionDays: 14 } } },
  deployments: (plan, { primary, secondary }) => {
    const regions = { create: [primary, secondary], update: [secondary, primary] };
    return plan
      .deploy('foundation', { description: 'Network', regions, parameters: {} }, (root) => {
        const { VpcId } = nest(root, 'Network', network, {});
        return { wires: { VpcId } };
      })
      .deploy('platform', { description: 'Workers', regions, parameters: {} }, (root, { foundation }) => {
        const { OrdersUrl } = nest(root, 'Worker', worker, { VpcId: root.wire(foundation.VpcId) });
        return { wires: { OrdersUrl } };
      });
  },
});
