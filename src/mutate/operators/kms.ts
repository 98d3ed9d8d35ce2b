import { absent, drop, removed, replace, set, turn, when, withElement, deletionPolicy } from '../mistakes';
import type { Operator } from '../operator';
import { allows, hasPrincipal, inStatements, lacking } from '../statements';

const policy = ['KeyPolicy'];
const access = ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-12', 'SOC 2 CC6.1'];

/** Mistakes in KMS keys and their policies. */
export const kmsOperators: readonly Operator[] = [
  { id: 'kms-rotation-off', title: 'The key is never rotated', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.7.4', 'CIS AWS 5.0.0 3.6'], types: ['AWS::KMS::Key'], mistake: when(({ KeySpec }) => KeySpec === undefined || KeySpec === 'SYMMETRIC_DEFAULT', set('EnableKeyRotation', false)) },
  { id: 'kms-rotation-removed', title: 'The setting that rotates the key is gone', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.7.4', 'CIS AWS 5.0.0 3.6'], types: ['AWS::KMS::Key'], mistake: drop('EnableKeyRotation') },
  { id: 'kms-anybody-uses-key', title: 'Anybody may do anything with the key', severity: 'CRITICAL', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], mistake: withElement('KeyPolicy.Statement', { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }) },
  { id: 'kms-anybody-decrypts', title: 'Any AWS principal may decrypt with the key', severity: 'CRITICAL', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], mistake: withElement('KeyPolicy.Statement', { Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['kms:Decrypt'], Resource: '*' }) },
  { id: 'kms-other-account', title: 'A foreign account may use the key', severity: 'HIGH', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], mistake: withElement('KeyPolicy.Statement', { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::210987654321:root' }, Action: ['kms:Decrypt', 'kms:CreateGrant'], Resource: '*' }) },
  { id: 'kms-service-any-action', title: 'A service that encrypts may also administer the key', severity: 'HIGH', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
    mistake: inStatements(policy, (one) => (allows(one) && hasPrincipal(one, 'Service') ? { ...one, Action: 'kms:*' } : undefined)) },
  { id: 'kms-service-any-account', title: 'A service may use the key on behalf of any account: the condition is gone', severity: 'MEDIUM', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
    mistake: inStatements(policy, (one) => (allows(one) && hasPrincipal(one, 'Service') && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 'kms-deny-removed', title: 'A statement of the key policy that denies is gone', severity: 'HIGH', controls: access, types: ['AWS::KMS::Key'], mistake: inStatements(policy, (one) => (one.Effect === 'Deny' ? absent : undefined)) },
  { id: 'kms-lockout-check-off', title: 'A key policy is accepted by which nobody can administer the key any more', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SC-12'], types: ['AWS::KMS::Key'], mistake: set('BypassPolicyLockoutSafetyCheck', true) },
  { id: 'kms-short-deletion-window', title: 'A deleted key is gone after seven days', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SC-12', 'SOC 2 A1.2'], types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], mistake: set('PendingWindowInDays', 7) },
  { id: 'kms-key-disabled', title: 'The key is disabled: nothing that it encrypts can be read', severity: 'HIGH', controls: ['SOC 2 A1.2'], types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], mistake: set('Enabled', false) },
  { id: 'kms-key-deleted-with-stack', title: 'The key is deleted with the stack, and with it all that it encrypted', severity: 'HIGH', controls: ['NIST 800-53 r5 SC-12', 'NIST 800-53 r5 CP-9'], types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], mistake: deletionPolicy('Delete') },
  { id: 'kms-single-region', title: 'A key that both regions need exists in one', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7'], types: ['AWS::KMS::Key'], mistake: turn('MultiRegion', false) },
  { id: 'kms-alias-removed', title: 'The key lost its alias: nobody recognises it', severity: 'LOW', controls: ['NIST 800-53 r5 CM-8'], types: ['AWS::KMS::Alias'], mistake: removed },
  { id: 'kms-alias-of-aws', title: 'The alias takes the prefix that belongs to AWS', severity: 'LOW', controls: ['NIST 800-53 r5 CM-8'], types: ['AWS::KMS::Alias'], mistake: replace('AliasName', 'alias/aws/application') },
  { id: 'kms-named-roles-lost', title: 'Whoever in the account an IAM policy lets may sign or decrypt: the policy no longer names the roles', severity: 'CRITICAL', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
    mistake: inStatements(policy, (one) => (allows(one) && JSON.stringify(one.Condition ?? {}).includes('aws:PrincipalArn') ? lacking(one, 'Condition') : undefined)) },
  { id: 'kms-account-uses-named', title: 'The account may use a key that is for named roles alone', severity: 'CRITICAL', controls: access, types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
    mistake: when(({ KeyPolicy }) => JSON.stringify(KeyPolicy ?? {}).includes('aws:PrincipalArn'), inStatements(policy, (one) => (allows(one) && one.Condition === undefined && hasPrincipal(one, 'AWS') ? { ...one, Action: ['kms:*'] } : undefined))) },
];
