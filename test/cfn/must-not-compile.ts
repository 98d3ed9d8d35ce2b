/**
 * Mistakes that the compiler must refuse. Type-checked with the rest and never run: a line here that compiles makes
 * "unused @ts-expect-error" an error.
 */
import { defineSystem, nest } from '../../src/cfn';
import { Bucket } from '../../src/cfn/generated/s3';
import { Subnet, VPC } from '../../src/cfn/generated/ec2';
import { defineTemplate, network, queue } from './small-system';

export const wrong = defineTemplate('wrong', { description: 'wrong', parameters: { Name: { Type: 'String' } } }, (t) => {
  const net = nest(t, 'Network', network, {});
  // @ts-expect-error a parameter without default is missing: SubnetIds
  nest(t, 'Missing', queue, { VpcId: net.VpcId });
  // @ts-expect-error the child has no parameter SubnetId
  nest(t, 'Unknown', queue, { VpcId: net.VpcId, SubnetIds: net.SubnetIds, SubnetId: net.SubnetIds });
  // @ts-expect-error a security group's id where a VPC's id is wanted
  nest(t, 'WrongKind', queue, { VpcId: net.GroupId, SubnetIds: net.SubnetIds });
  // @ts-expect-error text where a VPC's id is wanted
  nest(t, 'Text', queue, { VpcId: t.param('Name'), SubnetIds: net.SubnetIds });
  // @ts-expect-error a word where a number is wanted
  nest(t, 'Number', queue, { VpcId: net.VpcId, SubnetIds: net.SubnetIds, Limit: 'three' });
  // @ts-expect-error the child has no output VpcIds
  nest(t, 'Output', queue, { VpcId: net.VpcIds, SubnetIds: net.SubnetIds });
  // @ts-expect-error the template has no parameter Nmae
  t.param('Nmae');
  const vpc = t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' }));
  // @ts-expect-error AWS::EC2::VPC has no such attribute
  vpc.att('DefaultSecurityGrp');
  // @ts-expect-error misspelt property
  t.add('Subnet', new Subnet({ VpcId: vpc.ref(), CidrBlok: '10.0.0.0/24' }));
  // @ts-expect-error not a value of this property
  t.add('Bucket', new Bucket({ VersioningConfiguration: { Status: 'On' } }));
  // @ts-expect-error a required property is missing
  t.add('NoVpc', new Subnet({ CidrBlock: '10.0.0.0/24' }));
  return {};
});

export const backwards = defineSystem({
  name: 'backwards',
  title: 'Wires to what comes later',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'tests',
  compliance: 'none',
  environments: { production: { short: 'prod', settings: { retentionSeconds: 60, workers: true } } },
  deployments: (plan, { primary }) => {
    const regions = { create: [primary], update: [primary] };
    return plan
      .deploy('first', { description: 'first', regions, parameters: {} }, (root, earlier) => {
        // @ts-expect-error a wire to a deployment that comes later
        root.wire(earlier.second.VpcId);
        return { wires: { VpcId: nest(root, 'Network', network, {}).VpcId } };
      })
      .deploy('second', { description: 'second', regions, parameters: {} }, (root, { first }) => {
        // @ts-expect-error the first deployment has no such output
        root.wire(first.VpcIds);
        const vpc = root.wire(first.VpcId);
        return { wires: { VpcId: vpc } };
      })
      .deploy('third', { description: 'third', regions, after: ['first'], parameters: {} }, (root, earlier) => {
        root.wire(earlier.first.VpcId);
        // @ts-expect-error a wire to a deployment that it does not wait for
        root.wire(earlier.second.VpcId);
        return { wires: {} };
      })
      // @ts-expect-error waits for what comes later
      .deploy('fourth', { description: 'fourth', regions, after: ['fifth'], parameters: {} }, () => ({ wires: {} }))
      .deploy('fifth', { description: 'fifth', regions, after: [], parameters: {} }, (root, earlier) => {
        // @ts-expect-error who waits for nothing has no wires
        root.wire(earlier.first.VpcId);
        return { wires: {} };
      });
  },
});
