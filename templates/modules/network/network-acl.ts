import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { NetworkAcl, NetworkAclEntry, SubnetNetworkAclAssociation } from '../../../src/cfn/generated/ec2';

/** TCP ports, both ends included. */
export type PortRange = readonly [from: number, to: number];

/** Ports on which answers come back, without the remote-desktop port that lies among them. */
export const ephemeralPorts: readonly PortRange[] = [
  [1024, 3388],
  [3390, 65535],
];

/** One allowance of a network ACL: some ports, to or from a range. */
export interface AclAllowance {
  readonly cidr: string | IntrinsicFunction;
  readonly ports: readonly PortRange[];
  /** @default 'tcp'; `udp` for name servers of our own, since the VPC's resolver passes every ACL */
  readonly protocol?: keyof typeof protocols;
}

/** A network ACL of one tier. */
export interface NetworkAclSettings {
  readonly vpc: Handle<'AWS::EC2::VPC', string>;
  readonly subnets: readonly Handle<'AWS::EC2::Subnet', string>[];
  readonly inbound: readonly AclAllowance[];
  readonly outbound: readonly AclAllowance[];
}

/** @see https://www.iana.org/assignments/protocol-numbers */
const protocols = { tcp: 6, udp: 17 } as const;

/**
 * A network ACL that allows what is listed and nothing else. It is stateless: answers need their own allowance.
 * @param tier  PascalCase name of the tier, for example `Database`
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
export function networkAcl(t: TemplateBuilder<Parameters, unknown>, tier: string, settings: NetworkAclSettings): Handle<'AWS::EC2::NetworkAcl', string> {
  const acl = t.add(`${tier}Acl`, new NetworkAcl({ VpcId: settings.vpc.ref(), Tags: [{ Key: 'Name', Value: t.resourceName(tier.toLowerCase()) }] }));
  const entries = (allowances: readonly AclAllowance[], direction: 'In' | 'Out'): void => {
    const rules = allowances.flatMap(({ cidr, ports, protocol = 'tcp' }) => ports.map((range) => ({ cidr, range, protocol })));
    for (const [index, { cidr, range, protocol }] of rules.entries()) {
      t.add(
        `${tier}Acl${direction}${index + 1}`,
        new NetworkAclEntry({
          NetworkAclId: acl.ref(),
          RuleNumber: (index + 1) * 100,
          Protocol: protocols[protocol],
          RuleAction: 'allow',
          Egress: direction === 'Out',
          CidrBlock: cidr,
          PortRange: { From: range[0], To: range[1] },
        }),
      );
    }
  };
  entries(settings.inbound, 'In');
  entries(settings.outbound, 'Out');
  for (const [index, subnet] of settings.subnets.entries()) {
    t.add(`${tier}SubnetAcl${index + 1}`, new SubnetNetworkAclAssociation({ NetworkAclId: acl.ref(), SubnetId: subnet.ref() }));
  }
  return acl;
}
