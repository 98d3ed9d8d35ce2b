import { Fn } from '../../../src/cfn';
import { failoverRecord } from '../../modules/dns/failover-record';
import { regionOrigin } from '../../modules/dns/region-origin';
import { defineTemplate } from './environments';

/**
 * One region's half of the names that fail over: `origin.<domain>`, which CloudFront calls, and `api.<domain>`, which clients with
 * keys call; and `secondary.<domain>`. One check decides about both halves, because the same tasks answer behind them: an API
 * Gateway that stands before a region without backend would refuse every call.
 */
export const dns = defineTemplate(
  'dns',
  {
    description: 'Customer portal failover records of one region, the health checks that decide about them, and the secondary region’s own name',
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
    const region = regionOrigin(t, {
      hostedZoneId,
      originName: Fn.Sub('origin.${DomainName}'),
      secondaryName: Fn.Sub('secondary.${DomainName}'),
      loadBalancer: { dnsName: t.param('LoadBalancerDnsName'), zoneId: t.param('LoadBalancerZoneId'), fullName: t.param('LoadBalancerFullName') },
      deepHealthPath: t.settings.healthPaths.deep,
      alarmTopicArn: t.param('AlarmTopicArn'),
    });
    failoverRecord(t, 'ApiRecord', { hostedZoneId, name: Fn.Sub('api.${DomainName}'), target: { dnsName: t.param('ApiDomainName'), zoneId: t.param('ApiZoneId') }, healthCheck: region });
    return { HealthCheckId: region.ref() };
  },
);
