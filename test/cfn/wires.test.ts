import { expect } from 'chai';
import { render } from '../../src/cfn/render';
import { Wire } from '../../src/cfn/wires';
import { small } from './small-system';

const { deployments } = small.build('production');
const [base, top] = deployments;
const baseRoot = JSON.parse(render(base!.root.template));
const topRoot = JSON.parse(render(top!.root.template));

describe('A wire between deployments', () => {
  it('is published in SSM Parameter Store under its system, environment, suffix, deployment and output', () => {
    expect(baseRoot.Resources.PublishVpcId.Properties).to.deep.include({
      Name: { 'Fn::Sub': '/meridian/small/production/${EnvironmentSuffix}/base/VpcId' },
      Type: 'String',
      Value: { 'Fn::GetAtt': ['Network', 'Outputs.VpcId'] },
    });
  });

  it('publishes a list as a StringList', () => {
    expect(baseRoot.Resources.PublishSubnetIds.Properties.Type).to.equal('StringList');
  });

  it('is read by a parameter of its own kind, whose default names what was published', () => {
    expect(topRoot.Parameters.BaseVpcId).to.include({ Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/meridian/small/production/main/base/VpcId' });
    expect(topRoot.Parameters.BaseSubnetIds.Type).to.equal('AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>');
  });

  it('across regions is a plain parameter of the StackSet, which remembers where the value is read', () => {
    expect(topRoot.Parameters.BaseGroupId.Type).to.equal('AWS::EC2::SecurityGroup::Id');
    expect(top!.parameters['BaseGroupId']).to.deep.equal({ from: 'region', deployment: 'base', output: 'GroupId', region: 'us-east-1' });
  });

  it('is read by a parameter that CloudFormation takes, whatever the deployment is called', () => {
    expect(new Wire('edge-foundation', 'KeyArn', 'String').parameterName).to.equal('EdgeFoundationKeyArn');
  });

  it('leaves the parameters of the parameters file to the person who deploys', () => {
    expect(top!.parameters['Email']).to.deep.equal({ from: 'file' });
  });

  it('keeps a conditional output to the stack, where nobody can be wired to it', () => {
    expect(topRoot.Outputs.OrdersArn).to.deep.equal({ Value: { 'Fn::GetAtt': ['Queue', 'Outputs.OrdersArn'] }, Condition: 'IsPrimary' });
    expect(topRoot.Resources).not.to.have.property('PublishOrdersArn');
  });
});
