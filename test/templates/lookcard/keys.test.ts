import { expect } from 'chai';
import { keyAdministration } from '../../../templates/modules/security/key';
import { keys, keysOf } from '../../../templates/systems/lookcard/keys';
import { security } from '../../../templates/systems/lookcard/security';
import { services } from '../../../templates/systems/lookcard/services';
import { only, plain } from '../plain';
import { contextOf } from './built';
import { own, primaryKeys, securityParameters } from './data-parameters';
import { everywhereOf, type Row } from './everywhere';

/** The key of each circle in both templates, what it is called, and who alone may use it. */
const users = { CryptoSigningKey: ['crypto-api'], CryptoWrappingKey: ['crypto-api', 'crypto-processor'], LiquidityKey: ['liquidity-api'] } as const;
const aliases = { CryptoSigningKey: 'crypto-signing', CryptoWrappingKey: 'crypto-wrapping', LiquidityKey: 'liquidity' } as const;
const ids = Object.keys(users) as (keyof typeof users)[];
const primaryArns = { CryptoSigningKey: primaryKeys.PrimarySigningKeyArn, CryptoWrappingKey: primaryKeys.PrimaryWrappingKeyArn, LiquidityKey: primaryKeys.PrimaryLiquidityKeyArn };

const encrypts = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const signs = ['kms:Sign', 'kms:Verify', 'kms:GetPublicKey', 'kms:DescribeKey'];
const root = { AWS: `arn:aws:iam::${own}:root` };
const Resource = ['*'];

/** The whole policy of a key that only services use. */
const policyOf = (id: keyof typeof users, short: string, region: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'AccountAdministers', Effect: 'Allow', Principal: root, Action: [...keyAdministration], Resource },
    { Sid: 'GrantsForServicesOnly', Effect: 'Deny', Principal: { AWS: '*' }, Action: ['kms:CreateGrant'], Resource, Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } } },
    {
      Sid: 'RolesMayUse',
      Effect: 'Allow',
      Principal: root,
      Action: id === 'CryptoSigningKey' ? signs : encrypts,
      Resource,
      Condition: { ArnEquals: { 'aws:PrincipalArn': users[id].map((name) => `arn:aws:iam::${own}:role/lookcard-${name}-task-${short}-main-${region}`) } },
    },
  ],
});

/** Whether an action uses a key, or lets somebody use it. */
const isUse = (action: string): boolean => /^(\*|kms:(\*|Sign|Verify|Encrypt|Decrypt|ReEncrypt|Generate|Derive|CreateGrant|VerifyMac))/.test(action);

/** What people may do with the keys that only services use. */
const care = ['CancelKeyDeletion', 'DescribeKey', 'EnableKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListGrants', 'ListKeyRotations', 'ListResourceTags', 'RevokeGrant', 'RotateKeyOnDemand'].map((action) => `kms:${action}`);

