import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { cloudfrontPrefixList, healthCheckPrefixList } from './prefix-list';
import { securityGroup, type SecurityGroupHandle } from './security-group';

/** The security groups of a public load balancer behind CloudFront. */
export interface PublicLoadBalancerGroupsSettings {
  readonly vpc: Handle<'AWS::EC2::VPC', string>;
  /** Key of the log of the function that looks the health checkers' prefix list up. */
  readonly keyArn: IntrinsicFunction;
  /** Days that this log stays. @default as `lambdaFunction` has it */
  readonly logRetentionInDays?: number;
}

const https = 443;

/**
 * The two groups of a public load balancer: one lets CloudFront in, the other the Route 53 health checkers, both on 443 only.
 * They are two, because CloudFront's prefix list alone takes 55 of the 60 rules that one group may have. What the load balancer
 * may reach is to be added to the first.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weights
 */
export function publicLoadBalancerGroups(
  t: TemplateBuilder<Parameters, unknown>,
  { vpc, keyArn, logRetentionInDays }: PublicLoadBalancerGroupsSettings,
): Readonly<Record<'PublicLoadBalancer' | 'HealthCheckers', SecurityGroupHandle>> {
  const PublicLoadBalancer = securityGroup(t, 'PublicLoadBalancerSecurityGroup', {
    vpc,
    name: 'alb',
    description: 'Public load balancer, from CloudFront',
    ingress: [{ port: https, from: { prefixListId: cloudfrontPrefixList(t) }, description: 'CloudFront' }],
  });
  const HealthCheckers = securityGroup(t, 'HealthCheckersSecurityGroup', {
    vpc,
    name: 'alb-health',
    description: 'Public load balancer, from the Route 53 health checkers',
    ingress: [{ port: https, from: { prefixListId: healthCheckPrefixList(t, { keyArn, logRetentionInDays }) }, description: 'Route 53 health checkers' }],
  });
  return { PublicLoadBalancer, HealthCheckers };
}
