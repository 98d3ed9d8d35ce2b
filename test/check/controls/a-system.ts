import { defineSystem, type System } from '../../../src/cfn';
import { Parameter } from '../../../src/cfn/generated/ssm';

/** A system of one parameter, `/sample/mark`, which says `here`. */
export const sample: System = defineSystem<object>({
  name: 'sample',
  title: 'Sample',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'sample-{resource}-{environment}-{suffix}',
  costCenter: 'test',
  compliance: 'none',
  environments: { develop: { short: 'dev', settings: {} } },
  deployments: (plan) =>
    plan.deploy('base', { description: 'Test: base', regions: { create: ['us-east-1'], update: ['us-east-1'] }, parameters: {} }, (root) => {
      root.add('Mark', new Parameter({ Name: '/sample/mark', Type: 'String', Value: 'here' }));
      return { wires: {} };
    }),
});
