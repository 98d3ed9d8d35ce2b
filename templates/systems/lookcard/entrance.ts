import { networkLoadBalancer } from '../../modules/compute/network-load-balancer';
import { originListener, originLoadBalancer } from '../../modules/compute/origin-listener';
import { defineTemplate } from './environments';

/**
 * Both entrances of one region, with nothing behind them yet: each service's own template adds its listener rule to the public load
 * balancer, or its listener to the internal one. CloudFront calls the public one, which answers 403 to what no rule takes; its port 80
 * redirects to HTTPS, as the requirements ask, although no security group lets anyone reach it. API Gateway calls the internal one.
 * @see docs/decisions/0026-rest-api-and-network-load-balancer.md
 */
export const entrance = defineTemplate(
  'entrance',
  {
    description: 'LookCard public load balancer for CloudFront and internal load balancer for API Gateway',
    parameters: {
      PublicSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      PrivateSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      LoadBalancerSecurityGroupIds: { Type: 'List<AWS::EC2::SecurityGroup::Id>' },
      NetworkLoadBalancerSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CertificateArn: { Type: 'String' },
      LogBucketName: { Type: 'String' },
    },
  },
  (t) => {
    const deletionProtection = t.settings.protected;
    const loadBalancer = originLoadBalancer(t, {
      subnetIds: t.param('PublicSubnetIds'),
      securityGroupIds: t.param('LoadBalancerSecurityGroupIds').list(),
      accessLogBucketName: t.param('LogBucketName'),
      deletionProtection,
    });
    const listener = originListener(t, { loadBalancer, certificateArn: t.param('CertificateArn'), redirect: true });
    const internal = networkLoadBalancer(t, 'NetworkLoadBalancer', {
      name: t.resourceName('nlb'),
      subnetIds: t.param('PrivateSubnetIds'),
      securityGroupIds: [t.param('NetworkLoadBalancerSecurityGroupId')],
      accessLogs: { bucketName: t.param('LogBucketName'), prefix: 'nlb' },
      deletionProtection,
    });
    return {
      HttpsListenerArn: listener.ref(),
      LoadBalancerDnsName: loadBalancer.att('DNSName'),
      LoadBalancerZoneId: loadBalancer.att('CanonicalHostedZoneID'),
      LoadBalancerFullName: loadBalancer.att('LoadBalancerFullName'),
      NetworkLoadBalancerArn: internal.ref(),
      NetworkLoadBalancerFullName: internal.att('LoadBalancerFullName'),
    };
  },
);
