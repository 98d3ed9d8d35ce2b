import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import type { FargateServiceHandle, SpotShare } from '../../modules/compute/fargate-service';
import { loadBalancedService, type LoadBalancedServiceSettings } from '../../modules/compute/load-balanced-service';
import type { OriginEntrance } from '../../modules/compute/origin-entrance';
import type { FinancialPortalSettings } from './environments';
import { activeTradingSessions } from './sessions';

type Builder = TemplateBuilder<Parameters, FinancialPortalSettings>;
type ServiceName = keyof FinancialPortalSettings['services'];

/**
 * Seconds that a container has between the signal to end and its end: the most that Fargate gives. A Spot task gets the signal
 * while it still gets requests, and its target drains within this time.
 */
const stopTimeoutSeconds = 120;

/** What tells the portal's two services apart. */
export interface ServiceWiring extends Pick<LoadBalancedServiceSettings, 'cluster' | 'image' | 'subnetIds' | 'securityGroupId' | 'keyArn' | 'environment' | 'statements' | 'rollbackAlarms' | 'after'> {
  readonly entrance: OriginEntrance<'Web' | 'Api'>;
}

/** How many tasks of a service run on Fargate Spot: none of the minimum, and of the others what the environment says. */
export function spotShare(t: Builder, name: ServiceName): SpotShare {
  return { base: t.settings.services[name].minimumTasks, ...t.settings.spot };
}

/**
 * One of the portal's services, as the environment's settings size it. It starts with the tasks for trading hours, because an
 * update of the service returns to that number, and a rollout during trading hours must not leave fewer. Out of hours scaling
 * lets them go within minutes.
 */
export function service(t: Builder, id: 'Web' | 'Api', { entrance, after, ...wiring }: ServiceWiring): FargateServiceHandle {
  const { services, healthPaths, tradingHours, logRetentionDays } = t.settings;
  const name = id === 'Web' ? 'web' : 'api';
  const { tradingTasks, requestsPerTask, sessionsPerTask, ...size } = services[name];
  const targetGroup = entrance.targetGroups[id];
  return loadBalancedService(t, id, {
    ...size,
    ...wiring,
    name,
    livePath: healthPaths.live,
    deepPath: healthPaths.deep,
    targetGroup,
    after: [...entrance.ready, ...after],
    spot: spotShare(t, name),
    desiredTasks: tradingTasks,
    stopTimeoutSeconds,
    scaling: {
      cpu: 65,
      requests: { perMinute: requestsPerTask, loadBalancer: entrance.loadBalancer, targetGroup },
      load: { name: 'sessions', metric: activeTradingSessions(t), target: sessionsPerTask },
      busyHours: { begin: tradingHours.preOpen, end: tradingHours.postClose, timeZone: tradingHours.timeZone, minimum: tradingTasks },
    },
    logRetentionInDays: logRetentionDays,
  });
}
