import type { Value } from '../../resolve';
import { valueOf, valuesAt } from '../value-path';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import { nameKey, shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/** A header that a distribution sends to an origin, its name in small letters. */
interface OriginHeader {
  readonly name: string;
  readonly value: Value | undefined;
  readonly distribution: PlacedResource;
}

/** The headers that the distributions of an environment send to their origins. */
export function originHeaders(environment: EnvironmentResources): OriginHeader[] {
  return environment.of('AWS::CloudFront::Distribution').flatMap((distribution) =>
    distribution.all('DistributionConfig.Origins.*.OriginCustomHeaders.*').flatMap((header) => {
      const name = valueOf(header, 'HeaderName');
      return typeof name === 'string' ? [{ name: name.toLowerCase(), value: valueOf(header, 'HeaderValue'), distribution }] : [];
    }),
  );
}

/** Whether a load balancer forwards by default nowhere, and has a rule that asks for one of some headers. */
export function requiresHeader(environment: EnvironmentResources, loadBalancer: PlacedResource, headers: readonly OriginHeader[]): boolean {
  const listeners = environment.of('AWS::ElasticLoadBalancingV2::Listener').filter((listener) => environment.target(listener.at('LoadBalancerArn')) === loadBalancer);
  const closed = listeners.every((listener) => listener.all('DefaultActions.*.Type').every((type) => type === 'fixed-response' || type === 'redirect'));
  return closed && headerRules(environment).some(({ listener, name }) => listeners.includes(listener) && headers.some((header) => header.name === name));
}

/** Rules of listeners that look at a header. */
function headerRules(environment: EnvironmentResources): { rule: PlacedResource; listener: PlacedResource; name: string; values: Value[] }[] {
  return environment.of('AWS::ElasticLoadBalancingV2::ListenerRule').flatMap((rule) => {
    const listener = environment.target(rule.at('ListenerArn'));
    return rule.all('Conditions.*.HttpHeaderConfig').flatMap((condition) => {
      const name = valueOf(condition, 'HttpHeaderName');
      return listener && typeof name === 'string' ? [{ rule, listener, name: name.toLowerCase(), values: valuesAt(condition, 'Values.*') }] : [];
    });
  });
}

/**
 * A rule that accepts several values is for a header that is rotated: one of them is sent, the others are former or next ones.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 */
export const originHeader: Invariant = {
  id: 'origin_header_is_the_one_that_is_asked_for',
  title: 'The header that a load balancer asks for is one that a distribution sends, with the same value, in every region',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 1.4.2', 'NIST 800-53 r5 SC-7', 'SOC 2 CC6.6'],
  requirements: ['KSH-14'],
  fix: 'Give originHeader of the load balancer and of distribution() the same name and secret',
  ofCatalogue: true,
  judge: (environment) => {
    const sent = originHeaders(environment);
    if (sent.length === 0) return 'did-not-apply';
    return judgeEach(headerRules(environment), ({ rule, name, values }) => {
      const same = sent.filter((header) => header.name === name);
      if (same.length === 0) return [{ resource: rule, property: 'Conditions', what: 'No distribution sends the header that the rule asks for', now: `HttpHeaderName: ${name}; sent: ${[...new Set(sent.map((header) => header.name))].join(', ')}` }];
      const keys = same.map((header) => nameKey(header.value));
      const isSent = (value: Value): boolean => nameKey(value) === undefined || keys.some((key) => key === undefined || key === nameKey(value));
      return values.some(isSent) ? [] : values.map((value) => ({ resource: rule, property: 'Conditions', what: 'The rule asks for another value of the header than the distribution sends', now: `Values: ${shownName(value)}` }));
    });
  },
};
