import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import type { Template } from '../../../src/resolve';
import type { NatSettings } from '../../../templates/modules/network/nat';
import { network } from '../../../templates/systems/customer-portal/network';
import { contextOf } from './built';

/** The network of production with another NAT. */
function builtWith(nat: NatSettings): Template {
  const context = contextOf('production');
  return JSON.parse(render(network.build({ ...context, settings: { ...context.settings, nat } }).template)) as Template;
}

const ids = ({ Resources = {} }: Template, type: string): readonly string[] => Object.entries(Resources).filter(([, { Type }]) => Type === type).map(([id]) => id);

describe('Customer portal with NAT gateways', () => {
  const gateways = builtWith({ mode: 'gateway', count: 'zone' });
  const instances = builtWith({ mode: 'instance', instanceType: 't4g.small' });

  it('CUS-09 is one setting away', () => {
    expect(ids(gateways, 'AWS::EC2::NatGateway')).to.deep.equal(['NatGateway1', 'NatGateway2', 'NatGateway3']);
    expect(Object.keys(gateways.Outputs ?? {})).to.deep.equal(Object.keys(instances.Outputs ?? {}));
  });

  it('CUS-09 has nothing left of instances, not even the way to their packages', () => {
    const own = ['AWS::EC2::NetworkInterface', 'AWS::EC2::EIPAssociation', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::IAM::InstanceProfile', 'AWS::CloudWatch::Alarm'];
    expect(own.flatMap((type) => ids(gateways, type))).to.deep.equal([]);
    expect(own.flatMap((type) => ids(instances, type))).to.have.length(21);
    expect(JSON.stringify(gateways)).not.to.include('al2023');
    expect(Object.keys(gateways.Parameters ?? {})).not.to.include('AlarmTopicArn');
  });

  it('CUS-09 has addresses of its own, because the instances’ are in use until gateways stand', () => {
    expect(ids(gateways, 'AWS::EC2::EIP')).to.have.length(3);
    expect(ids(gateways, 'AWS::EC2::EIP').filter((id) => ids(instances, 'AWS::EC2::EIP').includes(id))).to.deep.equal([]);
  });

  it('CUS-12 keeps the route tables and routes that it has with instances', () => {
    for (const type of ['AWS::EC2::RouteTable', 'AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation']) {
      expect(ids(gateways, type), type).to.deep.equal(ids(instances, type));
    }
  });
});
