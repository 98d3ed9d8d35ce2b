import type { Handle, Value } from '../../../src/cfn';
import { fargateService } from '../../modules/compute/fargate-service';
import { serviceScaling } from '../../modules/compute/service-scaling';
import { discoveredService } from '../../modules/network/private-namespace';
import { errorAlarm, logAlarm, taskAlarms, unhealthyAlarm } from './service-alarms';
import { serviceEntrance, type ServiceEntrance } from './service-entrance';
import { serviceName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { ServiceRow } from './service-row';
import type { ServiceTask } from './service-task';
import { alsoGroups } from './service-ways';
import type { CountsByEnvironmentKind, TaskCounts } from './settings';

/** Tasks of a small API: in full strength a zone may go, in reduced strength one task serves while nobody asks for more. */
const defaultTasks: CountsByEnvironmentKind = { full: { minimum: 2, maximum: 6 }, reduced: { minimum: 1, maximum: 3 }, light: { minimum: 1, maximum: 2 } };

/** Errors in a log within five minutes that nobody need know of: what is tried again and then succeeds. */
const toleratedErrors = 10;

/** How many tasks a service has in an environment, in full strength. */
export const countsOf = (t: ServiceBuilder, { tasks = defaultTasks }: ServiceRow): TaskCounts => tasks[t.settings.capacity];

/**
 * A service that always runs: its name in Cloud Map, its entrance, its tasks over the three private subnets, and how many of them.
 *
 * In the pilot light one task runs of each service that answers requests: it shows that image, rights and replicas still work, answers
 * reads at once, and the region-switch plan brings it to full strength. Of a service that works unasked none runs there, and nothing scales
 * it: the plan gives it its tasks, and nothing takes them again.
 * @param ways rules of security groups without which its tasks reach nothing
 */
export function runningService(t: ServiceBuilder, row: ServiceRow, { task }: ServiceTask, ways: readonly Handle[]): ServiceEntrance | undefined {
  const { name, port = 0, actsUnasked = false } = row;
  const { pilotLight, spot, night } = t.settings;
  const { minimum, maximum } = countsOf(t, row);
  const onlyPrimary = pilotLight && actsUnasked;
  const least: Value<number> = pilotLight ? t.isPrimary.choose(minimum, actsUnasked ? 0 : 1) : minimum;
  const cluster = { ref: () => t.param('ClusterName') };
  const registry = discoveredService(t, 'Name', { namespaceId: t.param('NamespaceId'), name, description: `Tasks of ${name}` });
  const entrance = serviceEntrance(t, row);
  const service = fargateService(t, 'Service', {
    name: serviceName(t, row),
    cluster,
    task,
    container: name,
    port,
    desiredCount: least,
    subnetIds: t.param('PrivateSubnetIds').list(),
    securityGroupId: t.param('ServiceGroupId'),
    alsoGroupIds: alsoGroups(t, row),
    ...(entrance && { targetGroup: entrance.targetGroup }),
    registry,
    after: [...(entrance?.ready ?? []), ...ways],
    spot,
    rollbackAlarms: entrance ? errorAlarm(t, row, entrance) : [],
  });
  serviceScaling(t, 'Scaling', { name, cluster, service, minimum: onlyPrimary ? minimum : least, maximum, ...(night && { scheduledStop: night }), ...(onlyPrimary && { when: t.isPrimary }) });
  taskAlarms(t, row);
  if (entrance) unhealthyAlarm(t, row, entrance);
  else logAlarm(t, row, toleratedErrors);
  return entrance;
}

