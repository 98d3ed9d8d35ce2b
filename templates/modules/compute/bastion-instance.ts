import { Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Instance } from '../../../src/cfn/generated/ec2';
import { InstanceProfile } from '../../../src/cfn/generated/iam';
import { nameTag } from '../network/name-tag';
import { allow, arn } from '../security/policy';
import { serviceRole } from '../security/role';

/** An instance that people reach by Session Manager only. */
export interface BastionInstanceSettings {
  readonly name: Name;
  /** Account-wide name of its role and profile. */
  readonly roleName: Name;
  /** A subnet without a way in from the internet. */
  readonly subnetId: Value<string>;
  /** Lets nobody in; out to interface endpoints, and to what people reach through the instance. */
  readonly securityGroupId: Value<string>;
  /** Key of its disk and of its sessions. */
  readonly keyArn: IntrinsicFunction;
  /** Where sessions are logged. */
  readonly log: Handle<'AWS::Logs::LogGroup', 'Arn'>;
  /** @default 't4g.nano': it passes bytes on */
  readonly instanceType?: 't4g.nano' | 't4g.micro';
}

/** The newest Amazon Linux 2023 for Arm, looked up whenever the instance's stack changes it: a replacement patches it. */
const image = '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}';

/**
 * A bastion without a key pair, a public address or an open port: its agent calls Session Manager and waits there for people whom IAM lets
 * in. Its role may do that, write the sessions' log and nothing else; rights in AWS are those of the people, on their own machines.
 * It holds nothing, so it isn't protected from deletion; switched off from inside it stops and can be started again.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
export function bastionInstance(t: TemplateBuilder<Parameters, unknown>, id: string, settings: BastionInstanceSettings): Handle<'AWS::EC2::Instance', string> {
  const { name, roleName, subnetId, securityGroupId, keyArn, log, instanceType = 't4g.nano' } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: roleName,
    description: 'Lets the bastion be opened by Session Manager and log its sessions',
    service: 'ec2.amazonaws.com',
    // EC2 names no source when it hands a role to an instance.
    trustCondition: 'none',
    statements: [
      allow(['ssm:UpdateInstanceInformation'], [arn('ec2', 'instance/*')]),
      // None of these knows resource-level permissions.
      allow(['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'], ['*']),
      // The log group's ARN ends in `:*`, which covers its streams.
      allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], [log.att('Arn')]),
      // The agent looks whether the group is encrypted before it logs anything.
      allow(['logs:DescribeLogGroups'], [Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*')]),
      allow(['kms:Decrypt'], [keyArn]),
    ],
  });
  const profile = t.add(`${id}Profile`, new InstanceProfile({ InstanceProfileName: roleName, Roles: [role.ref()] }));
  return t.add(
    id,
    new Instance({
      ImageId: image,
      InstanceType: instanceType,
      NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: subnetId, GroupSet: [securityGroupId], AssociatePublicIpAddress: false, DeleteOnTermination: true }],
      IamInstanceProfile: profile.ref(),
      MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 8, Encrypted: true, KmsKeyId: keyArn, DeleteOnTermination: true } }],
      PropagateTagsToVolumeOnCreation: true,
      EbsOptimized: true,
      // Credits that it has not earned would be charged; nobody computes here.
      CreditSpecification: { CPUCredits: 'standard' },
      Monitoring: true,
      InstanceInitiatedShutdownBehavior: 'stop',
      ...nameTag(name),
    }),
  );
}
