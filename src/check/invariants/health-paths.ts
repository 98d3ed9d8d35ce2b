import type { Value } from '../../resolve';
import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/**
 * Health checkers send no secret header. Where a load balancer answers by default with an error, a rule must let their path through.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-types.html
 */
export const healthPaths: Invariant = {
  id: 'health_checks_find_an_answer',
  title: 'The path that a health check asks a load balancer for is forwarded by one of its rules',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 SI-13(5)', 'NIST 800-53 r5 CP-10', 'SOC 2 A1.2'],
  requirements: ['KSH-107'],
  fix: 'Add a listenerRule() for the path of healthCheck(), before the one that asks for the header',
  judge: (environment) => {
    const asked = environment.of('AWS::Route53::HealthCheck').flatMap((check) => {
      const [balancer] = environment.targets(check.at('HealthCheckConfig.FullyQualifiedDomainName')).filter(({ type }) => type === 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      const path = check.at('HealthCheckConfig.ResourcePath');
      return balancer && typeof path === 'string' ? [{ check, balancer, path }] : [];
    });
    return judgeEach(asked, ({ check, balancer, path }) => (isForwarded(environment, balancer, path) ? [] : [{ resource: check, property: 'HealthCheckConfig.ResourcePath', what: 'The load balancer refuses what the health check asks for, so that the region counts as dead', now: `ResourcePath: ${path}` }]));
  },
};

function isForwarded(environment: EnvironmentResources, balancer: PlacedResource, path: string): boolean {
  const listeners = environment.of('AWS::ElasticLoadBalancingV2::Listener').filter((listener) => environment.target(listener.at('LoadBalancerArn')) === balancer);
  const byDefault = listeners.some((listener) => listener.all('DefaultActions.*.Type').some((type) => type === 'forward' || typeof type === 'object'));
  return byDefault || environment.of('AWS::ElasticLoadBalancingV2::ListenerRule').some((rule) => listeners.some((listener) => environment.target(rule.at('ListenerArn')) === listener) && lets(rule, path));
}

/** A rule that looks at the path alone. */
function lets(rule: PlacedResource, path: string): boolean {
  const patterns: Value[] = [...rule.all('Conditions.*.PathPatternConfig.Values.*'), ...rule.all('Conditions.*.Values.*')];
  const others = rule.all('Conditions.*.Field').some((field) => typeof field === 'string' && field !== 'path-pattern');
  return !others && patterns.some((pattern) => typeof pattern !== 'string' || matches(pattern, path.split('?')[0] ?? path));
}

function matches(pattern: string, path: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(path);
}
