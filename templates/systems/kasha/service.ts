import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import type { ExecuteCommandSettings } from '../../modules/compute/ecs-cluster';
import { fargateService, type FargateServiceHandle } from '../../modules/compute/fargate-service';
import { fargateTask } from '../../modules/compute/fargate-task';
import { serviceScaling } from '../../modules/compute/service-scaling';
import { executionRole, taskRole } from '../../modules/compute/task-roles';
import { cardDataProtection } from '../../modules/monitoring/card-data-protection';
import { logGroup } from '../../modules/monitoring/log-group';
import { logLevelMetrics } from '../../modules/monitoring/log-level-metrics';
import type { Statement } from '../../modules/security/policy';
import type { Entrance } from './entrances';
import type { KashaSettings } from './environments';

/** What tells Kasha's two services apart. */
export interface ServiceWiring {
  readonly cluster: Handle<'AWS::ECS::Cluster', 'Arn'>;
  readonly entrance: Entrance;
  readonly image: IntrinsicFunction;
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupId: IntrinsicFunction;
  /** Key of the log. */
  readonly keyArn: IntrinsicFunction;
  readonly environment: Readonly<Record<string, Value<string>>>;
  /** Rights of the code. @default none */
  readonly statements?: readonly Statement[];
  readonly executeCommand?: ExecuteCommandSettings;
}

/** Directories that nginx, and most web servers, write to; in MiB. */
const writablePaths = { '/run': 1, '/tmp': 64, '/var/cache/nginx': 64 } as const;

/** One of Kasha's services: its log, roles, task definition, service and scaling, as the environment's settings size them. */
export function service(t: TemplateBuilder<Parameters, KashaSettings>, id: 'Frontend' | 'Backend', wiring: ServiceWiring): FargateServiceHandle {
  const { settings } = t;
  const name = id === 'Frontend' ? 'frontend' : 'backend';
  const { cpu, memory, port, minimumTasks, maximumTasks } = settings.services[name];
  const { cluster, entrance, executeCommand } = wiring;

  const log = logGroup(t, `${id}Log`, {
    name: t.resourceName(name).after('/ecs/'),
    retentionInDays: settings.logRetentionDays,
    keyArn: wiring.keyArn,
    dataProtectionPolicy: cardDataProtection,
  });
  logLevelMetrics(t, id, { logGroup: log, name: id });
  const task = fargateTask(t, `${id}Task`, {
    family: t.resourceName(name),
    container: name,
    image: wiring.image,
    cpu,
    memory,
    port,
    healthPath: settings.healthPaths.live,
    environment: { PORT: String(port), DEEP_HEALTH_PATH: settings.healthPaths.deep, ...wiring.environment },
    writablePaths,
    writableRoot: settings.executeCommand,
    logGroup: log,
    executionRole: executionRole(t, `${id}ExecutionRole`, { service: name, logGroup: log, repository: t.resourceName(name) }),
    taskRole: taskRole(t, `${id}TaskRole`, { service: name, statements: wiring.statements, executeCommand }),
  });
  const running = fargateService(t, id, {
    name: t.resourceName(name),
    cluster,
    task,
    container: name,
    port,
    desiredCount: minimumTasks,
    subnetIds: wiring.subnetIds,
    securityGroupId: wiring.securityGroupId,
    targetGroup: entrance.targetGroup,
    after: entrance.ready,
    spot: settings.spot === 'all',
    executeCommand: settings.executeCommand,
  });
  serviceScaling(t, `${id}Scaling`, { name, cluster, service: running, minimum: minimumTasks, maximum: maximumTasks, scheduledStop: settings.nightShutdown });
  return running;
}
