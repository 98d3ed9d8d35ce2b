import { Fn } from '../../../src/cfn';
import { regionOrigin } from '../../modules/dns/region-origin';
import { defineTemplate } from './environments';

/** One region's half of `origin.<domain>` with the checks that decide about it, and `secondary.<domain>`: see `regionOrigin`. */
export const dns = defineTemplate(
  'dns',
  {
    description: 'Financial portal failover record of one region, the health checks that decide about it, and the secondary region’s own name',
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
    const region = regionOrigin(t, {
      hostedZoneId: t.param('HostedZoneId'),
      originName: Fn.Sub('origin.${DomainName}'),
      secondaryName: Fn.Sub('secondary.${DomainName}'),
      loadBalancer: { dnsName: t.param('LoadBalancerDnsName'), zoneId: t.param('LoadBalancerZoneId'), fullName: t.param('LoadBalancerFullName') },
      deepHealthPath: t.settings.healthPaths.deep,
      alarmTopicArn: t.param('AlarmTopicArn'),
    });
    return { HealthCheckId: region.ref() };
  },
);
