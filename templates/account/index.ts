import { defineSystem, nest, type ParameterDefinition } from '../../src/cfn';
import { account as accountTemplate } from './account';
import { apiGatewayLogs } from './api-gateway-logs';

const either = { Type: 'String', Default: 'create', AllowedValues: ['create', 'exists'] } as const satisfies ParameterDefinition;

const parameters = {
  SpendingEmail: {
    Type: 'String',
    Description: 'Address that hears of unusual spending',
    AllowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
    ConstraintDescription: 'an e-mail address',
  },
  SpendingMonitor: { ...either, Description: 'Write exists where the account already monitors spending by service: AWS allows one such monitor' },
  GitHubProvider: { ...either, Description: 'Write exists where the account already trusts token.actions.githubusercontent.com' },
} as const satisfies Record<string, ParameterDefinition>;

/** What all systems of an account share. It is rolled before the first of them, and never destroyed with one. */
export const account = defineSystem({
  name: 'account',
  title: 'Shared by the account',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'meridian-{resource}-{suffix}',
  costCenter: 'shared',
  compliance: 'pci-dss soc2',
  environments: { shared: { short: 'shared', settings: { replicatedImages: { 'ap-southeast-1': ['cus-', 'fin-', 'fintechglobal-', 'kasha-', 'lookcard-'] } } } },
  deployments: (plan, { primary, secondary }) =>
    plan
      .deploy('account', { description: 'Audit trail, image replication and other things that an account has once', regions: { create: [primary], update: [primary] }, parameters }, (root) => {
        const { TrailArn } = nest(root, 'Account', accountTemplate, {
          SpendingEmail: root.param('SpendingEmail'),
          SpendingMonitor: root.param('SpendingMonitor'),
          GitHubProvider: root.param('GitHubProvider'),
        });
        return { wires: { TrailArn } };
      })

      .deploy('regional', { description: 'What an account has once in each region', regions: { create: [primary, secondary], update: [secondary, primary] }, parameters: {} }, (root) => {
        const { ApiGatewayLogRoleArn } = nest(root, 'ApiGatewayLogs', apiGatewayLogs, {});
        return { wires: {}, outputs: { ApiGatewayLogRoleArn } };
      }),
});
