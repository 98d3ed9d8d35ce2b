import { expect } from 'chai';
import { Fn, stringToken } from '../../src/cfn';
import { render } from '../../src/cfn/render';
import { vpc } from '../../templates/modules/network/vpc';
import type { NatOfVpc } from '../../templates/modules/network/nat';
import { builderOf } from '../cfn/builder';
import { Rehearsal, type Template } from './rehearsal';

type InstanceType = Extract<NatOfVpc, { readonly mode: 'instance' }>['instanceType'];

const topic = stringToken(Fn.Sub('arn:aws:sns:us-east-1:111111111111:alarms'));

/** A VPC behind NAT of some kind. */
function behind(nat: NatOfVpc): Template {
  const t = builderOf();
  vpc(t, {
    cidrs: { 'us-east-1': '10.0.0.0/16', 'ap-southeast-1': '10.1.0.0/16' },
    zones: 3,
    tiers: [{ name: 'Public', prefix: 24, internet: 'gateway' }, { name: 'Service', prefix: 20, internet: 'nat' }],
    nat,
  });
  return JSON.parse(render(t.template)) as Template;
}

const behindInstances = (instanceType: InstanceType): Template => behind({ mode: 'instance', instanceType, topic });

describe('NAT instances on the local AWS', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  it('stand, change their type by a new version of the launch template, and go without a trace', async () => {
    const options = { capabilities: ['CAPABILITY_NAMED_IAM'] } as const;
    const traces = () => Promise.all([
      ...['DescribeNetworkInterfaces', 'DescribeAddresses', 'DescribeLaunchTemplates'].map((action) => aws.query('ec2', action)),
      aws.query('autoscaling', 'DescribeAutoScalingGroups'),
      aws.query('iam', 'ListInstanceProfiles'),
    ]).then((answers) => answers.map((answer) => answer.replace(/<(RequestId|requestId)>.*?<\/\1>/g, '')));
    const before = await traces();

    const stack = await aws.create(behindInstances('t4g.nano'), options);
    expect(stack.reasons).to.equal('');
    expect(stack.status).to.equal('CREATE_COMPLETE');
    const [interfaces, , templates, groups] = await traces();
    expect(interfaces!.match(/<sourceDestCheck>false<\/sourceDestCheck>/g)).to.have.length(3);
    expect(templates!.match(/<latestVersionNumber>1</g)).to.have.length(3);
    expect(groups!.match(/<MaxSize>1<\/MaxSize>/g)).to.have.length(3);

    const changed = await aws.update(stack, behindInstances('t4g.small'), options);
    expect(changed.status).to.equal('UPDATE_COMPLETE');
    expect(changed.events).to.include.members([1, 2, 3].map((zone) => `NatGroup${zone} UPDATE_COMPLETE`));
    expect(changed.events.join()).not.to.match(/NatInterface|Route/);

    expect((await aws.remove(changed)).status).to.equal('DELETE_COMPLETE');
    expect(await traces()).to.deep.equal(before);
  });

  it('give way to NAT gateways in one update, by which routes move and nothing of the network is replaced', async () => {
    const options = { capabilities: ['CAPABILITY_NAMED_IAM'] } as const;
    const stack = await aws.create(behindInstances('t4g.small'), options);
    const changed = await aws.update(stack, behind({ mode: 'gateway', count: 'zone' }), options);
    expect(changed.status).to.equal('UPDATE_COMPLETE');
    expect(changed.events).to.include.members([1, 2, 3].map((zone) => `PrivateDefaultRoute${zone} UPDATE_COMPLETE`));
    expect(changed.events.join()).not.to.match(/Subnet|RouteTable|PublicDefaultRoute/);
    expect((await aws.query('ec2', 'DescribeNatGateways')).match(/<state>available<\/state>/g)).to.have.length(3);
    expect(await aws.query('ec2', 'DescribeNetworkInterfaces')).not.to.include('NAT of zone');
    expect((await aws.remove(changed)).status).to.equal('DELETE_COMPLETE');
  });
});
