import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html */
export const serviceScaling: Invariant = {
  id: 'services_scale_with_their_load',
  title: 'Every service has a scalable target, and every scalable target a policy that moves it',
  severity: 'MEDIUM',
  controls: ['NIST 800-53 r5 SC-5(2)', 'SOC 2 A1.1', 'MAS TRM 2021 8.1'],
  requirements: ['KSH-33', 'KSH-36'],
  fix: 'Add serviceScaling() for the service',
  ofCatalogue: true,
  judge: (environment) => {
    const targets = environment.of('AWS::ApplicationAutoScaling::ScalableTarget');
    const policies = environment.of('AWS::ApplicationAutoScaling::ScalingPolicy');
    const moved = new Set(policies.flatMap((policy) => environment.target(policy.at('ScalingTargetId')) ?? []));
    const named = policies.some((policy) => policy.at('ResourceId') !== undefined);
    return judgeEach([...services(environment), ...targets], (each) => {
      if (each.type !== 'AWS::ECS::Service') return moved.has(each) || named ? [] : [{ resource: each, what: 'Nothing ever moves the scalable target', now: 'no ScalingPolicy names it' }];
      return targets.some((target) => scales(environment, target, each)) ? [] : [{ resource: each, what: 'The service has as many tasks at any load', now: 'no ScalableTarget names it' }];
    });
  },
};

/** A daemon runs on every instance. */
function services(environment: EnvironmentResources): PlacedResource[] {
  return environment.of('AWS::ECS::Service').filter((service) => service.at('SchedulingStrategy') !== 'DAEMON');
}

/** `service/<cluster>/<service>`: by reference, or by the names of both. */
function scales(environment: EnvironmentResources, target: PlacedResource, service: PlacedResource): boolean {
  const id = target.at('ResourceId');
  const name = service.at('ServiceName');
  return target.region === service.region && (environment.targets(id).includes(service) || (typeof name === 'string' && typeof id === 'string' && id.endsWith(`/${name}`)) || (typeof name === 'string' && JSON.stringify(id ?? null).includes(`/${name}"`)));
}
