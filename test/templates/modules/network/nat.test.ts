import { expect } from 'chai';
import { vpc } from '../../../../templates/modules/network/vpc';
import type { NatOfVpc } from '../../../../templates/modules/network/nat';
import type { Parameters, TemplateBuilder } from '../../../../src/cfn';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;

function withNat(nat: NatOfVpc): Builder {
  const t = builderOf();
  vpc(t, {
    cidrs: { 'us-east-1': '10.0.0.0/16' },
    zones: 3,
    tiers: [{ name: 'Public', prefix: 24, internet: 'gateway' }, { name: 'Service', prefix: 20, internet: 'nat' }, { name: 'Database', prefix: 24, internet: 'none' }],
    nat,
  });
  return t;
}

const instances = withNat({ mode: 'instance', instanceType: 't4g.small', topic: value('topic') });
const count = (t: Builder, type: string): number => Object.values(emitted(t)).filter(({ Type }) => Type === type).length;
const zones = [1, 2, 3];

describe('NAT instances of a VPC', () => {
  const attributes = (id: string) => emitted(instances)[id] as unknown as Readonly<Record<string, unknown>>;

  for (const zone of zones) {
    it(`leads zone ${zone} through the interface that outlives its instances`, () => {
      expect(properties(instances, `PrivateDefaultRoute${zone}`)).to.include({ DestinationCidrBlock: '0.0.0.0/0' }).and.to.have.deep.property('NetworkInterfaceId', { Ref: `NatInterface${zone}` });
      expect(properties(instances, `ServiceSubnetRoutes${zone}`)).to.have.deep.property('RouteTableId', { Ref: `PrivateRoutes${zone}` });
    });

    it(`waits for the instance of zone ${zone} to say that it works, and not for ever`, () => {
      expect(attributes(`NatGroup${zone}`)).to.deep.include({
        CreationPolicy: { ResourceSignal: { Count: 1, Timeout: 'PT12M' } },
        UpdatePolicy: { AutoScalingRollingUpdate: { MaxBatchSize: 1, MinInstancesInService: 0, PauseTime: 'PT12M', WaitOnResourceSignals: true } },
      });
      expect(JSON.stringify(properties(instances, `NatTemplate${zone}`)['LaunchTemplateData'])).to.include(`GROUP='NatGroup${zone}'`);
    });

    it(`starts the instance of zone ${zone} when it can reach the internet, and after the zones before it`, () => {
      expect(attributes(`NatGroup${zone}`)['DependsOn']).to.have.members([
        ...(zone > 1 ? [`NatGroup${zone - 1}`] : []),
        'NatInstanceToHttps',
        'NatTo443',
        'PublicDefaultRoute',
        ...zones.map((each) => `PublicSubnetRoutes${each}`),
      ]);
    });
  }

  it('are of the type that the settings name', () => {
    const nano = withNat({ mode: 'instance', instanceType: 't4g.nano', topic: value('topic') });
    expect(properties(nano, 'NatTemplate1')).to.have.nested.property('LaunchTemplateData.InstanceType', 't4g.nano');
  });
});

describe('NAT gateways of a VPC', () => {
  const cases = [
    { many: 'zone', gateways: 3, behind: [1, 2, 3] },
    { many: 'single', gateways: 1, behind: [1, 1, 1] },
  ] as const;
  for (const { many, gateways, behind } of cases) {
    it(`are ${gateways} with count ${many}, without anything of instances`, () => {
      const t = withNat({ mode: 'gateway', count: many });
      expect(count(t, 'AWS::EC2::NatGateway')).to.equal(gateways);
      expect(['AWS::EC2::NetworkInterface', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::LaunchTemplate', 'AWS::IAM::Role', 'AWS::EC2::SecurityGroup', 'AWS::CloudWatch::Alarm'].filter((type) => count(t, type) > 0)).to.deep.equal([]);
      for (const [index, table] of behind.entries()) {
        expect(properties(t, `ServiceSubnetRoutes${index + 1}`)).to.have.deep.property('RouteTableId', { Ref: `PrivateRoutes${table}` });
        expect(properties(t, `PrivateDefaultRoute${table}`)).to.have.deep.property('NatGatewayId', { Ref: `NatGateway${table}` });
      }
    });
  }
});

describe('A VPC without NAT', () => {
  const closed = withNat({ mode: 'none' });

  it('leads nowhere from behind the public tier', () => {
    for (const type of ['NatGateway', 'EIP', 'NetworkInterface']) expect(count(closed, `AWS::EC2::${type}`), type).to.equal(0);
    expect(Object.entries(emitted(closed)).filter(([, { Type }]) => Type === 'AWS::EC2::Route').map(([id]) => id)).to.deep.equal(['PublicDefaultRoute']);
  });

  for (const zone of zones) {
    it(`has the table of zone ${zone} all the same, so that NAT can come later without moving a subnet`, () => {
      expect(properties(closed, `ServiceSubnetRoutes${zone}`)).to.have.deep.property('RouteTableId', { Ref: `PrivateRoutes${zone}` });
    });
  }
});
