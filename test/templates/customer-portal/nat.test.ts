import { expect } from 'chai';
import { natInstanceScript } from '../../../templates/modules/network/nat-instance-script';
import { network } from '../../../templates/systems/customer-portal/network';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { bothRegions, environmentNames, ofType, resolved, type EnvironmentName } from './built';

type Region = (typeof bothRegions)[number];
type Row = Readonly<Record<string, any>>;

const zones = [1, 2, 3];
const account = '111111111111';
const inside: Readonly<Record<Region, string>> = { 'us-east-1': '10.30', 'ap-southeast-1': '10.40' };
const short: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
const byZone = <T>(id: string, of: (zone: number) => T): Readonly<Record<string, T>> => Object.fromEntries(zones.map((zone) => [`${id}${zone}`, of(zone)]));

/** Asserts something of every environment's NAT in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, named: (part: string) => string, region: Region) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(network, region, environment), type), (part) => `cus-${part}-${short[environment]}-main`, region));
    }
  }
}

describe('Customer portal NAT', () => {
  everywhere('CUS-09 CUS-11', 'gives each zone a network interface that forwards, with an address that stays, and no NAT gateway', (all) => {
    expect(only(all('AWS::EC2::NetworkInterface'), 'SubnetId', 'SourceDestCheck', 'GroupSet')).to.deep.equal(byZone('NatInterface', (zone) => [`PublicSubnet${zone}`, false, ['NatSecurityGroup.GroupId']]));
    expect(only(all('AWS::EC2::EIPAssociation'), 'AllocationId', 'NetworkInterfaceId')).to.deep.equal(byZone('NatInterfaceAssociation', (zone) => [`NatInterfaceAddress${zone}.AllocationId`, `NatInterface${zone}`]));
    expect(only(all('AWS::EC2::EIP'), 'Domain')).to.deep.equal(byZone('NatInterfaceAddress', () => ['vpc']));
    expect(all('AWS::EC2::NatGateway')).to.deep.equal({});
  });

  everywhere('CUS-09 CUS-11 CUS-61', 'keeps one instance in each zone, starts its successor first and lets none grow older than a month', (all, named) => {
    const group = (zone: number) => [
      named(`nat-${zone}`),
      [`PublicSubnet${zone}`],
      { LaunchTemplateId: `NatTemplate${zone}`, Version: `NatTemplate${zone}.LatestVersionNumber` },
      ['1', '1', '1'],
      'EC2',
      [120, 660],
      (27 + zone) * 86_400,
      { MinHealthyPercentage: 100, MaxHealthyPercentage: 200 },
      [{ Granularity: '1Minute', Metrics: ['GroupInServiceInstances'] }],
    ];
    const groups: Row = all('AWS::AutoScaling::AutoScalingGroup');
    const read = ({ AutoScalingGroupName, VPCZoneIdentifier, LaunchTemplate, MinSize, MaxSize, DesiredCapacity, HealthCheckType, HealthCheckGracePeriod, DefaultInstanceWarmup, MaxInstanceLifetime, InstanceMaintenancePolicy, MetricsCollection }: Row): unknown[] =>
      [AutoScalingGroupName, VPCZoneIdentifier, LaunchTemplate, [MinSize, MaxSize, DesiredCapacity], HealthCheckType, [HealthCheckGracePeriod, DefaultInstanceWarmup], MaxInstanceLifetime, InstanceMaintenancePolicy, MetricsCollection];
    expect(plain(Object.fromEntries(Object.entries(groups).map(([id, each]) => [id, read(each as Row)])))).to.deep.equal(byZone('NatGroup', group));
  });

  everywhere('CUS-09 CUS-11 CUS-61', 'starts Amazon Linux 2023 on Arm, newest image, without a key, with metadata by token only and an encrypted disk, and makes it NAT', (all, named, region) => {
    const data = (zone: number) => ({
      ImageId: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
      InstanceType: 't4g.small',
      InstanceInitiatedShutdownBehavior: 'terminate',
      IamInstanceProfile: { Arn: `NatProfile${zone}.Arn` },
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, DeleteOnTermination: true, Groups: ['NatInstanceSecurityGroup.GroupId'] }],
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 8, Encrypted: true, DeleteOnTermination: true } }],
      Monitoring: { Enabled: true },
    });
    const templates: Row = all('AWS::EC2::LaunchTemplate');
    const read = ({ LaunchTemplateName, LaunchTemplateData: { UserData, TagSpecifications: _tags, ...others } }: Row): unknown[] => [LaunchTemplateName, UserData, others];
    const script = (zone: number): object => {
      const known = [`NETWORK_INTERFACE_ID='`, `NatInterface${zone}`, `'\nCLIENTS='${zones.map((each) => `${inside[region]}.${(each - 1) * 16}.0/20`).join(', ')}'\nPORTS='443'\nREGION='${region}'\nSTACK_ID='`, 'AWS::StackId', `'\nGROUP='NatGroup${zone}'`];
      const [first, ...others] = known;
      return { 'Fn::Base64': [{ 'Fn::Join': ['', [`#!/bin/bash\n${first}`, ...others.slice(0, -1), `${others.at(-1)}\n${natInstanceScript}`]] }] };
    };
    expect(plain(Object.fromEntries(Object.entries(templates).map(([id, each]) => [id, read(each as Row)])))).to.deep.equal(byZone('NatTemplate', (zone) => [named(`nat-${zone}`), script(zone), data(zone)]));
  });

  everywhere('CUS-69', 'tags what a launch template makes, and the template', (all, named) => {
    const templates: Row = all('AWS::EC2::LaunchTemplate');
    for (const zone of zones) {
      const { TagSpecifications, LaunchTemplateData }: Row = templates[`NatTemplate${zone}`];
      const all = [...TagSpecifications, ...LaunchTemplateData.TagSpecifications] as readonly Row[];
      expect(all.map(({ ResourceType }) => ResourceType as string)).to.deep.equal(['launch-template', 'instance', 'volume', 'network-interface']);
      for (const { Tags } of all) {
        const tags = Object.fromEntries((Tags as readonly Row[]).map(({ Key, Value }) => [Key as string, Value as unknown]));
        expect(tags).to.have.all.keys('Compliance', 'CostCenter', 'Environment', 'Name', 'System');
        expect(tags).to.include({ CostCenter: 'customer-portal', System: 'customer-portal', Compliance: 'pci-dss soc2', Name: named(`nat-${zone}`) });
        expect(named('x')).to.equal(`cus-x-${short[tags['Environment'] as EnvironmentName]}-main`);
      }
    }
  });

  everywhere('CUS-70', 'lets an instance take its own zone’s interface for its own group, be opened by Session Manager, and no more', (all, named, region) => {
    const arn = (kind: string, id: string) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
    const taking = ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface'];
    const roles: Row = all('AWS::IAM::Role');
    for (const zone of zones) {
      const { AssumeRolePolicyDocument, Policies, ManagedPolicyArns, RoleName }: Row = roles[`NatRole${zone}`];
      expect(RoleName).to.equal(`${named(`nat-${zone}`)}-${region}`);
      expect(ManagedPolicyArns).to.equal(undefined);
      expect(plain(AssumeRolePolicyDocument)).to.deep.equal({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: ['sts:AssumeRole'] }] });
      const own = { 'Fn::Join': ['', [arn('network-interface', ''), `NatInterface${zone}`]] };
      expect(plain(Policies)).to.deep.equal([
        {
          PolicyName: 'own',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: taking, Resource: [own] },
              { Effect: 'Allow', Action: taking, Resource: [arn('instance', '*')], Condition: { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': named(`nat-${zone}`) } } },
              { Effect: 'Allow', Action: ['ssm:UpdateInstanceInformation'], Resource: [arn('instance', '*')] },
              { Effect: 'Allow', Action: ['ec2:DescribeNetworkInterfaces', 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'], Resource: ['*'] },
            ],
          },
        },
      ]);
    }
    expect(only(all('AWS::IAM::InstanceProfile'), 'InstanceProfileName', 'Roles')).to.deep.equal(byZone('NatProfile', (zone) => [`${named(`nat-${zone}`)}-${region}`, [`NatRole${zone}`]]));
  });

  everywhere('CUS-11 CUS-59 CUS-61', 'tells the alarm topic of an instance that EC2 finds impaired, and of a zone without one', (all, named) => {
    const alarms = zones.flatMap((zone) => [
      [`NatImpairedAlarm${zone}`, [named(`nat-${zone}-impaired`), 'AWS/EC2', 'StatusCheckFailed', zone, 'Maximum', 'GreaterThanOrEqualToThreshold', 1, 60, 2, 'notBreaching']] as const,
      [`NatMissingAlarm${zone}`, [named(`nat-${zone}-missing`), 'AWS/AutoScaling', 'GroupInServiceInstances', zone, 'Minimum', 'LessThanThreshold', 1, 60, 5, 'breaching']] as const,
    ]);
    const expected = Object.fromEntries(
      alarms.map(([id, [name, namespace, metric, zone, ...how]]) => [id, [name, namespace, metric, [{ Name: 'AutoScalingGroupName', Value: named(`nat-${zone}`) }], ...how, ['<AlarmTopicArn>'], true]]),
    );
    const keys = ['AlarmName', 'Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ComparisonOperator', 'Threshold', 'Period', 'EvaluationPeriods', 'TreatMissingData', 'AlarmActions', 'ActionsEnabled'];
    expect(only(all('AWS::CloudWatch::Alarm'), ...keys)).to.deep.equal(expected);
  });
});
