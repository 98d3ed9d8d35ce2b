import { expect } from 'chai';
import { concreteTemplate, type TemplateResource } from '../../src/resolve';
import { resolveRoot } from './resolving';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** A resource of a type as rules see it. */
function seen(Type: string, Properties: Readonly<Record<string, unknown>>): unknown {
  const Resources: Readonly<Record<string, TemplateResource>> = { Item: { Type, Properties }, Vpc: { Type: 'AWS::EC2::VPC' } };
  const once = concreteTemplate(resolveRoot({ Resources }), '');
  expect(concreteTemplate(resolveRoot(once), ''), 'resolved again').to.deep.equal(once);
  return once.Resources['Item']?.Properties;
}

describe('user data', () => {
  it('is text to rules, whether the template or CloudFormation encodes it', () => {
    const read = { LaunchTemplateData: { ImageId: 'ami-1', UserData: { 'Fn::Base64': 'echo é' } } };
    for (const UserData of [{ 'Fn::Base64': 'echo é' }, base64('echo é')]) expect(seen('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-1', UserData } })).to.deep.equal(read);
    expect(seen('AWS::EC2::Instance', { UserData: base64('echo') })).to.deep.equal({ UserData: { 'Fn::Base64': 'echo' } });
    expect(seen('AWS::AutoScaling::LaunchConfiguration', { UserData: base64('echo') })).to.deep.equal({ UserData: { 'Fn::Base64': 'echo' } });
  });

  it('keeps what only deployment tells', () => {
    expect(seen('AWS::EC2::Instance', { UserData: { 'Fn::Base64': { 'Fn::Sub': 'echo ${Vpc}' } } })).to.deep.equal({ UserData: { 'Fn::Base64': { 'Fn::Join': ['', ['echo ', { Ref: 'Vpc' }]] } } });
  });

  it('stays as it is where it is no text, where there is none, and in other types', () => {
    for (const UserData of [Buffer.from([0xff, 0xfe, 0x00]).toString('base64'), 'not base64!']) expect(seen('AWS::EC2::Instance', { UserData })).to.deep.equal({ UserData });
    expect(seen('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: 'ami-1' } })).to.deep.equal({ LaunchTemplateData: { ImageId: 'ami-1' } });
    expect(seen('AWS::EC2::LaunchTemplate', { LaunchTemplateName: 'a' })).to.deep.equal({ LaunchTemplateName: 'a' });
    expect(seen('AWS::SSM::Parameter', { UserData: base64('echo') })).to.deep.equal({ UserData: base64('echo') });
  });
});
