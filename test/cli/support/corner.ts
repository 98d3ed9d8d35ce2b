import { Aws, defineSystem, nest, templatesOf, Fn, type System } from '../../../src/cfn';
import { ReplicationConfiguration } from '../../../src/cfn/generated/ecr';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { trail } from '../../../templates/modules/security/trail';

const primary = 'us-east-1';
const secondary = 'ap-southeast-1';

const defineTemplate = templatesOf<object>();

const shelf = defineTemplate('shelf', { description: 'Test: a shelf', parameters: { Label: { Type: 'String' } } }, (t) => {
  const label = t.add('Tag', new Parameter({ Name: Fn.Sub('/corner/${EnvironmentSuffix}/label'), Type: 'String', Value: t.param('Label') }));
  return { LabelName: label.ref() };
});

/** A system without anything that a rule finds: two deployments over two regions, and a parameter from the file. */
export const corner: System = defineSystem<object>({
  name: 'corner',
  title: 'Corner shop',
  regions: { primary, secondary },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'test',
  compliance: 'none',
  environments: { production: { short: 'prod', settings: {} }, develop: { short: 'dev', settings: {} } },
  deployments: (plan) =>
    plan
      .deploy('base', { description: 'Test: base', regions: { create: [secondary, primary], update: [secondary, primary] }, parameters: { Label: { Type: 'String' } } }, (root) => {
        const { LabelName } = nest(root, 'Shelf', shelf, { Label: root.param('Label') });
        return { wires: { LabelName } };
      })
      .deploy('top', { description: 'Test: top', regions: { create: [primary], update: [primary] }, parameters: {} }, (root, { base }) => {
        const copy = root.add('Copy', new Parameter({ Name: Fn.Sub('/corner/${EnvironmentSuffix}/copy'), Type: 'String', Value: root.wire(base.LabelName) }).keep('Retain'));
        return { wires: { CopyName: copy.ref() } };
      }),
});

const shared = defineTemplate('account', { description: 'Test: what every account needs', parameters: {} }, (t) => {
  t.add('ImageReplication', new ReplicationConfiguration({ ReplicationConfiguration: { Rules: [{ Destinations: [{ Region: secondary, RegistryId: Aws.accountId }] }] } }));
  return { TrailArn: trail(t).att('Arn') };
});

/** What an account shares, in small: what the check asks of every account. */
export const account: System = defineSystem<object>({
  name: 'account',
  title: 'Shared by the account',
  regions: { primary, secondary },
  namePattern: 'meridian-{resource}-{suffix}',
  costCenter: 'test',
  compliance: 'none',
  environments: { shared: { short: 'shared', settings: {} } },
  deployments: (plan) =>
    plan.deploy('account', { description: 'Test: account', regions: { create: [primary], update: [primary] }, parameters: {} }, (root) => {
      const { TrailArn } = nest(root, 'Account', shared, {});
      return { wires: { TrailArn } };
    }),
});