describe('LookCard keys', () => {
  const primaryOnly = everywhereOf(keys, () => ({}), ['ap-southeast-1']);
  const inBoth = everywhereOf(security, () => securityParameters);
  const inSecondary = everywhereOf(security, () => securityParameters, ['us-east-1']);

  inBoth('LKC-88', 'are one for all data of a region, which rotates each year', ({ all, short }) => {
    expect(only(all('AWS::KMS::Key'), 'EnableKeyRotation', 'RotationPeriodInDays', 'MultiRegion', 'KeySpec', 'KeyUsage')).to.deep.equal({ DataKey: [true, 365, undefined, undefined, undefined] });
    const { DataKeyAlias } = all('AWS::KMS::Alias') as Record<string, Row>;
    expect(only({ DataKeyAlias } as Row, 'AliasName', 'TargetKeyId')).to.deep.equal({ DataKeyAlias: [`alias/lookcard-key-${short}-main/data`, 'DataKey'] });
  });

  primaryOnly('LKC-89', 'sign with secp256k1, which AWS does not rotate, and wrap with one that rotates each year', ({ all, isProduction }) => {
    const multiRegion = isProduction ? true : undefined;
    expect(only(all('AWS::KMS::Key'), 'KeySpec', 'KeyUsage', 'EnableKeyRotation', 'RotationPeriodInDays', 'MultiRegion')).to.deep.equal({
      CryptoSigningKey: ['ECC_SECG_P256K1', 'SIGN_VERIFY', undefined, undefined, multiRegion],
      CryptoWrappingKey: [undefined, undefined, true, 365, multiRegion],
      LiquidityKey: [undefined, undefined, true, 365, multiRegion],
    });
  });

  primaryOnly('LKC-89 LKC-90', 'have aliases that say what they are for', ({ all, short }) => {
    expect(only(all('AWS::KMS::Alias'), 'AliasName', 'TargetKeyId')).to.deep.equal(Object.fromEntries(ids.map((id) => [`${id}Alias`, [`alias/lookcard-key-${short}-main/${aliases[id]}`, id]])));
  });

  primaryOnly('LKC-90', 'are used by nobody but the services whose rows name them, and administered by the account', ({ all, short, region }) => {
    expect(only(all('AWS::KMS::Key'), 'KeyPolicy')).to.deep.equal(Object.fromEntries(ids.map((id) => [id, [policyOf(id, short, region)]])));
  });

  inSecondary('LKC-89 LKC-90', 'stand in the secondary region of production as replicas, used by that region’s tasks only', ({ all, short, region }) => {
    expect(only(all('AWS::KMS::ReplicaKey'), 'PrimaryKeyArn', 'KeyPolicy')).to.deep.equal(Object.fromEntries(ids.map((id) => [id, [primaryArns[id], policyOf(id, short, region)]])));
    const { DataKeyAlias: _data, ...others } = all('AWS::KMS::Alias');
    expect(only(others, 'AliasName', 'TargetKeyId')).to.deep.equal(Object.fromEntries(ids.map((id) => [`${id}Alias`, [`alias/lookcard-key-${short}-main/${aliases[id]}`, id]])));
  });

  primaryOnly('LKC-88 LKC-90', 'go with their stacks outside production only, after thirty days in which one can think better of it', ({ all, stack, isProduction }) => {
    for (const id of ids) {
      const { deletionPolicy, updateReplacePolicy } = stack.resources.get(id) ?? {};
      expect([deletionPolicy, updateReplacePolicy], id).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    }
    expect(only(all('AWS::KMS::Key'), 'PendingWindowInDays')).to.deep.equal(Object.fromEntries(ids.map((id) => [id, [30]])));
  });

  primaryOnly('LKC-96', 'are looked after by people who have signed in with a second factor within the hour, and can neither use nor take them away', ({ all, short, region }) => {
    const { Administrators } = all('AWS::IAM::Role') as Record<string, Row>;
    expect(only({ Administrators } as Row, 'RoleName', 'MaxSessionDuration', 'AssumeRolePolicyDocument')).to.deep.equal({
      Administrators: [
        `lookcard-administrators-${short}-main-${region}`,
        3600,
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: root, Action: ['sts:AssumeRole'], Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }],
        },
      ],
    });
    const [{ PolicyDocument }] = Administrators?.['Policies'] as readonly [{ readonly PolicyDocument: unknown }];
    const secrets = ['issuer-credentials', 'notification-credentials', 'supabase-jwt'].map((name) => `arn:aws:secretsmanager:${region}:${own}:secret:lookcard-${name}-${short}-main-??????`);
    const throughSecrets = { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` }, 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/lookcard-key-${short}-main/data` } };
    expect(plain(PolicyDocument)).to.deep.equal({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: care, Resource: ids.map((id) => `${id}.Arn`) },
        { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'], Resource: secrets },
        { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [`arn:aws:kms:${region}:${own}:key/*`], Condition: throughSecrets },
      ],
    });
  });

  it('give their use to nobody at large, while CloudFormation can manage them', () => {
    expect(keyAdministration.filter(isUse)).to.deep.equal([]);
    expect(keyAdministration).to.include.members(['kms:DescribeKey', 'kms:PutKeyPolicy', 'kms:GetKeyPolicy', 'kms:TagResource', 'kms:ScheduleKeyDeletion', 'kms:ReplicateKey']);
    expect(care.filter((action) => isUse(action) || /^kms:(Put|Schedule|Disable)/.test(action))).to.deep.equal([]);
  });

  it('keep the circles apart: no service has keys of both', () => {
    const [crypto, ...others] = [...services].sort((row) => (row.name === 'crypto-api' ? -1 : 0));
    expect(crypto?.name).to.equal('crypto-api');
    const mixed = [{ ...crypto!, keys: ['crypto-signing', 'liquidity'] as const }, ...others];
    expect(() => keysOf(mixed).build(contextOf())).to.throw('Service crypto-api: it has keys of crypto and liquidity. LKC-90 keeps those apart; make two services of it.');
  });

  it('are used by no role twice over', () => {
    const circles = [['crypto-signing', 'crypto-wrapping'], ['liquidity']] as const;
    const [crypto, liquidity] = circles.map((names) => services.filter(({ keys: named = [] }) => names.some((name) => named.includes(name as never))).map(({ name }) => name));
    expect(crypto?.filter((name) => liquidity?.includes(name))).to.deep.equal([]);
  });
});
