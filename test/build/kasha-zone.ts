import { defineSystem, nest } from '../../src/cfn';
import { environments } from '../../templates/systems/kasha/environments';
import { zone } from '../../templates/systems/kasha/zone';

/** Kasha's zone alone: a small deployment with a function. */
export const kashaZone = defineSystem({
  name: 'kasha',
  title: 'Kasha zone',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'tests',
  compliance: 'none',
  environments: { production: environments.production },
  deployments: (plan, { primary }) =>
    plan.deploy('zone', { description: 'zone', regions: { create: [primary], update: [primary] }, parameters: { DomainName: { Type: 'String' } } }, (root) => {
      const { HostedZoneId } = nest(root, 'Zone', zone, { DomainName: root.param('DomainName') });
      return { wires: { HostedZoneId } };
    }),
});
