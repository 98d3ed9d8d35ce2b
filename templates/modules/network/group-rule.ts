import type { Handle, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { SecurityGroupEgress, SecurityGroupIngress } from '../../../src/cfn/generated/ec2';

/** A way from the members of one security group to those of another, on one TCP port; the groups stand elsewhere. */
export interface GroupRuleSettings {
  /** Id of the group whose members connect. */
  readonly from: Value<string>;
  /** Id of the group whose members listen. */
  readonly to: Value<string>;
  readonly port: number;
  readonly description: string;
}

/**
 * Lets the members of a group accept connections of another's.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupingress.html
 */
export function admitGroup(t: TemplateBuilder<Parameters, unknown>, id: string, { from, to, port, description }: GroupRuleSettings): Handle {
  return t.add(id, new SecurityGroupIngress({ GroupId: to, SourceSecurityGroupId: from, IpProtocol: 'tcp', FromPort: port, ToPort: port, Description: description }));
}

/**
 * Lets the members of a group, which otherwise reach nothing, connect to another's.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroupegress.html
 */
export function reachGroup(t: TemplateBuilder<Parameters, unknown>, id: string, { from, to, port, description }: GroupRuleSettings): Handle {
  return t.add(id, new SecurityGroupEgress({ GroupId: from, DestinationSecurityGroupId: to, IpProtocol: 'tcp', FromPort: port, ToPort: port, Description: description }));
}
