import { Fn, type Handle, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Role } from '../../../src/cfn/generated/iam';
import { allow, arn, policyDocument, type Statement } from '../../modules/security/policy';
import { keyAlias } from './key-names';
import { serviceSecretName } from './secret-names';
import type { LookcardSettings } from './settings';

/** What people may do with a key that they can't use: look at it, take rights back, and save it from a deletion. */
const keyCare = ['kms:CancelKeyDeletion', 'kms:DescribeKey', 'kms:EnableKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants', 'kms:ListKeyRotations', 'kms:ListResourceTags', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand'];

/** The secrets whose values somebody stores. */
const filledByHand = ['issuer-credentials', 'notification-credentials', 'supabase-jwt'] as const;

/**
 * The role of the people who fill secrets in and look after keys, in the primary region. Whoever takes it has signed in with a second
 * factor within the last hour. It can't read what it stores once others have, use a key, or change a key's policy: that is the rollout's.
 * @param keyArns  the keys that only services use
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export function administrators(t: TemplateBuilder<Parameters, LookcardSettings>, keyArns: readonly IntrinsicFunction[]): Handle<'AWS::IAM::Role', 'Arn' | 'RoleId'> {
  // Secrets Manager puts a hyphen and six characters behind a name.
  const secretArns = filledByHand.map((secret) => arn('secretsmanager', `secret:${serviceSecretName(t, secret).text}-??????`));
  const throughSecretsManager: Statement['Condition'] = {
    StringEquals: { 'kms:ViaService': Fn.Sub('secretsmanager.${AWS::Region}.${AWS::URLSuffix}') },
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': keyAlias(t, 'data').after('alias/') },
  };
  return t.add(
    'Administrators',
    new Role({
      RoleName: t.resourceName('administrators', 'account'),
      Description: 'People who fill in secrets and look after keys of LookCard, signed in with a second factor',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: policyDocument({
        Effect: 'Allow',
        Principal: { AWS: Fn.Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
        Action: ['sts:AssumeRole'],
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
      }),
      Policies: [
        {
          PolicyName: 'own',
          PolicyDocument: policyDocument(
            allow(keyCare, keyArns),
            allow(['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'], secretArns),
            allow(['kms:Decrypt', 'kms:GenerateDataKey'], [arn('kms', 'key/*')], throughSecretsManager),
          ),
        },
      ],
    }),
  );
}
