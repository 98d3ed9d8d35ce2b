import type { Handle, Name, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { LaunchTemplate } from '../../../src/cfn/generated/ec2';
import type { SecurityGroupHandle } from './security-group';

/** How a zone's NAT instances start. */
export interface NatLaunchTemplateSettings {
  readonly instanceType: string;
  /** Of the first interface. */
  readonly group: SecurityGroupHandle;
  readonly profileArn: Value<string>;
  readonly userData: Value<string>;
}

/** The newest Amazon Linux 2023 for Arm, looked up when an instance starts and not when the stack does: replacing an instance patches it. */
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/**
 * Launch template of a NAT instance. Its first interface has a public address of its own, by which the instance sets itself up; the one
 * that it forwards by comes later. It has no key pair, its metadata answers to tokens only and not beyond the instance, its disk
 * is encrypted, and powering off ends it.
 * @param zone 1 and up
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
 */
export function natLaunchTemplate(t: TemplateBuilder<Parameters, unknown>, zone: number, settings: NatLaunchTemplateSettings): Handle<'AWS::EC2::LaunchTemplate', 'LatestVersionNumber'> {
  const { instanceType, group, profileArn, userData } = settings;
  const name = t.resourceName(`nat-${zone}`);
  const tagged = (ResourceType: string) => ({ ResourceType, Tags: tagsOf(t, name) });
  return t.add(
    `NatTemplate${zone}`,
    new LaunchTemplate({
      LaunchTemplateName: name,
      TagSpecifications: [tagged('launch-template')],
      LaunchTemplateData: {
        ImageId: image,
        InstanceType: instanceType,
        InstanceInitiatedShutdownBehavior: 'terminate',
        IamInstanceProfile: { Arn: profileArn },
        MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, DeleteOnTermination: true, Groups: [group.att('GroupId')] }],
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 8, Encrypted: true, DeleteOnTermination: true } }],
        TagSpecifications: ['instance', 'volume', 'network-interface'].map(tagged),
        // CloudWatch by the minute, at seven metrics' price.
        Monitoring: { Enabled: true },
        UserData: userData,
      },
    }),
  );
}

function tagsOf(t: TemplateBuilder<Parameters, unknown>, name: Name): { readonly Key: string; readonly Value: Value<string> }[] {
  return Object.entries<string | Name>({ ...t.context.tags, Name: name })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}
