import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { cloudflarePrefixList } from './cloudflare-prefix-list';
import { securityGroup, type SecurityGroupHandle } from './security-group';

/**
 * The group of a public load balancer behind Cloudflare: it lets Cloudflare in, on 443 only, and nobody else, for Route 53 checks no
 * health where Cloudflare answers for the domain. What the load balancer may reach is to be added.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export function cloudflareLoadBalancerGroup(t: TemplateBuilder<Parameters, unknown>, vpc: Handle<'AWS::EC2::VPC', string>): SecurityGroupHandle {
  return securityGroup(t, 'PublicLoadBalancerSecurityGroup', {
    vpc,
    name: 'alb',
    description: 'Public load balancer, from Cloudflare',
    ingress: [{ port: 443, from: { prefixListId: cloudflarePrefixList(t) }, description: 'Cloudflare' }],
  });
}
