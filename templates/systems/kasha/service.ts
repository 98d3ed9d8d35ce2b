import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import type { FargateServiceHandle } from '../../modules/compute/fargate-service';
import { loadBalancedService, type LoadBalancedServiceSettings } from '../../modules/compute/load-balanced-service';
import type { Entrance } from '../../modules/compute/origin-entrance';
import type { KashaSettings } from './environments';

/** What tells Kasha's two services apart. */
export interface ServiceWiring extends Pick<LoadBalancedServiceSettings, 'cluster' | 'image' | 'subnetIds' | 'securityGroupId' | 'keyArn' | 'environment' | 'statements' | 'executeCommand'> {
  readonly entrance: Entrance;
}

/** One of Kasha's services, as the environment's settings size it. */
export function service(t: TemplateBuilder<Parameters, KashaSettings>, id: 'Frontend' | 'Backend', { entrance, ...wiring }: ServiceWiring): FargateServiceHandle {
  const { services, healthPaths, spot, logRetentionDays, nightShutdown } = t.settings;
  const name = id === 'Frontend' ? 'frontend' : 'backend';
  return loadBalancedService(t, id, {
    ...services[name],
    ...wiring,
    name,
    livePath: healthPaths.live,
    deepPath: healthPaths.deep,
    targetGroup: entrance.targetGroup,
    after: entrance.ready,
    spot: spot === 'all',
    scaling: { scheduledStop: nightShutdown },
    logRetentionInDays: logRetentionDays,
  });
}
