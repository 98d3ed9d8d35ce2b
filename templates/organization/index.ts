import { defineSystem, nest, type ParameterDefinition } from '../../src/cfn';
import { organization as organizationTemplate } from './organization';

/** An organisation's root, organisational unit or account, as its id begins. */
const target = '(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|[0-9]{12})';

const parameters = {
  RootUserPolicy: {
    Type: 'String',
    Default: 'disabled',
    AllowedValues: ['disabled', 'enabled'],
    Description: 'Whether root users of member accounts are denied everything; read docs/root-user.md first',
  },
  RootUserPolicyTargets: {
    Type: 'String',
    Default: '',
    Description: 'Ids of the root, the organisational units or the accounts that the policy is attached to, between commas; none makes it without attaching it',
    AllowedPattern: `^(${target}(,${target})*)?$`,
    ConstraintDescription: 'ids such as r-ab12, ou-ab12-cdef3456 or 111122223333, between commas, or nothing',
  },
} as const satisfies Record<string, ParameterDefinition>;

/**
 * What an organisation has once, in its management account. It stands apart from all systems: an account that runs them is no place for
 * the organisation's policies, and not every owner has an organisation.
 */
export const organization = defineSystem({
  name: 'organization',
  title: 'Policies of the organisation',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'meridian-{resource}-{suffix}',
  costCenter: 'shared',
  compliance: 'pci-dss soc2',
  standsAlone: true,
  environments: { shared: { short: 'shared', settings: {} } },
  deployments: (plan, { primary }) =>
    plan.deploy('policies', { description: 'Policies of the organisation', regions: { create: [primary], update: [primary] }, parameters }, (root) => {
      nest(root, 'Organization', organizationTemplate, { RootUserPolicy: root.param('RootUserPolicy'), RootUserPolicyTargets: root.param('RootUserPolicyTargets') });
      return { wires: {} };
    }),
});
