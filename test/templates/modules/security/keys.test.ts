import { expect } from 'chai';
import { Fn, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { key, keyAdministration, mayBeSignedWith } from '../../../../templates/modules/security/key';
import { replicaKey } from '../../../../templates/modules/security/replica-key';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

interface Policy {
  readonly Statement: readonly { readonly Sid: string; readonly Condition?: unknown }[];
}

const policyOf = (t: TemplateBuilder<Parameters, unknown>, id: string): Policy => properties(t, id)['KeyPolicy'] as Policy;

describe('A key', () => {
  it('stays in its region unless it is to be replicated', () => {
    const t = builderOf();
    key(t, 'Own', { description: 'x', alias: t.resourceName('own') });
    key(t, 'Shared', { description: 'x', alias: t.resourceName('shared'), multiRegion: true });
    expect(properties(t, 'Own')).not.to.have.property('MultiRegion');
    expect(properties(t, 'Shared')['MultiRegion']).to.equal(true);
  });

  it('has replicas with its policy, an alias and a policy of deletion of their own', () => {
    const t = builderOf();
    const settings = { description: 'x', alias: t.resourceName('shared'), grantsThrough: ['eks'] };
    key(t, 'Key', settings);
    replicaKey(t, 'Copy', { ...settings, primaryKeyArn: Fn.Ref('KeyArn'), when: t.isSecondary });
    expect(policyOf(t, 'Copy')).to.deep.equal(policyOf(t, 'Key'));
    expect(emitted(t)['Copy']).to.deep.include({ Condition: 'IsSecondary', DeletionPolicy: 'RetainExceptOnCreate' });
    expect(emitted(t)['CopyAlias']).to.deep.include({ Condition: 'IsSecondary' });
    expect(properties(t, 'CopyAlias')['AliasName']).to.deep.equal({ 'Fn::Sub': 'alias/kasha-shared-prod-${EnvironmentSuffix}' });
  });

  it('can be granted on to services only, of which some are named because KMS does not know their grants', () => {
    const condition = (grantsThrough?: readonly string[]): unknown => {
      const t = builderOf();
      key(t, 'Key', { description: 'x', alias: t.resourceName('own'), grantsThrough });
      return policyOf(t, 'Key').Statement.find(({ Sid }) => Sid === 'GrantsForServicesOnly')?.Condition;
    };
    const BoolIfExists = { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' };
    expect(condition()).to.deep.equal({ BoolIfExists });
    expect(condition(['eks'])).to.deep.equal({ BoolIfExists, StringNotEqualsIfExists: { 'kms:ViaService': [{ 'Fn::Sub': 'eks.${AWS::Region}.${AWS::URLSuffix}' }] } });
  });

  it('is used by named roles only when told so, and its account administers it without using it', () => {
    const t = builderOf();
    const use = { roles: [t.resourceName('signer', 'account')], actions: mayBeSignedWith };
    key(t, 'Signing', { description: 'x', alias: t.resourceName('signing'), use, signs: 'ECC_SECG_P256K1' });
    key(t, 'Unused', { description: 'x', alias: t.resourceName('unused'), use: { ...use, roles: [] } });
    const [account, grants, roles] = policyOf(t, 'Signing').Statement as readonly Readonly<Record<string, unknown>>[];
    expect([account?.['Action'], grants?.['Sid']]).to.deep.equal([[...keyAdministration], 'GrantsForServicesOnly']);
    expect([roles?.['Action'], roles?.['Condition']]).to.deep.equal([[...mayBeSignedWith], { ArnEquals: { 'aws:PrincipalArn': [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/kasha-signer-prod-${EnvironmentSuffix}-${AWS::Region}' }] } }]);
    expect(policyOf(t, 'Unused').Statement.map(({ Sid }) => Sid)).to.deep.equal(['AccountAdministers', 'GrantsForServicesOnly']);
  });

  it('that signs says with what, and nothing of a rotation that AWS has not', () => {
    const t = builderOf();
    key(t, 'Signing', { description: 'x', alias: t.resourceName('signing'), signs: 'ECC_SECG_P256K1' });
    expect(properties(t, 'Signing')).to.include({ KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' }).and.not.to.have.any.keys('EnableKeyRotation', 'RotationPeriodInDays');
  });
});
