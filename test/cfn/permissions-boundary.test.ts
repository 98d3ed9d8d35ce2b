import { expect } from 'chai';
import { Role, ManagedPolicy } from '../../src/cfn/generated/iam';
import { TemplateBuilder } from '../../src/cfn';
import { builderOf, context } from './builder';

const trust = { AssumeRolePolicyDocument: {} };
const boundaryOf = (t: TemplateBuilder<Record<string, never>, unknown>, id: string): unknown => JSON.parse(JSON.stringify(t.template.Resources[id])).Properties.PermissionsBoundary;

describe('The permissions boundary', () => {
  it('is on every role that a system makes, without the author’s doing', () => {
    const t = builderOf();
    t.add('Role', new Role(trust));
    expect(boundaryOf(t, 'Role')).to.deep.equal({ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/meridian-boundary' });
  });

  it('is on no other type', () => {
    const t = builderOf();
    t.add('Policy', new ManagedPolicy({ PolicyDocument: {} }));
    expect(boundaryOf(t, 'Policy')).to.equal(undefined);
  });

  it('is not on the roles of bootstrap, which makes it', () => {
    const t = new TemplateBuilder<Record<string, never>, unknown>('bootstrap', { description: 'bootstrap', parameters: {} }, { ...context, bounded: false });
    t.add('Role', new Role(trust));
    expect(boundaryOf(t, 'Role')).to.equal(undefined);
  });
});
