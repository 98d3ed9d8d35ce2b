import type { Handle } from '../../../src/cfn';
import { fargateTask, type FargateTaskHandle } from '../../modules/compute/fargate-task';
import { executionRole, taskRole, type RoleHandle } from '../../modules/compute/task-roles';
import { traceCollector } from '../../modules/compute/tracing';
import type { Catalogue } from './catalogue';
import { environmentOf } from './service-environment';
import { collectorRepository, serviceName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import { serviceRights } from './service-rights';
import type { ServiceRow } from './service-row';

/** Seconds that a container has between the signal to end and its end: the most that Fargate gives, so that a Spot task drains its requests. */
const stopTimeoutSeconds = 120;

/** Scratch space in MiB: next.js, and most runtimes, write to no other directory. */
const writablePaths = { '/tmp': 64 } as const;

/** The task of a service, with the only two roles that it ever has. */
export interface ServiceTask {
  readonly task: FargateTaskHandle;
  readonly roles: readonly RoleHandle[];
}

/** The task definition of a service: its container and the collector of its traces, each from a registry of its own in this account. */
export function serviceTask(t: ServiceBuilder, row: ServiceRow, catalogue: Catalogue, logGroup: Handle<'AWS::Logs::LogGroup', 'Arn'>): ServiceTask {
  const { name, cpu, memory, port, healthPath } = row;
  const starting = executionRole(t, 'ExecutionRole', { service: name, suffix: 'exec', logGroup, repository: serviceName(t, row), alsoRepositories: [collectorRepository(t)] });
  const running = taskRole(t, 'TaskRole', { service: name, statements: serviceRights(t, row, catalogue) });
  const task = fargateTask(t, 'Task', {
    family: serviceName(t, row),
    container: name,
    image: t.param('Image'),
    cpu,
    memory,
    ...(port === undefined ? {} : { port }),
    ...(healthPath === undefined ? {} : { healthPath }),
    user: '10001:10001',
    environment: environmentOf(t, row, catalogue),
    writablePaths,
    stopTimeoutSeconds,
    logGroup,
    sidecars: [traceCollector(t.param('TraceCollectorImage'))],
    executionRole: starting,
    taskRole: running,
  });
  return { task, roles: [starting, running] };
}
