import { absent, drop, onlyFirst, removed, set, turn, withElement, deletionPolicy, together } from '../mistakes';
import type { Operator } from '../operator';
import { allows, inStatements, lacking } from '../statements';

const rotation = ['PCI DSS 4.0.1 8.6.3', 'NIST 800-53 r5 IA-5'];
const policy = ['ResourcePolicy'];

/** Mistakes in secrets. */
export const secretsManagerOperators: readonly Operator[] = [
  { id: 'secret-in-plain-text', title: 'A secret stands in the template in plain text', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: ['AWS::SecretsManager::Secret'], mistake: together(drop('GenerateSecretString'), set('SecretString', '{"username":"admin","password":"Winter-2026-kasha"}')) },
  { id: 'secret-as-parameter-default', title: 'A secret is the default of a template parameter', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: ['AWS::SecretsManager::Secret'],
    mistake: (resource) => together(drop('GenerateSecretString'), set('SecretString', { Ref: 'SeededPassword' }))(resource).map((one) => ({ ...one, parameters: { SeededPassword: { Type: 'String', Default: 'Winter-2026-kasha' } } })) },
  { id: 'secret-default-key', title: 'The secret is encrypted with the key that everybody in the account may use', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1', 'NIST 800-53 r5 SC-28'], types: ['AWS::SecretsManager::Secret'], mistake: drop('KmsKeyId') },
  { id: 'secret-not-replicated', title: 'The secret does not exist in the other region', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7', 'SOC 2 A1.2'], types: ['AWS::SecretsManager::Secret'], mistake: drop('ReplicaRegions') },
  { id: 'secret-replica-default-key', title: 'The replica of the secret is encrypted with the default key', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1'], types: ['AWS::SecretsManager::Secret'], mistake: drop('ReplicaRegions[].KmsKeyId') },
  { id: 'secret-replica-elsewhere', title: 'The secret is replicated to a region in which nothing of ours stands', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7', 'MAS TRM 2021 11.1'], types: ['AWS::SecretsManager::Secret'], mistake: set('ReplicaRegions[].Region', 'eu-west-1') },
  { id: 'secret-short-password', title: 'The generated password has eight characters', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 8.3.6', 'NIST 800-53 r5 IA-5'], types: ['AWS::SecretsManager::Secret'], mistake: turn('GenerateSecretString.PasswordLength', 8) },
  { id: 'secret-deleted-with-stack', title: 'The secret is deleted with the stack', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9'], types: ['AWS::SecretsManager::Secret'], mistake: deletionPolicy('Delete') },
  { id: 'secret-rotation-removed', title: 'The secret is never rotated: its schedule is gone', severity: 'HIGH', controls: rotation, types: ['AWS::SecretsManager::RotationSchedule'], mistake: removed },
  { id: 'secret-rotation-rare', title: 'The secret is rotated once in a thousand days', severity: 'MEDIUM', controls: rotation, types: ['AWS::SecretsManager::RotationSchedule'], mistake: turn('RotationRules.AutomaticallyAfterDays', 1000) },
  { id: 'secret-rotation-rules-removed', title: 'The rotation has no interval', severity: 'HIGH', controls: rotation, types: ['AWS::SecretsManager::RotationSchedule'], mistake: drop('RotationRules') },
  { id: 'secret-attachment-removed', title: 'The secret does not know its database any more: clients and rotation fail', severity: 'HIGH', controls: rotation, types: ['AWS::SecretsManager::SecretTargetAttachment'], mistake: removed },
  { id: 'secret-policy-removed', title: 'The policy that denies the secret to strangers is gone', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-3'], types: ['AWS::SecretsManager::ResourcePolicy'], mistake: removed },
  { id: 'secret-policy-anybody', title: 'Anybody may read the secret', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-3'], types: ['AWS::SecretsManager::ResourcePolicy'], mistake: withElement('ResourcePolicy.Statement', { Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }) },
  { id: 'secret-policy-public-allowed', title: 'Secrets Manager no longer refuses a public policy', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-3'], types: ['AWS::SecretsManager::ResourcePolicy'], mistake: set('BlockPublicPolicy', false) },
  { id: 'secret-policy-deny-removed', title: 'A statement that denies the secret is gone', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-3'], types: ['AWS::SecretsManager::ResourcePolicy'], mistake: inStatements(policy, (one) => (one.Effect === 'Deny' ? absent : undefined)) },
  { id: 'secret-policy-condition-removed', title: 'The condition that limits who may read the secret is gone', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-3'], types: ['AWS::SecretsManager::ResourcePolicy'], mistake: inStatements(policy, (one) => (allows(one) && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 'secret-replica-lost', title: 'One of several replicas of the secret is gone', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-7'], types: ['AWS::SecretsManager::Secret'], mistake: onlyFirst('ReplicaRegions', 1) },
];
