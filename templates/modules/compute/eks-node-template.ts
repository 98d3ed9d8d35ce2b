import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { LaunchTemplate } from '../../../src/cfn/generated/ec2';

/** How nodes start. */
export interface EksNodeTemplateSettings {
  readonly name: Name;
  /** GiB of the root volume, which also holds images and logs of pods. */
  readonly volumeGiB: number;
  /** Key of the volume, by ARN; its policy must let the service-linked role of EC2 Auto Scaling use it and grant its use. */
  readonly keyArn: IntrinsicFunction;
}

/**
 * Launch template of a managed node group. It names neither image, instance type, role nor security group: those are the group's, and
 * EKS gives nodes the cluster's group only when the template names none.
 *
 * Metadata answers to tokens only, and within one hop: to the node and the pods that share its network, which are the network plugin and
 * the CloudWatch agents. No other pod gets to the node's role by it, for pods have roles of their own.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export function eksNodeTemplate(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EksNodeTemplateSettings): Handle<'AWS::EC2::LaunchTemplate', 'LatestVersionNumber'> {
  const { name, volumeGiB, keyArn } = settings;
  const Tags = Object.entries<string | Name>({ ...t.context.tags, Name: name })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
  const tagged = (ResourceType: string) => ({ ResourceType, Tags });
  return t.add(
    id,
    new LaunchTemplate({
      LaunchTemplateName: name,
      TagSpecifications: [tagged('launch-template')],
      LaunchTemplateData: {
        MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: volumeGiB, Encrypted: true, KmsKeyId: keyArn, DeleteOnTermination: true } }],
        Monitoring: { Enabled: true },
        TagSpecifications: ['instance', 'volume', 'network-interface'].map(tagged),
      },
    }),
  );
}
