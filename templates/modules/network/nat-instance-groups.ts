import type { Handle, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { forwardedPorts } from './nat';
import { allowEgress, securityGroup, type SecurityGroupHandle } from './security-group';

/** The security groups of NAT instances. */
export interface NatInstanceGroups {
  /** Of the interfaces that forward. */
  readonly forwarding: SecurityGroupHandle;
  /** Of the interfaces by which instances reach AWS for themselves. */
  readonly own: SecurityGroupHandle;
  /** Rules without which an instance reaches nothing. */
  readonly rules: readonly Handle[];
}

const https = 443;

/**
 * One group for each interface of a NAT instance. What it forwards comes from the private subnets only, which it knows by their ranges
 * (a packet that is routed through an interface belongs to no group there), and goes out to the same ports. What the instance needs
 * for itself it asks for: nobody connects to it, not even to administer it, and the package repository, EC2, CloudFormation
 * and Systems Manager all answer on 443. Names, time and metadata come from the hypervisor, which security groups don't filter.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/infrastructure-security.html#control-network-traffic
 */
export function natInstanceGroups(
  t: TemplateBuilder<Parameters, unknown>,
  { vpc, clients }: { readonly vpc: Handle<'AWS::EC2::VPC', string>; readonly clients: readonly Value<string>[] },
): NatInstanceGroups {
  const forwarding = securityGroup(t, 'NatSecurityGroup', {
    vpc,
    name: 'nat',
    description: 'NAT, from the private subnets',
    ingress: clients.flatMap((cidr) => forwardedPorts.map((port) => ({ port, from: { cidr }, description: 'Private subnet' }))),
  });
  const own = securityGroup(t, 'NatInstanceSecurityGroup', { vpc, name: 'nat-instance', description: 'NAT instances themselves', ingress: [] });
  const rules = [
    ...forwardedPorts.map((port) => allowEgress(t, `NatTo${port}`, forwarding, port, 'anywhere', 'What the private subnets ask for')),
    allowEgress(t, 'NatInstanceToHttps', own, https, 'anywhere', 'Package repository, EC2, CloudFormation, Systems Manager'),
  ];
  return { forwarding, own, rules };
}
