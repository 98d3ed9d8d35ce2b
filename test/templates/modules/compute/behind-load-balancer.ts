import { stringToken, Fn, type Handle, type Name, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { applicationLoadBalancer, type LoadBalancerHandle } from '../../../../templates/modules/compute/application-load-balancer';
import { ecsCluster } from '../../../../templates/modules/compute/ecs-cluster';
import { fargateTask, type FargateTaskHandle } from '../../../../templates/modules/compute/fargate-task';
import { targetGroup, type TargetGroupHandle } from '../../../../templates/modules/compute/target-group';
import { executionRole, taskRole } from '../../../../templates/modules/compute/task-roles';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';

type Builder = TemplateBuilder<Parameters, unknown>;

/** A value that only its name tells from another. */
export const value = (name: string) => stringToken(Fn.Sub(name));

/** A load balancer to hang something on. */
export function someLoadBalancer(t: Builder, options: { readonly clientKeepAliveSeconds?: number; readonly crossZone?: true; readonly name?: Name } = {}): LoadBalancerHandle {
  const { name = t.resourceName('alb'), ...rest } = options;
  return applicationLoadBalancer(t, 'LoadBalancer', {
    name,
    scheme: 'internal',
    subnetIds: value('subnets'),
    securityGroupIds: [value('group')],
    accessLogs: { bucketName: value('logs'), prefix: 'alb' },
    deletionProtection: true,
    ...rest,
  });
}

/** A target group to send to. */
export const someTargetGroup = (t: Builder, options: { readonly healthyTargetsForDns?: number } = {}): TargetGroupHandle => targetGroup(t, 'Targets', { vpcId: value('vpc'), port: 8080, healthPath: '/', ...options });

/** A cluster to run on. */
export const someCluster = (t: Builder): Handle<'AWS::ECS::Cluster', 'Arn'> => ecsCluster(t, 'Cluster', { name: t.resourceName('cluster'), storageKeyArn: value('key') });

/** A task definition to run. */
export function someTask(t: Builder, options: { readonly writableRoot?: boolean; readonly user?: string; readonly stopTimeoutSeconds?: number } = {}): FargateTaskHandle {
  const log = logGroup(t, 'Log', { name: t.resourceName('web'), retentionInDays: 7, keyArn: value('key') });
  return fargateTask(t, 'Task', {
    family: t.resourceName('web'),
    container: 'web',
    image: value('image'),
    cpu: 256,
    memory: 512,
    port: 8080,
    healthPath: '/health',
    environment: { PORT: '8080' },
    writablePaths: { '/tmp': 16 },
    logGroup: log,
    executionRole: executionRole(t, 'ExecutionRole', { service: 'web', logGroup: log, repository: t.resourceName('web') }),
    taskRole: taskRole(t, 'TaskRole', { service: 'web' }),
    ...options,
  });
}
