import type { Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { FargateServiceHandle, SpotShare } from '../../modules/compute/fargate-service';
import { loadBalancedService, type LoadBalancedServiceSettings } from '../../modules/compute/load-balanced-service';
import type { TargetGroupHandle } from '../../modules/compute/target-group';
import type { CustomerPortalSettings } from './environments';

type Builder = TemplateBuilder<Parameters, CustomerPortalSettings>;
export type ServiceName = keyof CustomerPortalSettings['services'];

/**
 * Seconds that a container has between the signal to end and its end: the most that Fargate gives. A Spot task gets the signal
 * while it still gets requests, and its target drains within this time.
 */
const stopTimeoutSeconds = 120;

/** What tells the portal's two services apart. */
export interface ServiceWiring extends Pick<LoadBalancedServiceSettings, 'cluster' | 'image' | 'subnetIds' | 'securityGroupId' | 'keyArn' | 'environment' | 'statements'> {
  /** Target groups that its tasks join: that of the public load balancer first. */
  readonly targetGroups: readonly [TargetGroupHandle, ...TargetGroupHandle[]];
  readonly after: readonly Handle[];
}

/**
 * How the tasks of a service use Fargate Spot: not at all, alone, or for most of what comes above the tasks that the environment keeps on
 * demand. One in ten of those runs on demand too, because ECS places no task by a weight of 0.
 */
export function spotOf({ settings }: Builder, name: ServiceName): boolean | SpotShare {
  const { onDemandTasks } = settings.services[name];
  if (onDemandTasks === 'all') return false;
  return onDemandTasks === 0 || { base: onDemandTasks, onDemandWeight: 1, spotWeight: 9 };
}

/** One of the portal's services, as the environment's settings size it. It scales on CPU and memory. */
export function service(t: Builder, id: 'Frontend' | 'Backend', { targetGroups: [targetGroup, ...alsoIn], ...wiring }: ServiceWiring): FargateServiceHandle {
  const { services, healthPaths, logRetentionDays } = t.settings;
  const name = id === 'Frontend' ? 'frontend' : 'backend';
  const { onDemandTasks, ...size } = services[name];
  return loadBalancedService(t, id, {
    ...size,
    ...wiring,
    name,
    livePath: healthPaths.live,
    deepPath: healthPaths.deep,
    targetGroup,
    alsoIn,
    spot: spotOf(t, name),
    stopTimeoutSeconds,
    logRetentionInDays: logRetentionDays,
  });
}
