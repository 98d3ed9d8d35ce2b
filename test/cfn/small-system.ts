import { defineSystem, listToken, nest, templatesOf, type Environment, type System } from '../../src/cfn';
import { SecurityGroup, Subnet, VPC } from '../../src/cfn/generated/ec2';
import { DBSubnetGroup } from '../../src/cfn/generated/rds';
import { Topic } from '../../src/cfn/generated/sns';
import { Queue } from '../../src/cfn/generated/sqs';

/** The settings of the system that the core's tests build. */
export interface SmallSettings {
  readonly retentionSeconds: number;
  /** Whether workers and database stand beside the queue. Without them nobody asks where. */
  readonly workers: boolean;
}

export const defineTemplate = templatesOf<SmallSettings>();

export const network = defineTemplate('network', { description: 'VPC', parameters: { Cidr: { Type: 'String', Default: '10.0.0.0/16' } } }, (t) => {
  const vpc = t.add('Vpc', new VPC({ CidrBlock: t.param('Cidr') }));
  const subnets = [0, 1].map((i) => t.add(`Subnet${i + 1}`, new Subnet({ VpcId: vpc.ref(), CidrBlock: `10.0.${i}.0/24` })));
  const group = t.add('Group', new SecurityGroup({ GroupDescription: 'group', VpcId: vpc.ref() }));
  return {
    VpcId: vpc.ref(),
    SubnetIds: listToken('List<AWS::EC2::Subnet::Id>', subnets.map((subnet) => subnet.ref())),
    GroupId: group.att('GroupId'),
  };
});

export const queue = defineTemplate(
  'queue',
  { description: 'queue', parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' }, SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' }, Limit: { Type: 'Number', Default: 3 } } },
  (t) => {
    const orders = t.add('Orders', new Queue({ QueueName: t.resourceName('orders'), MessageRetentionPeriod: t.settings.retentionSeconds, DelaySeconds: t.param('Limit') }));
    if (t.settings.workers) {
      t.add('Workers', new SecurityGroup({ GroupDescription: 'workers', VpcId: t.param('VpcId') }));
      t.add('Subnets', new DBSubnetGroup({ DBSubnetGroupDescription: 'database', SubnetIds: t.param('SubnetIds') }));
    }
    return { OrdersUrl: orders.ref(), OrdersArn: orders.att('Arn') };
  },
);

const environments: Readonly<Record<string, Environment<SmallSettings>>> = {
  production: { short: 'prod', settings: { retentionSeconds: 1_209_600, workers: true } },
  develop: { short: 'dev', settings: { retentionSeconds: 3600, workers: false } },
};

/** Two deployments over two regions, wired both inside the region and across. */
export const small: System = defineSystem({
  name: 'small',
  title: 'Small system',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'tests',
  compliance: 'none',
  environments,
  deployments: (plan, { primary, secondary }) =>
    plan
      .deploy('base', { description: 'base', regions: { create: [secondary, primary], update: [secondary, primary] }, parameters: {} }, (root) => {
        const net = nest(root, 'Network', network, {});
        return { wires: { ...net } };
      })
      .deploy('top', { description: 'top', regions: { create: [primary, secondary], update: [secondary, primary] }, parameters: { Email: { Type: 'String' } } }, (root, { base }) => {
        if (root.settings.workers) root.add('Alarms', new Topic({ Subscription: [{ Protocol: 'email', Endpoint: root.param('Email') }] }));
        const { OrdersUrl, OrdersArn } = nest(root, 'Queue', queue, { VpcId: root.wire(base.VpcId), SubnetIds: root.wire(base.SubnetIds) });
        const PrimaryGroupId = root.acrossRegions(base.GroupId, primary);
        return { wires: { OrdersUrl }, outputs: { PrimaryGroupId, OrdersArn: { value: OrdersArn, when: root.isPrimary } } };
      }),
});
