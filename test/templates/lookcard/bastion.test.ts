import { expect } from 'chai';
import { bastion } from '../../../templates/systems/lookcard/bastion';
import { network } from '../../../templates/systems/lookcard/network';
import { requirement } from '../../requirements/requirement';
import { only, plain } from '../plain';
import { environmentNames, ofType, regionsOf, resolved } from './built';

type Row = Readonly<Record<string, any>>;

/** Asserts something of every environment's bastion in each of its regions. */
function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: string, environment: (typeof environmentNames)[number]) => void): void {
  for (const environment of environmentNames) {
    for (const region of regionsOf(environment)) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(bastion, region, environment), type), region, environment));
    }
  }
}

describe('LookCard bastion', () => {
  everywhere('LKC-32', 'is one small instance in a private subnet, without key pair, public address or start-up script', (all) => {
    expect(only(all('AWS::EC2::Instance'), 'InstanceType', 'ImageId', 'NetworkInterfaces', 'IamInstanceProfile', 'KeyName', 'UserData')).to.deep.equal({
      Bastion: [
        't4g.nano',
        '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}',
        [{ DeviceIndex: '0', SubnetId: { 'Fn::Select': [0, '<PrivateSubnetIds>'] }, GroupSet: ['<BastionSecurityGroupId>'], AssociatePublicIpAddress: false, DeleteOnTermination: true }],
        'BastionProfile',
        undefined,
        undefined,
      ],
    });
  });

  everywhere('LKC-32', 'hands its credentials out for a token only, and has an encrypted disk', (all) => {
    expect(only(all('AWS::EC2::Instance'), 'MetadataOptions', 'BlockDeviceMappings')).to.deep.equal({
      Bastion: [
        { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        [{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 8, Encrypted: true, KmsKeyId: '<DataKeyArn>', DeleteOnTermination: true } }],
      ],
    });
  });

  everywhere('LKC-32 LKC-63', 'has a role of its own that lets Session Manager open it, log sessions and nothing else', (all, region) => {
    const allow = (Resource: readonly unknown[], ...Action: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
    expect(only(all('AWS::IAM::InstanceProfile'), 'Roles')).to.deep.equal({ BastionProfile: [['BastionRole']] });
    expect(only(all('AWS::IAM::Role'), 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns')).to.deep.equal({
      BastionRole: [
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: ['sts:AssumeRole'] }] },
        [
          {
            PolicyName: 'own',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                allow([`arn:aws:ec2:${region}:111111111111:instance/*`], 'ssm:UpdateInstanceInformation'),
                allow(['*'], 'ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'),
                allow(['BastionSessionLog.Arn'], 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'),
                allow([`arn:aws:logs:${region}:111111111111:log-group:*`], 'logs:DescribeLogGroups'),
                allow(['<DataKeyArn>'], 'kms:Decrypt'),
              ],
            },
          },
        ],
        undefined,
      ],
    });
  });

  everywhere('LKC-32', 'logs sessions as they run, encrypted, and ends them', (all, _, environment) => {
    expect(only(all('AWS::Logs::LogGroup'), 'KmsKeyId', 'RetentionInDays')).to.deep.equal({ BastionSessionLog: ['<DataKeyArn>', environment === 'production' ? 400 : 14] });
    const { BastionSession } = all('AWS::SSM::Document') as Readonly<Record<string, Row>>;
    expect([BastionSession?.['DocumentType'], BastionSession?.['Content'].sessionType]).to.deep.equal(['Session', 'Standard_Stream']);
    const { cloudWatchLogGroupName, cloudWatchEncryptionEnabled, cloudWatchStreamingEnabled, kmsKeyId, idleSessionTimeout, maxSessionDuration } = BastionSession?.['Content'].inputs as Row;
    expect(plain([cloudWatchLogGroupName, kmsKeyId, cloudWatchEncryptionEnabled, cloudWatchStreamingEnabled, idleSessionTimeout, maxSessionDuration])).to.deep.equal(['BastionSessionLog', '<DataKeyArn>', true, true, '15', '60']);
  });

  for (const environment of environmentNames) {
    for (const region of regionsOf(environment)) {
      requirement('LKC-32', `lets nobody connect to the bastion, and the bastion only to the proxy and the endpoints: ${environment} in ${region}`, () => {
        const { BastionSecurityGroup } = ofType(resolved(network, region, environment), 'AWS::EC2::SecurityGroup');
        expect(BastionSecurityGroup).not.to.have.property('SecurityGroupIngress');
        const { BastionToProxy, BastionToEndpoints, ...others } = ofType(resolved(network, region, environment), 'AWS::EC2::SecurityGroupEgress');
        expect(only({ BastionToProxy, BastionToEndpoints }, 'GroupId', 'FromPort', 'ToPort', 'DestinationSecurityGroupId')).to.deep.equal({
          BastionToProxy: ['BastionSecurityGroup.GroupId', 5432, 5432, 'ProxySecurityGroup.GroupId'],
          BastionToEndpoints: ['BastionSecurityGroup.GroupId', 443, 443, 'EndpointsSecurityGroup.GroupId'],
        });
        expect(only(others, 'GroupId')).to.deep.equal({
          ProxyToDatabase: ['ProxySecurityGroup.GroupId'],
          RotationToDatabase: ['RotationSecurityGroup.GroupId'],
          RotationToCache: ['RotationSecurityGroup.GroupId'],
          RotationToEndpoints: ['RotationSecurityGroup.GroupId'],
        });
      });
    }
  }
});
