import { failoverRecord } from '../../modules/dns/failover-record';
import { loadBalancerAlias } from '../../modules/dns/load-balancer-alias';
import { regionHealth } from '../../modules/dns/region-health';
import { apiHost } from './api-names';
import { defineTemplate } from './environments';
import { regionHealthPath } from './health-paths';
import { originDomain } from './names';
import { only } from './only';

/**
 * One region's part of the names behind CloudFront and of API Gateway. With a pilot light both fail over, and one check decides about
 * them, because the same tasks answer behind them. Without one there is no other region to lead to: the names are plain aliases, nothing
 * is checked, and the template gives no health check.
 */
export const dns = defineTemplate(
  'dns',
  {
    description: 'LookCard names of one region’s load balancer and API, and the health checks that decide about them',
    parameters: {
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      DomainName: { Type: 'String' },
      LoadBalancerDnsName: { Type: 'String' },
      LoadBalancerZoneId: { Type: 'String' },
      LoadBalancerFullName: { Type: 'String' },
      ApiDomainName: { Type: 'String', Description: 'Regional domain name behind the custom domain of API Gateway' },
      ApiZoneId: { Type: 'String', Description: 'Hosted zone of that name' },
      AlarmTopicArn: { Type: 'String' },
    },
  },
  (t) => {
    const hostedZoneId = t.param('HostedZoneId');
    const { pilotLight } = t.settings;
    const loadBalancer = { dnsName: t.param('LoadBalancerDnsName'), zoneId: t.param('LoadBalancerZoneId'), fullName: t.param('LoadBalancerFullName') };
    const gateway = { dnsName: t.param('ApiDomainName'), zoneId: t.param('ApiZoneId') };
    const names = { OriginRecord: [originDomain(t), loadBalancer], ApiRecord: [apiHost(t), gateway] } as const;
    if (!pilotLight) for (const [id, [name, target]] of Object.entries(names)) loadBalancerAlias(t, id, { hostedZoneId, name, loadBalancer: target });
    return only(pilotLight, () => {
      const healthCheck = regionHealth(t, { leaves: 'origin.<domain>', loadBalancer, deepHealthPath: regionHealthPath, alarmTopicArn: t.param('AlarmTopicArn') });
      for (const [id, [name, target]] of Object.entries(names)) failoverRecord(t, id, { hostedZoneId, name, target, healthCheck });
      return { HealthCheckId: healthCheck.ref() };
    });
  },
);
