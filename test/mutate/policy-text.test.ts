import { expect } from 'chai';
import type { Json } from '../../src/mutate/json';
import { edit, drop } from '../../src/mutate/mistakes';
import type { Resource } from '../../src/mutate/operator';
import { documentIn } from '../../src/mutate/policy-text';

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: '${Provider}' }, Condition: { StringEquals: { '${Issuer}:sub': 'a' } } }] };
const variables = { Provider: { Ref: 'Provider' }, Issuer: 'issuer' };
const role = (AssumeRolePolicyDocument: Resource['Properties']): Resource => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } as Resource['Properties'] });

describe('a mistake in a policy document that is text', () => {
  it('is made in the text, whose variables stay', () => {
    const withVariables = role({ 'Fn::Sub': [JSON.stringify(trust), variables] });
    const [altered, ...others] = drop('AssumeRolePolicyDocument.Statement[].Condition')(withVariables);
    expect([altered?.place, others]).to.deep.equal(['AssumeRolePolicyDocument.Statement[0].Condition', []]);
    const { Condition, ...open } = trust.Statement[0]!;
    expect(Condition).to.have.property('StringEquals');
    expect(altered?.resource).to.deep.equal(role({ 'Fn::Sub': [JSON.stringify({ ...trust, Statement: [open] }), variables] }));
  });

  it('is made in the short form too', () => {
    const [altered] = edit('AssumeRolePolicyDocument.Version', () => '2008-10-17')(role({ 'Fn::Sub': JSON.stringify(trust) }));
    expect(altered?.resource).to.deep.equal(role({ 'Fn::Sub': JSON.stringify({ ...trust, Version: '2008-10-17' }) }));
  });

  it('is made in no other function, nor in text that is no policy', () => {
    const others: readonly Json[] = [{ Ref: 'Document' }, { 'Fn::Sub': '{"Name": "${Name}"}' }, { 'Fn::Sub': '{"Statement":' }, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/x' }];
    for (const other of others) {
      expect(documentIn(other)).to.equal(undefined);
      expect(drop('AssumeRolePolicyDocument.Statement')(role(other))).to.deep.equal([]);
    }
  });
});
