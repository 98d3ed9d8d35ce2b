import { expect } from 'chai';
import { originsOf, type StackOnPath } from '../../../src/rollout/diagnose/origin';

const parameter = { Type: 'String' };
const root: StackOnPath = {
  template: {
    Parameters: { DomainName: parameter, KeyArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/meridian/shop/test/main/base/KeyArn' } },
    Resources: {
      Network: { Type: 'AWS::CloudFormation::Stack', Properties: {} },
      Data: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { Parameters: { SubnetIds: { 'Fn::Join': [',', { 'Fn::GetAtt': ['Network', 'Outputs.SubnetIds'] }] }, Domain: { Ref: 'DomainName' }, Key: { Ref: 'KeyArn' }, Size: 'large' } },
      },
    },
  },
  values: { DomainName: 'shop.example', KeyArn: 'arn:aws:kms:us-east-1:111111111111:key/k' },
};
const database = (properties: object): StackOnPath => ({
  logicalId: 'Data',
  template: { Parameters: { SubnetIds: parameter, Domain: parameter, Key: parameter, Size: parameter, Own: { Type: 'String', Default: 'x' } }, Resources: { Primary: { Type: 'AWS::RDS::DBInstance', Properties: { ...properties } } } },
  values: { SubnetIds: 'subnet-0a1,subnet-0b2', Domain: 'shop.example', Key: 'arn:aws:kms:us-east-1:111111111111:key/k', Size: 'large', Own: 'x' },
});
const everything = { Subnets: { Ref: 'SubnetIds' }, Name: { 'Fn::Sub': 'db.${Domain}' }, Key: { Ref: 'Key' }, Size: [{ Ref: 'Size' }], Own: { Ref: 'Own' } };
const origins = (properties: object, reason: string) => originsOf([root, database(properties)], 'Primary', reason);

describe('where the values of a failed resource come from', () => {
  for (const { reason, parameter: name, from } of [
    { reason: 'Found 1 zone in subnet-0a1', parameter: 'SubnetIds', from: ['Network ▸ Outputs.SubnetIds'] },
    { reason: 'db.shop.example is taken', parameter: 'Domain', from: ['parameter DomainName'] },
    { reason: 'arn:aws:kms:us-east-1:111111111111:key/k is disabled', parameter: 'Key', from: ['wire /meridian/shop/test/main/base/KeyArn'] },
    { reason: 'Size is refused', parameter: 'Size', from: ["Data's parameter Size"] },
    { reason: 'Own is refused', parameter: 'Own', from: ['default of parameter Own'] },
  ]) {
    it(`is told for what the reason speaks of: ${reason}`, () => {
      expect(origins(everything, reason).map((origin) => [origin.parameter, origin.from])).to.deep.equal([[name, from]]);
    });
  }

  it('is told for the first three when the reason speaks of none', () => {
    expect(origins(everything, 'Something went wrong').map((origin) => origin.parameter)).to.deep.equal(['Domain', 'Key', 'Own']);
  });

  it('is nothing for a resource that reads no parameter, or that the template no longer has', () => {
    expect(origins({ Size: 'db.t3.micro' }, 'no')).to.deep.equal([]);
    expect(originsOf([root, database({})], 'Gone', 'no')).to.deep.equal([]);
    expect(originsOf([], 'Primary', 'no')).to.deep.equal([]);
  });

  it('shows no value of a secret, as CloudFormation hides it', () => {
    const hidden = { ...database({ Password: { Ref: 'Own' } }), values: { Own: '****' } };
    expect(originsOf([root, hidden], 'Primary', 'Own')[0]?.value).to.equal('****');
  });
});
