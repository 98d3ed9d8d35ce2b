import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { cardDataProtection } from '../monitoring/card-data-protection';
import { logGroup } from '../monitoring/log-group';
import { logLevelMetrics } from '../monitoring/log-level-metrics';
import type { Statement } from '../security/policy';
import type { ExecuteCommandSettings } from './ecs-cluster';
import { fargateService, type FargateServiceHandle, type FargateServiceSettings } from './fargate-service';
import { fargateTask } from './fargate-task';
import { serviceScaling, type ServiceScalingSettings } from './service-scaling';
import { executionRole, taskRole } from './task-roles';

/** Directories that nginx, and most web servers, write to; in MiB. */
const writablePaths = { '/run': 1, '/tmp': 64, '/var/cache/nginx': 64 } as const;

/** A service of one container behind a load balancer, with all that belongs to it. */
export interface LoadBalancedServiceSettings extends Pick<FargateServiceSettings, 'subnetIds' | 'securityGroupId' | 'targetGroup' | 'alsoIn' | 'after' | 'spot' | 'rollbackAlarms'> {
  /** The service's part of names, for example `backend`: of its container, family, registry, log group, roles and policies. */
  readonly name: string;
  readonly cluster: Handle<'AWS::ECS::Cluster', 'Arn'>;
  readonly image: IntrinsicFunction;
  /** CPU units: 1,024 are one vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly port: number;
  /** Path that answers 200 while the process runs; ECS replaces a task that does not answer. */
  readonly livePath: string;
  /** Path that goes through everything behind the service; the container learns it as `DEEP_HEALTH_PATH`. */
  readonly deepPath: string;
  /** Environment variables beside `PORT` and `DEEP_HEALTH_PATH`. @default none */
  readonly environment?: Readonly<Record<string, Value<string>>>;
  /** Rights of the code. @default none */
  readonly statements?: readonly Statement[];
  /** A shell into running tasks. @default none */
  readonly executeCommand?: ExecuteCommandSettings;
  /** Tasks that run at least, and at most. */
  readonly minimumTasks: number;
  readonly maximumTasks: number;
  /** Tasks to start with, and to which an update of the service returns. @default minimumTasks */
  readonly desiredTasks?: number;
  readonly scaling?: Pick<ServiceScalingSettings, 'cpu' | 'memory' | 'requests' | 'load' | 'scheduledStop' | 'busyHours'>;
  /** See `fargateTask`. @default Fargate's own 30 */
  readonly stopTimeoutSeconds?: number;
  /** Key of the log. */
  readonly keyArn: IntrinsicFunction;
  /** Days that the log stays. */
  readonly logRetentionInDays: number;
}

/** A load-balanced service: its log, in which card data are masked, roles, task definition, service and scaling. */
export function loadBalancedService(t: TemplateBuilder<Parameters, unknown>, id: string, settings: LoadBalancedServiceSettings): FargateServiceHandle {
  const { name, cluster, cpu, memory, port, livePath, deepPath, environment = {}, executeCommand, minimumTasks, maximumTasks, keyArn } = settings;
  const log = logGroup(t, `${id}Log`, {
    name: t.resourceName(name).after('/ecs/'),
    retentionInDays: settings.logRetentionInDays,
    keyArn,
    dataProtectionPolicy: cardDataProtection,
  });
  logLevelMetrics(t, id, { logGroup: log, name: id });
  const task = fargateTask(t, `${id}Task`, {
    family: t.resourceName(name),
    container: name,
    image: settings.image,
    cpu,
    memory,
    port,
    healthPath: livePath,
    environment: { PORT: String(port), DEEP_HEALTH_PATH: deepPath, ...environment },
    writablePaths,
    writableRoot: executeCommand !== undefined,
    stopTimeoutSeconds: settings.stopTimeoutSeconds,
    logGroup: log,
    executionRole: executionRole(t, `${id}ExecutionRole`, { service: name, logGroup: log, repository: t.resourceName(name) }),
    taskRole: taskRole(t, `${id}TaskRole`, { service: name, statements: settings.statements, executeCommand }),
  });
  const service = fargateService(t, id, {
    name: t.resourceName(name),
    cluster,
    task,
    container: name,
    port,
    desiredCount: settings.desiredTasks ?? minimumTasks,
    subnetIds: settings.subnetIds,
    securityGroupId: settings.securityGroupId,
    targetGroup: settings.targetGroup,
    alsoIn: settings.alsoIn,
    after: settings.after,
    spot: settings.spot,
    rollbackAlarms: settings.rollbackAlarms,
    executeCommand: executeCommand !== undefined,
  });
  serviceScaling(t, `${id}Scaling`, { name, cluster, service, minimum: minimumTasks, maximum: maximumTasks, ...settings.scaling });
  return service;
}
