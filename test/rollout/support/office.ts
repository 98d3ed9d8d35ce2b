import { defineSystem, Fn } from '../../../src/cfn';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { primary, secondary } from './shop';

/** The account that one deployment of the office stands in. */
export const registry = '222222222222';

/** What that deployment makes. */
export const note = '/office/note';

/** A name that one account gives, what another account writes of it, and what the first does with the answer. */
export const office = (text: string) =>
  defineSystem({
    name: 'office',
    title: 'Test office',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: {} } },
    deployments: (plan) =>
      plan
        .deploy('base', { description: 'Test: base', regions: { create: [primary], update: [primary] }, parameters: {} }, (root) => {
          const name = root.add('Name', new Parameter({ Name: '/office/name', Type: 'String', Value: text }));
          return { wires: { Given: name.att('Value') } };
        })
        .deploy('entry', { description: 'Test: entry', account: 'RegistryAccountId', regions: { create: [primary], update: [primary] }, parameters: {} }, (root, { base }) => {
          const entry = root.add('Entry', new Parameter({ Name: note, Type: 'String', Value: Fn.Join(' ', [Fn.Ref('AWS::AccountId'), root.acrossRegions(base.Given, primary, 'Given')]) }));
          return { wires: { Written: entry.att('Value') } };
        })
        .deploy('use', { description: 'Test: use', regions: { create: [secondary], update: [secondary] }, parameters: {} }, (root, { entry }) => {
          root.add('Use', new Parameter({ Name: '/office/use', Type: 'String', Value: root.acrossRegions(entry.Written, primary, 'Written') }));
          return { wires: {} };
        }),
  });
