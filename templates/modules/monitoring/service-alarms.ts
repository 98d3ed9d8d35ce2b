import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, mathAlarm, type Metric } from './alarm';

/** What can be wrong with a service behind a load balancer. */
type Trouble = 'cpu' | 'memory' | 'loadBalancerErrors' | 'errors' | 'unhealthy' | 'latency' | 'tasks';

/** What to do about a service of containers whose sizes stand in `environments.ts` and whose health check asks a database. */
export const serviceAdvice = {
  cpu: 'Raise maximumTasks in environments.ts, or find what is slow',
  memory: 'Compare with the last release and roll back; otherwise raise memory in environments.ts',
  unhealthy: 'ECS replaces it. When that repeats, its log says why; look at the database too, which the health check asks',
  latency: 'Look at the CPU of tasks and database first, then at the slowest statements in Performance Insights',
  tasks: 'The service’s events name the reason: no Fargate capacity, an image that cannot be had, or tasks that fail their checks',
} as const satisfies Partial<Record<Trouble, string>>;

/** A service behind a load balancer, and when its alarms go off. */
export interface ServiceAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly cluster: Token<'String'>;
  readonly service: Token<'String'>;
  readonly loadBalancer: Token<'String'>;
  readonly targetGroup: Token<'String'>;
  /** Percent at which it scales, for the alarms that say that scaling was not enough; without `memory` it does not scale on that. */
  readonly scalesAt: { readonly cpu: number; readonly memory?: number };
  /**
   * Other services stand behind the same load balancer: errors are those of its own targets, and the load balancer's are left to
   * `loadBalancerErrors`. @default false, which counts the load balancer's errors as the service's
   */
  readonly sharesLoadBalancer?: boolean;
  /** Tells of errors. @default true; false where the service's deployments have such an alarm already */
  readonly countsErrors?: boolean;
  /** Seconds within which 99 % of the requests are to be answered. @default no alarm */
  readonly answersWithin?: number;
  /** Tells when fewer tasks run than should; the cluster needs Container Insights. @default false */
  readonly countsTasks?: boolean;
  /** What to do, by trouble: it ends the alarm's description. @default nothing said */
  readonly advice?: Partial<Readonly<Record<Trouble, string>>>;
}

/** The metrics of a service that are worth a graph. */
export type ServiceMetrics = Readonly<Record<'cpu' | 'memory' | 'requests' | 'loadBalancerErrors' | 'targetErrors', Metric>>;

/** A metric of a load balancer as a whole. */
export const ofLoadBalancer = (name: string, loadBalancer: Token<'String'>): Metric => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: loadBalancer } });

/** A metric that Container Insights has of a service. */
export const ofTasks = (name: 'DesiredTaskCount' | 'RunningTaskCount', cluster: Metric['dimensions'][string], service: Metric['dimensions'][string]): Metric => ({
  namespace: 'ECS/ContainerInsights',
  name,
  dimensions: { ClusterName: cluster, ServiceName: service },
});

/**
 * Alarms on load, errors, health and, where asked for, latency and task count of a service.
 * @param id PascalCase, before the alarms' logical ids; in lower case it is the service's part of their names and descriptions
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function serviceAlarms(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ServiceAlarmsSettings): ServiceMetrics {
  const { topic, cluster, service, loadBalancer, targetGroup, scalesAt, sharesLoadBalancer = false, countsErrors = true, answersWithin, countsTasks = false, advice = {} } = settings;
  const part = id.toLowerCase();
  const ofService = (name: string): Metric => ({ namespace: 'AWS/ECS', name, dimensions: { ClusterName: cluster, ServiceName: service } });
  const ofTargets = (name: string): Metric => ({ namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup } });
  const ofShare = (name: string): Metric => (sharesLoadBalancer ? ofTargets(name) : ofLoadBalancer(name, loadBalancer));
  const metrics = {
    cpu: ofService('CPUUtilization'),
    memory: ofService('MemoryUtilization'),
    requests: ofShare('RequestCount'),
    loadBalancerErrors: ofLoadBalancer('HTTPCode_ELB_5XX_Count', loadBalancer),
    targetErrors: ofShare('HTTPCode_Target_5XX_Count'),
  };
  const said = (trouble: Trouble, what: string): string => (advice[trouble] === undefined ? what : `${what}. ${advice[trouble]}`);
  const above = { comparison: 'GreaterThanThreshold', topic } as const;
  const scaled = (percent: number): string => `stays high although it scales at ${percent} %: it may be at its most tasks`;
  alarm(t, `${id}Cpu`, { name: `${part}-cpu`, description: said('cpu', `CPU of the ${part} ${scaled(scalesAt.cpu)}`), metric: metrics.cpu, statistic: 'Average', threshold: 85, ...above });
  alarm(t, `${id}Memory`, {
    name: `${part}-memory`,
    description: said('memory', `Memory of the ${part} ${scalesAt.memory === undefined ? 'stays high, and nothing scales on it: it may leak' : scaled(scalesAt.memory)}`),
    metric: metrics.memory,
    statistic: 'Average',
    threshold: 90,
    ...above,
  });
  if (!sharesLoadBalancer) loadBalancerErrors(t, `${id}LoadBalancerErrors`, { name: `${part}-alb-5xx`, description: said('loadBalancerErrors', `The load balancer of the ${part} answers with errors of its own: no healthy target, or targets too slow`), loadBalancer, topic });
  if (countsErrors) alarm(t, `${id}Errors`, { name: `${part}-5xx`, description: said('errors', `The ${part} answers with errors`), metric: metrics.targetErrors, statistic: 'Sum', threshold: 10, ...above });
  alarm(t, `${id}Unhealthy`, { name: `${part}-unhealthy`, description: said('unhealthy', `A ${part} task fails its health check`), metric: ofTargets('UnHealthyHostCount'), statistic: 'Maximum', threshold: 0, ...above });
  if (answersWithin !== undefined) {
    alarm(t, `${id}Latency`, {
      name: `${part}-latency`,
      description: said('latency', `One ${part} request of a hundred takes longer than ${answersWithin} s`),
      metric: ofTargets('TargetResponseTime'),
      statistic: 'p99',
      threshold: answersWithin,
      periods: 5,
      ...above,
    });
  }
  if (countsTasks) {
    mathAlarm(t, `${id}Tasks`, {
      name: `${part}-tasks`,
      description: said('tasks', `Fewer ${part} tasks run than should, for five minutes`),
      metrics: { desired: { metric: ofTasks('DesiredTaskCount', cluster, service), statistic: 'Minimum' }, running: { metric: ofTasks('RunningTaskCount', cluster, service), statistic: 'Maximum' } },
      expression: 'desired - running',
      threshold: 0,
      periods: 5,
      // A cluster that says nothing of its tasks runs none, or nobody would notice when it does not.
      missing: 'breaching',
      ...above,
    });
  }
  return metrics;
}

/** An alarm on the errors that a load balancer answers with itself. */
export function loadBalancerErrors(
  t: TemplateBuilder<Parameters, unknown>,
  id: string,
  { name, description, loadBalancer, topic }: { readonly name: string; readonly description: string; readonly loadBalancer: Token<'String'>; readonly topic: Token<'String'> },
): void {
  alarm(t, id, { name, description, metric: ofLoadBalancer('HTTPCode_ELB_5XX_Count', loadBalancer), statistic: 'Sum', comparison: 'GreaterThanThreshold', threshold: 10, topic });
}
