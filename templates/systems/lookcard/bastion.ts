import { Fn } from '../../../src/cfn';
import { bastionInstance } from '../../modules/compute/bastion-instance';
import { sessionPreferences } from '../../modules/security/session-preferences';
import { defineTemplate } from './environments';

/** The bastion of one region: people of the platform reach the database's proxy through it by Session Manager, and by nothing else. */
export const bastion = defineTemplate(
  'bastion',
  {
    description: 'LookCard bastion by Session Manager, and the log of its sessions',
    parameters: { PrivateSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' }, BastionSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' }, DataKeyArn: { Type: 'String' } },
  },
  (t) => {
    const keyArn = t.param('DataKeyArn');
    const { document, log } = sessionPreferences(t, 'BastionSession', { name: t.resourceName('bastion-sessions'), keyArn, retentionInDays: t.settings.logRetentionDays });
    const instance = bastionInstance(t, 'Bastion', {
      name: t.resourceName('bastion'),
      roleName: t.resourceName('bastion', 'account'),
      subnetId: Fn.Select(0, t.param('PrivateSubnetIds').list()),
      securityGroupId: t.param('BastionSecurityGroupId'),
      keyArn,
      log,
    });
    return { BastionInstanceId: instance.ref(), BastionSessionDocumentName: document.ref() };
  },
);
