import { stringToken } from '../../../src/cfn';
import { WebACLAssociation } from '../../../src/cfn/generated/wafv2';
import { applicationLoadBalancer } from '../../modules/compute/application-load-balancer';
import { httpsListener } from '../../modules/compute/listener';
import { targetGroup } from '../../modules/compute/target-group';
import { webAcl } from '../../modules/edge/web-acl';
import { defineTemplate } from './environments';

/**
 * Seconds in which a pod that leaves may finish its requests: as long as the load balancer waits for an answer. A pod's `preStop` and
 * grace period must not be shorter.
 */
export const drainingSeconds = 60;

/** Requests that one address may make in five minutes before it gets 429. Shared addresses of offices and mobile networks stay well below. */
const requestsPerFiveMinutes = 2000;

/**
 * The front of one region: a public load balancer for HTTPS behind a web ACL. Pods of the API join its target group by a
 * `TargetGroupBinding` of the cluster, so that load balancer, certificate and alarms stay in templates. It has no port 80, which
 * nobody asks for: browsers know from the first answer on, and clients of the API by contract, that the domain is HTTPS only.
 * @see docs/decisions/0025-load-balancer-as-front.md
 */
export const entrance = defineTemplate(
  'entrance',
  {
    description: 'FinTech Global public load balancer, its web ACL and the target group of the API pods',
    parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      PublicSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      LoadBalancerSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CertificateArn: { Type: 'String' },
      LogBucketName: { Type: 'String' },
      DataKeyArn: { Type: 'String' },
    },
  },
  (t) => {
    const { services, healthPaths, logRetentionDays } = t.settings;
    const loadBalancer = applicationLoadBalancer(t, 'LoadBalancer', {
      name: t.resourceName('alb'),
      scheme: 'internet-facing',
      subnetIds: t.param('PublicSubnetIds'),
      securityGroupIds: [t.param('LoadBalancerSecurityGroupId')],
      accessLogs: { bucketName: t.param('LogBucketName'), prefix: 'alb' },
      deletionProtection: t.settings.protected,
    });
    const api = targetGroup(t, 'ApiTargets', { vpcId: t.param('VpcId'), port: services.api.port, healthPath: healthPaths.ready, intervalSeconds: 10, drainingSeconds });
    httpsListener(t, 'HttpsListener', { loadBalancer, port: 443, certificateArn: t.param('CertificateArn'), targetGroup: api, securityHeaders: true });
    const acl = webAcl(t, 'WebAcl', { name: 'web', scope: 'REGIONAL', requestsPerFiveMinutes, keyArn: t.param('DataKeyArn'), logRetentionInDays: logRetentionDays });
    t.add('WebAclAssociation', new WebACLAssociation({ ResourceArn: loadBalancer.ref(), WebACLArn: acl.handle.att('Arn') }));
    return {
      LoadBalancerDnsName: loadBalancer.att('DNSName'),
      LoadBalancerZoneId: loadBalancer.att('CanonicalHostedZoneID'),
      LoadBalancerFullName: loadBalancer.att('LoadBalancerFullName'),
      ApiTargetGroupArn: api.ref(),
      ApiTargetGroupFullName: api.att('TargetGroupFullName'),
      WebAclName: stringToken(acl.name),
    };
  },
);
