import { elementsOf, objectAt } from '../../system-index';
import type { Costings, Use } from '../cost-line';

/** CloudFront's monthly allowance that never ends. @see https://aws.amazon.com/cloudfront/pricing/ */
const free = { gigabytes: 1024, requests: 10_000_000 } as const;

/** What stands in front of the regions, and the names that lead there. */
export const edge: Costings = {
  'AWS::CloudFront::Distribution': (_, { usage }) => [
    { component: 'Edge', price: 'cloudfront-data', quantity: Math.max(0, (usage.requests * usage.responseKilobytes) / 1024 ** 2 - free.gigabytes) },
    { component: 'Edge', price: 'cloudfront-requests', quantity: Math.max(0, usage.requests - free.requests) / 10_000 },
  ],
  'AWS::WAFv2::WebACL': ({ properties, region }, { usage, primary }) => {
    const everywhere = properties['Scope'] === 'CLOUDFRONT';
    return [
      { component: 'Edge', price: 'web-acl', quantity: 1 },
      { component: 'Edge', price: 'web-acl-rule', quantity: elementsOf(properties['Rules']).length },
      { component: 'Edge', price: 'web-acl-requests', quantity: everywhere || region === primary ? usage.requests / 1e6 : 0 },
    ];
  },
  'AWS::Route53::HostedZone': () => [{ component: 'DNS', price: 'hosted-zone', quantity: 1 }],
  // A namespace is a private hosted zone; what ECS registers in it is free.
  'AWS::ServiceDiscovery::PrivateDnsNamespace': () => [{ component: 'DNS', price: 'hosted-zone', quantity: 1 }],
  'AWS::Route53::HealthCheck': ({ properties }): Use[] => {
    const config = objectAt(properties, 'HealthCheckConfig');
    const options = [config['Type'] === 'HTTPS', config['RequestInterval'] === 10].filter(Boolean).length;
    return [
      { component: 'DNS', price: 'health-check', quantity: 1 },
      { component: 'DNS', price: 'health-check-option', quantity: options },
    ];
  },
  'AWS::ARCRegionSwitch::Plan': () => [{ component: 'Recovery', price: 'region-switch', quantity: 1 }],
};
