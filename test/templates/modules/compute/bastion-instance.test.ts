import { expect } from 'chai';
import { bastionInstance } from '../../../../templates/modules/compute/bastion-instance';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';
import { builderOf } from '../../../cfn/builder';
import { value } from './behind-load-balancer';
import { emitted, properties } from '../emitting';

const t = builderOf();
const keyArn = value('key');
const log = logGroup(t, 'Log', { name: t.resourceName('log'), retentionInDays: 14, keyArn });
bastionInstance(t, 'Bastion', { name: t.resourceName('bastion'), roleName: t.resourceName('bastion', 'account'), subnetId: 'subnet-1', securityGroupId: 'sg-1', keyArn, log });

describe('The bastion', () => {
  const instance = properties(t, 'Bastion');

  it('has no key pair, no public address and one group that somebody else fills', () => {
    for (const property of ['KeyName', 'UserData']) expect(instance).not.to.have.property(property);
    expect(instance).to.deep.include({
      NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: 'subnet-1', GroupSet: ['sg-1'], AssociatePublicIpAddress: false, DeleteOnTermination: true }],
      InstanceType: 't4g.nano',
    });
  });

  it('answers for its credentials with a token and within the instance only', () => {
    expect(instance['MetadataOptions']).to.deep.equal({ HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  it('has a disk encrypted with the key that it is given', () => {
    const [{ Ebs }] = instance['BlockDeviceMappings'] as readonly [{ readonly Ebs: Readonly<Record<string, unknown>> }];
    expect(Ebs).to.deep.include({ Encrypted: true, VolumeType: 'gp3', DeleteOnTermination: true });
    expect(Ebs['KmsKeyId']).to.deep.equal(properties(t, 'Log')['KmsKeyId']);
  });

  it('starts from the newest Amazon Linux for Arm', () => {
    expect(instance['ImageId']).to.match(/^\{\{resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/al2023-.*-arm64\}\}$/);
  });

  it('may be opened by Session Manager, decrypt its sessions, log them and nothing else', () => {
    const [{ PolicyDocument }] = properties(t, 'BastionRole')['Policies'] as readonly [{ readonly PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] } }];
    expect(PolicyDocument.Statement.flatMap(({ Action }) => Action)).to.have.members([
      'ssm:UpdateInstanceInformation',
      ...['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map((action) => `ssmmessages:${action}`),
      ...['CreateLogStream', 'PutLogEvents', 'DescribeLogStreams', 'DescribeLogGroups'].map((action) => `logs:${action}`),
      'kms:Decrypt',
    ]);
    expect(properties(t, 'BastionRole')).not.to.have.property('ManagedPolicyArns');
    expect(Object.values(emitted(t)).filter(({ Type }) => Type === 'AWS::IAM::Role')).to.have.length(1);
  });
});
