import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { SecurityGroup, SecurityGroupEgress } from '../../../src/cfn/generated/ec2';

export type SecurityGroupHandle = Handle<'AWS::EC2::SecurityGroup', 'GroupId' | 'Id' | 'VpcId'>;

/** Who may connect to a group, on one TCP port. */
export interface Ingress {
  readonly port: number;
  /** A range only for those that have no group of their own to name: what comes through a router keeps its address and loses its groups. */
  readonly from: SecurityGroupHandle | { readonly prefixListId: IntrinsicFunction } | { readonly cidr: Value<string> };
  readonly description: string;
}

/** A security group of a VPC. */
export interface SecurityGroupSettings {
  readonly vpc: Pick<Handle<'AWS::EC2::VPC', string>, 'ref'>;
  /** The group's part of its name, for example `frontend`. */
  readonly name: string;
  readonly description: string;
  /** Empty for a group that only connects to others. */
  readonly ingress: readonly Ingress[];
  /** Whom its members may connect to, beside what rules of their own open. @default nobody */
  readonly egress?: readonly Egress[];
}

/** Whom the members of a group may connect to on one TCP port: `anywhere` for services outside the VPC, which have no fixed addresses. */
export interface Egress {
  readonly port: number;
  readonly to: 'anywhere' | { readonly prefixListId: IntrinsicFunction } | { readonly groupId: IntrinsicFunction };
  readonly description: string;
}

function egressRule({ port, to, description }: Egress): SecurityGroup.Egress {
  const destination = to === 'anywhere' ? { CidrIp: '0.0.0.0/0' } : 'prefixListId' in to ? { DestinationPrefixListId: to.prefixListId } : { DestinationSecurityGroupId: to.groupId };
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, Description: description, ...destination };
}

function sourceOf(from: Ingress['from']): Partial<SecurityGroup.Ingress> {
  if ('prefixListId' in from) return { SourcePrefixListId: from.prefixListId };
  return 'cidr' in from ? { CidrIp: from.cidr } : { SourceSecurityGroupId: from.att('GroupId') };
}

const ingressRule = ({ port, from, description }: Ingress): SecurityGroup.Ingress => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  Description: description,
  ...sourceOf(from),
});

/**
 * A security group that lets nothing out: `allowEgress` adds what it may reach. EC2 gives a group without egress rules a
 * rule to everywhere, so the group holds one that matches nothing.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
export function securityGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: SecurityGroupSettings): SecurityGroupHandle {
  const { vpc, name, description, ingress, egress = [] } = settings;
  return t.add(
    id,
    new SecurityGroup({
      VpcId: vpc.ref(),
      GroupName: t.resourceName(name),
      GroupDescription: description,
      ...(ingress.length ? { SecurityGroupIngress: ingress.map(ingressRule) } : {}),
      SecurityGroupEgress: egress.length ? egress.map(egressRule) : [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '127.0.0.1/32', Description: 'Nothing; the rules that open something stand by themselves' }],
      Tags: [{ Key: 'Name', Value: t.resourceName(name) }],
    }),
  );
}

/**
 * Lets a group's members connect to another group, or to any address, on one TCP port.
 * @param to  `anywhere` for services outside the VPC, which have no fixed addresses
 */
export function allowEgress(t: TemplateBuilder<Parameters, unknown>, id: string, from: SecurityGroupHandle, port: number, to: SecurityGroupHandle | 'anywhere', description: string): Handle {
  return t.add(
    id,
    new SecurityGroupEgress({
      GroupId: from.att('GroupId'),
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      Description: description,
      ...(to === 'anywhere' ? { CidrIp: '0.0.0.0/0' } : { DestinationSecurityGroupId: to.att('GroupId') }),
    }),
  );
}
