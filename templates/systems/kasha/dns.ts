import { Fn } from '../../../src/cfn';
import { failoverRecord } from '../../modules/dns/failover-record';
import { healthCheck } from '../../modules/dns/health-check';
import { privateZone } from '../../modules/dns/private-zone';
import { defineTemplate } from './environments';

/** One region's half of `origin.<domain>`, which CloudFront calls, with its health check; and the backend's name inside the VPC. */
export const dns = defineTemplate(
  'dns',
  {
    description: 'Kasha failover record and health check of one region, and the private name of the backend',
    parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      DomainName: { Type: 'String' },
      LoadBalancerDnsName: { Type: 'String' },
      LoadBalancerZoneId: { Type: 'String' },
      BackendLoadBalancerDnsName: { Type: 'String' },
      BackendLoadBalancerZoneId: { Type: 'String' },
    },
  },
  (t) => {
    const regionCheck = healthCheck(t, 'HealthCheck', { name: t.resourceName('origin'), host: t.param('LoadBalancerDnsName'), path: t.settings.healthPaths.deep });
    failoverRecord(t, 'OriginRecord', {
      hostedZoneId: t.param('HostedZoneId'),
      name: Fn.Sub('origin.${DomainName}'),
      target: { dnsName: t.param('LoadBalancerDnsName'), zoneId: t.param('LoadBalancerZoneId') },
      healthCheck: regionCheck,
    });
    privateZone(t, 'BackendZone', {
      name: t.resourceName('backend'),
      domainName: Fn.Sub('backend.${DomainName}'),
      vpcId: t.param('VpcId'),
      loadBalancer: { dnsName: t.param('BackendLoadBalancerDnsName'), zoneId: t.param('BackendLoadBalancerZoneId') },
    });
    return { HealthCheckId: regionCheck.ref() };
  },
);
