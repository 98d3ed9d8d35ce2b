import { Fn, templatesOf } from '../../src/cfn';
import { rootUserPolicy } from './root-user-policy';

/** Nothing differs: an organisation is there once. */
export type OrganizationSettings = Readonly<Record<string, never>>;

/** Policies of the organisation, which its management account alone can make. */
export const organization = templatesOf<OrganizationSettings>()(
  'organization',
  {
    description: 'Policies of the organisation, made in its management account',
    parameters: { RootUserPolicy: { Type: 'String' }, RootUserPolicyTargets: { Type: 'String' } },
  },
  (t) => {
    const targets = t.param('RootUserPolicyTargets');
    const enabled = t.condition('DenyRootUsers', Fn.Equals(t.param('RootUserPolicy'), 'enabled'));
    const attached = t.condition('AttachRootUserPolicy', Fn.Not(Fn.Equals(targets, '')));
    rootUserPolicy(t, 'RootUsersDenied', { targetIds: attached.only(Fn.Split(',', targets)), when: enabled });
    return {};
  },
);
