import { Aws, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { TaskDefinition } from '../../../src/cfn/generated/ecs';
import { MeridianError } from '../../../src/errors';
import { regionalImage } from './regional-image';
import type { RoleHandle } from './task-roles';

/** A container beside a task's own. */
export interface Sidecar {
  readonly container: string;
  readonly image: IntrinsicFunction;
  /** CPU units and MiB that it has of the task's. */
  readonly cpu: number;
  readonly memory: number;
  /** @default its image's own */
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, Value<string>>>;
}

/** A task of one container on Fargate, and what helps it. */
export interface FargateTaskSettings {
  /** Family of the task definition, which also groups its revisions in the console. */
  readonly family: Name;
  /** The container's name, which its service's load balancer entry repeats. */
  readonly container: string;
  /** Image by digest, so that a task started next month runs the same code. See `regionalImage` for where it comes from. */
  readonly image: IntrinsicFunction;
  /** CPU units of the task: 1,024 are one vCPU. The container has those that its sidecars leave. */
  readonly cpu: number;
  /** MiB of the task, a size that Fargate has for `cpu`. The container has those that its sidecars leave. */
  readonly memory: number;
  /**
   * TCP port on which the container listens. Below 1,024 needs no root: the task's network lets every user bind it.
   * @default none: nobody connects to it, as to a cron job
   */
  readonly port?: number;
  /** Path that answers 200 when the process serves. The image needs curl or wget for it. With `port`. @default none is asked for */
  readonly healthPath?: string;
  /** Environment variables. Never secrets: everybody who may describe the task definition reads them. */
  readonly environment: Readonly<Record<string, Value<string>>>;
  /** Directories that stay writable, by path, with their largest size in MiB; what is in them counts against `memory`. */
  readonly writablePaths: Readonly<Record<string, number>>;
  /** Lets the container write everywhere else too, which the agent of ECS Exec needs. @default false */
  readonly writableRoot?: boolean;
  /** Numeric user and group. @default '101:101', the user of the nginx images; never root */
  readonly user?: string;
  /**
   * Seconds between the signal to end and the end by force, 2 to 120. Requests must have ended by then, so not less than the target
   * group drains; on Fargate Spot the target is drained only after the signal. @default unstated: Fargate's own 30
   */
  readonly stopTimeoutSeconds?: number;
  readonly logGroup: Handle<'AWS::Logs::LogGroup', 'Arn'>;
  /** Containers that help the first one and whose end does not end the task. @default none */
  readonly sidecars?: readonly Sidecar[];
  readonly executionRole: RoleHandle;
  readonly taskRole: RoleHandle;
}

export type FargateTaskHandle = Handle<'AWS::ECS::TaskDefinition', 'TaskDefinitionArn'>;

/**
 * A task definition that runs without root, without Linux capabilities and on a read-only root filesystem.
 *
 * - Scratch space is tmpfs, which Fargate has since January 2026, because its volumes belong to root and other users can't write
 *   them. Nothing in it can be executed.
 * - Logs are sent without blocking: when CloudWatch Logs is slow, the container loses the oldest lines beyond 25 MiB instead of
 *   standing still. What must not be lost is an event for a queue, not a log line.
 *
 * @throws MeridianError for a task whose sidecars leave its own container nothing
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html
 */
export function fargateTask(t: TemplateBuilder<Parameters, unknown>, id: string, settings: FargateTaskSettings): FargateTaskHandle {
  const { family, container, image, cpu, memory, port, healthPath, environment, writablePaths, writableRoot = false, user = '101:101', stopTimeoutSeconds, logGroup, sidecars = [] } = settings;
  const left = (part: 'cpu' | 'memory'): number => sidecars.reduce((rest, sidecar) => rest - sidecar[part], settings[part]);
  if (left('cpu') <= 0 || left('memory') <= 0) {
    throw new MeridianError(`Task ${container} of ${cpu} CPU units and ${memory} MiB too small: its sidecars leave it ${left('cpu')} units and ${left('memory')} MiB. Give it a larger size.`, 2);
  }
  return t.add(
    id,
    new TaskDefinition({
      Family: family,
      Cpu: String(cpu),
      Memory: String(memory),
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { OperatingSystemFamily: 'LINUX', CpuArchitecture: 'X86_64' },
      ExecutionRoleArn: settings.executionRole.att('Arn'),
      TaskRoleArn: settings.taskRole.att('Arn'),
      ContainerDefinitions: [
        {
          Name: container,
          Image: regionalImage(t, image),
          Essential: true,
          Cpu: left('cpu'),
          Memory: left('memory'),
          User: user,
          Privileged: false,
          ReadonlyRootFilesystem: !writableRoot,
          ...(stopTimeoutSeconds === undefined ? {} : { StopTimeout: stopTimeoutSeconds }),
          ...(port === undefined ? {} : { PortMappings: [{ ContainerPort: port, Protocol: 'tcp' }] }),
          Environment: variablesOf(environment),
          ...(port === undefined || healthPath === undefined ? {} : { HealthCheck: healthCheck(`http://127.0.0.1:${port}${healthPath}`) }),
          LinuxParameters: {
            InitProcessEnabled: true,
            Capabilities: { Drop: ['ALL'] },
            Tmpfs: Object.entries(writablePaths).map(([ContainerPath, Size]) => ({ ContainerPath, Size, MountOptions: ['rw', 'noexec', 'nosuid', 'nodev', 'mode=1777'] })),
          },
          SystemControls: [{ Namespace: 'net.ipv4.ip_unprivileged_port_start', Value: '0' }],
          LogConfiguration: logOf(container, logGroup),
          ...(sidecars.length ? { DependsOn: sidecars.map((sidecar) => ({ ContainerName: sidecar.container, Condition: 'START' })) } : {}),
        },
        ...sidecars.map((sidecar) => sidecarDefinition(t, sidecar, logGroup)),
      ],
    }),
  );
}

const variablesOf = (environment: Readonly<Record<string, Value<string>>>): TaskDefinition.KeyValuePair[] => Object.entries(environment).map(([Name, Value]) => ({ Name, Value }));

function healthCheck(url: string): TaskDefinition.HealthCheck {
  return { Command: ['CMD-SHELL', `curl -fsS -o /dev/null ${url} || wget -q -O /dev/null ${url} || exit 1`], Interval: 30, Timeout: 5, Retries: 3, StartPeriod: 30 };
}

function logOf(container: string, logGroup: FargateTaskSettings['logGroup']): TaskDefinition.LogConfiguration {
  return {
    LogDriver: 'awslogs',
    Options: { 'awslogs-group': logGroup.ref(), 'awslogs-region': Aws.region, 'awslogs-stream-prefix': container, mode: 'non-blocking', 'max-buffer-size': '25m' },
  };
}

/**
 * A sidecar as little trusted as the container itself. It starts first and is started anew when it ends, without the task.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-restart-policy.html
 */
function sidecarDefinition(t: TemplateBuilder<Parameters, unknown>, { container, image, cpu, memory, command, environment }: Sidecar, logGroup: FargateTaskSettings['logGroup']): TaskDefinition.ContainerDefinition {
  return {
    Name: container,
    Image: regionalImage(t, image),
    Essential: false,
    RestartPolicy: { Enabled: true, RestartAttemptPeriod: 60 },
    Cpu: cpu,
    Memory: memory,
    User: '65532:65532',
    Privileged: false,
    ReadonlyRootFilesystem: true,
    ...(command ? { Command: [...command] } : {}),
    Environment: variablesOf(environment),
    LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } },
    LogConfiguration: logOf(container, logGroup),
  };
}
