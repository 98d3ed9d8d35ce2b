import { expect } from 'chai';
import { concreteTemplate, type TemplateResource } from '../../src/resolve';
import { plain } from '../templates/plain';
import { resolveRoot } from './resolving';

const trust = '{"Statement":[{"Effect":"Allow","Principal":{"Federated":"${Identity}"},"Condition":{"StringEquals":{"${Issuer}:sub":"system:serviceaccount:shop:api","${AWS::Region}:aud":"sts"}}}]}';
const issuer = { 'Fn::Select': [1, { 'Fn::Split': ['oidc-provider/', { Ref: 'Identity' }] }] };

/** What an instance holds of a role, or another type, with these properties. */
function propertiesOf(Properties: Readonly<Record<string, unknown>>, Type = 'AWS::IAM::Role') {
  const Resources: Readonly<Record<string, TemplateResource>> = { Identity: { Type: 'AWS::IAM::OIDCProvider' }, Role: { Type, Properties } };
  return resolveRoot({ Resources });
}

const resolved = (properties: Readonly<Record<string, unknown>>, type?: string): unknown => plain(propertiesOf(properties, type).resource('Role')?.properties);

describe('a policy document that is JSON text', () => {
  it('is read like an object, with what only deployment tells in its values and named in its keys', () => {
    expect(resolved({ AssumeRolePolicyDocument: { 'Fn::Sub': [trust, { Issuer: issuer }] } })).to.deep.equal({
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Federated: 'Identity' }, Condition: { StringEquals: { '${Identity}:sub': 'system:serviceaccount:shop:api', 'us-east-1:aud': 'sts' } } }],
      },
    });
  });

  it('reaches rules as an object in the concrete template, its references as such', () => {
    const template = concreteTemplate(propertiesOf({ AssumeRolePolicyDocument: { 'Fn::Sub': [trust, { Issuer: issuer }] } }), '');
    expect(template.Resources['Role']?.Properties).to.have.nested.property('AssumeRolePolicyDocument.Statement[0].Principal').that.deep.equals({ Federated: { Ref: 'Identity' } });
  });

  it('is read among the inline policies of a role, and in policies of their own', () => {
    const PolicyDocument = { 'Fn::Sub': '{"Statement":[{"Resource":"arn:aws:s3:::a-${AWS::Region}/${Identity}"}]}' };
    const read = { Statement: [{ Resource: { 'Fn::Join': ['', ['arn:aws:s3:::a-us-east-1/', 'Identity']] } }] };
    expect(resolved({ Policies: [{ PolicyName: 'own', PolicyDocument }] })).to.deep.equal({ Policies: [{ PolicyName: 'own', PolicyDocument: read }] });
    expect(resolved({ PolicyDocument }, 'AWS::IAM::ManagedPolicy')).to.deep.equal({ PolicyDocument: read });
  });

  it('stays text where it is no JSON object, where the service takes text only, and where nothing of it is known', () => {
    for (const text of ['{"Statement":', '["a"]', '7']) expect(resolved({ AssumeRolePolicyDocument: text })).to.deep.equal({ AssumeRolePolicyDocument: text });
    expect(resolved({ PolicyDocument: '{"Statement":[]}' }, 'AWS::Logs::ResourcePolicy')).to.deep.equal({ PolicyDocument: '{"Statement":[]}' });
    expect(resolved({ AssumeRolePolicyDocument: { Ref: 'Identity' } })).to.deep.equal({ AssumeRolePolicyDocument: 'Identity' });
  });
});
