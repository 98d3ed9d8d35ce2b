import { expect } from 'chai';
import { key } from '../../../templates/systems/fintech-global/key';
import { security } from '../../../templates/systems/fintech-global/security';
import { only } from '../plain';
import { everywhereOf, type Region } from './everywhere';

const own = '111111111111';
const dataKeyArn = `arn:aws:kms:us-east-1:${own}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
const parameters = { DomainName: 'fintechglobal.example.com', AlertEmail: 'platform@example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ', PrimaryDataKeyArn: dataKeyArn };
const aliases = { production: 'alias/fintech-data-key', staging: 'alias/fintech-data-key-staging', develop: 'alias/fintech-data-key-develop' } as const;

/** Who may use the key in a region, for everything that is encrypted there. */
function policyIn(region: Region): unknown {
  const Resource = ['*'];
  const fromThisAccount = { StringEquals: { 'aws:SourceAccount': own } };
  const throughVolumes = { StringEquals: { 'kms:CallerAccount': own, 'kms:ViaService': `ec2.${region}.amazonaws.com` } };
  const publishes = (Sid: string, Service: string) => ({ Sid, Effect: 'Allow', Principal: { Service }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: fromThisAccount, Resource });
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'AccountAdministers', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: ['kms:*'], Resource },
      {
        Sid: 'GrantsForServicesOnly',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['kms:CreateGrant'],
        Resource,
        Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' }, StringNotEqualsIfExists: { 'kms:ViaService': [`eks.${region}.amazonaws.com`] } },
      },
      {
        Sid: 'LogsMayEncrypt',
        Effect: 'Allow',
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${own}:*` } },
        Resource,
      },
      { Sid: 'VolumesMayEncrypt', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], Condition: throughVolumes, Resource },
      { Sid: 'VolumesMayBeAttached', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['kms:CreateGrant'], Condition: { ...throughVolumes, Bool: { 'kms:GrantIsForAWSResource': 'true' } }, Resource },
      publishes('AlarmsMayPublish', 'cloudwatch.amazonaws.com'),
      publishes('EventsMayPublish', 'events.amazonaws.com'),
      publishes('BudgetsMayPublish', 'budgets.amazonaws.com'),
      publishes('AnomaliesMayPublish', 'costalerts.amazonaws.com'),
    ],
  };
}

describe('FinTech Global data key', () => {
  const inPrimary = everywhereOf(key, () => ({}), ['us-east-1']);
  const inBoth = everywhereOf(security, () => parameters);
  const inSecondary = everywhereOf(security, () => parameters, ['ap-southeast-1']);

  inPrimary('FTG-50 FTG-52', 'is one for all data, rotates each year, and can be replicated', ({ all, environment }) => {
    expect(only(all('AWS::KMS::Key'), 'MultiRegion', 'EnableKeyRotation', 'RotationPeriodInDays', 'KeySpec', 'KeyUsage', 'Enabled')).to.deep.equal({ DataKey: [true, true, 365, undefined, undefined, undefined] });
    expect(only(all('AWS::KMS::Alias'), 'AliasName', 'TargetKeyId')).to.deep.equal({ DataKeyAlias: [aliases[environment], 'DataKey'] });
  });

  inPrimary('FTG-34 FTG-47 FTG-50', 'is for logs, volumes and what publishes to topics, and else for whom the account lets', ({ all, region }) => {
    expect(only(all('AWS::KMS::Key'), 'KeyPolicy')).to.deep.equal({ DataKey: [policyIn(region)] });
  });

  inBoth('FTG-50', 'has a replica in the other region, under the same alias and policy, and no second key', ({ all, environment, region, isPrimary }) => {
    expect(only(all('AWS::KMS::ReplicaKey'), 'PrimaryKeyArn', 'KeyPolicy')).to.deep.equal(isPrimary ? {} : { DataKey: [dataKeyArn, policyIn(region)] });
    expect(only(all('AWS::KMS::Alias'), 'AliasName', 'TargetKeyId')).to.deep.equal(isPrimary ? {} : { DataKeyAlias: [aliases[environment], 'DataKey'] });
    expect(all('AWS::KMS::Key')).to.deep.equal({});
  });

  inPrimary('FTG-35', 'goes with its stack outside production, after the longest time that one can think better of it', ({ all, stack, isProduction }) => {
    const { deletionPolicy, updateReplacePolicy } = stack.resources.get('DataKey') ?? {};
    expect([deletionPolicy, updateReplacePolicy]).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    expect(only(all('AWS::KMS::Key'), 'PendingWindowInDays')).to.deep.equal({ DataKey: [30] });
  });

  inSecondary('FTG-35', 'loses no replica with its stack in production', ({ all, stack, isProduction }) => {
    const { deletionPolicy, updateReplacePolicy } = stack.resources.get('DataKey') ?? {};
    expect([deletionPolicy, updateReplacePolicy]).to.deep.equal(isProduction ? ['RetainExceptOnCreate', 'Retain'] : ['Delete', 'Delete']);
    expect(only(all('AWS::KMS::ReplicaKey'), 'PendingWindowInDays')).to.deep.equal({ DataKey: [30] });
  });
});
