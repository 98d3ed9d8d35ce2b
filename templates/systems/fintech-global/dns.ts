import { failoverRecord } from '../../modules/dns/failover-record';
import { regionHealth } from '../../modules/dns/region-health';
import { defineTemplate } from './environments';

/**
 * One region's half of the domain itself, which fails over between the regions' load balancers, and the checks that decide about it.
 * Sessions are in both regions and the database's writer in one: a region that answers before its database is promoted serves reads.
 */
export const dns = defineTemplate(
  'dns',
  {
    description: 'FinTech Global domain: failover record of one region and the health checks that decide about it',
    parameters: {
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      DomainName: { Type: 'String' },
      LoadBalancerDnsName: { Type: 'String' },
      LoadBalancerZoneId: { Type: 'String' },
      LoadBalancerFullName: { Type: 'String' },
      AlarmTopicArn: { Type: 'String' },
    },
  },
  (t) => {
    const dnsName = t.param('LoadBalancerDnsName');
    const region = regionHealth(t, {
      leaves: '<domain>',
      target: 'pod',
      loadBalancer: { dnsName, fullName: t.param('LoadBalancerFullName') },
      deepHealthPath: t.settings.healthPaths.deep,
      alarmTopicArn: t.param('AlarmTopicArn'),
    });
    failoverRecord(t, 'DomainRecord', { hostedZoneId: t.param('HostedZoneId'), name: t.param('DomainName'), target: { dnsName, zoneId: t.param('LoadBalancerZoneId') }, healthCheck: region });
    return { HealthCheckId: region.ref() };
  },
);
