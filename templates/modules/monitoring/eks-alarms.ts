import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm, mathAlarm, type Metric } from './alarm';
import { ofControlPlane, ofDeployment, ofNodes, type WatchedDeployment } from './eks-graphs';

/** A cluster, and where its alarms go. */
export interface EksAlarmsSettings {
  readonly topic: Token<'String'>;
  readonly cluster: Token<'String'>;
  /** The Auto Scaling group behind its managed node group, which sends metrics. */
  readonly autoScalingGroup: Token<'String'>;
}

/**
 * Alarms on a cluster's control plane and nodes. The cluster needs the add-on `amazon-cloudwatch-observability`.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html
 */
export function eksAlarms(t: TemplateBuilder<Parameters, unknown>, { topic, cluster, autoScalingGroup }: EksAlarmsSettings): void {
  const above = { comparison: 'GreaterThanThreshold', topic } as const;
  alarm(t, 'ApiServerErrors', {
    name: 'kubernetes-5xx',
    description: 'The Kubernetes API answers with errors of its own for five minutes: pods go on, but nothing is scaled, replaced or deployed. Look for a webhook that does not answer first, then at the AWS Health Dashboard',
    metric: ofControlPlane('apiserver_request_total_5XX', cluster),
    statistic: 'Sum',
    threshold: 10,
    periods: 5,
    ...above,
  });
  alarm(t, 'ApiServerRefusals', {
    name: 'kubernetes-throttled',
    description: 'The Kubernetes API has refused requests because it has too many, for five minutes. The audit log says which controller or pipeline asks so often',
    metric: ofControlPlane('apiserver_request_total_429', cluster),
    statistic: 'Sum',
    threshold: 10,
    periods: 5,
    ...above,
  });
  alarm(t, 'PodsUnschedulable', {
    name: 'pods-unschedulable',
    description: 'Pods have found no place to run for ten minutes. kubectl describe says why: no Fargate profile for their namespace, no address in the subnets, no room on the nodes, or a taint',
    metric: ofControlPlane('scheduler_pending_pods_UNSCHEDULABLE', cluster),
    statistic: 'Sum',
    threshold: 0,
    periods: 10,
    ...above,
  });
  alarm(t, 'NodesFailed', {
    name: 'nodes-failed',
    description: 'A node of the cluster has been ill for five minutes: it has no memory, disk or process ids left, or says nothing. EKS replaces nodes that EC2 takes for ill; drain and terminate it when it stays',
    metric: ofNodes('cluster_failed_node_count', cluster),
    statistic: 'Maximum',
    threshold: 0,
    periods: 5,
    ...above,
  });
  const ofGroup = (name: 'GroupDesiredCapacity' | 'GroupInServiceInstances'): Metric => ({ namespace: 'AWS/AutoScaling', name, dimensions: { AutoScalingGroupName: autoScalingGroup } });
  mathAlarm(t, 'NodesMissing', {
    name: 'nodes-missing',
    description: 'The node group has had fewer nodes than it should for a quarter of an hour. The activities of its Auto Scaling group say why: no capacity for the instance type in a zone, a quota, or nodes that fail to join',
    metrics: { desired: { metric: ofGroup('GroupDesiredCapacity'), statistic: 'Minimum' }, there: { metric: ofGroup('GroupInServiceInstances'), statistic: 'Maximum' } },
    expression: 'desired - there',
    threshold: 0,
    periods: 15,
    // EKS has the group send metrics; one that sends none may have no instance.
    missing: 'breaching',
    ...above,
  });
  for (const { id, name, metric, what, percent } of nodeResources) {
    alarm(t, id, {
      name,
      description: `A node uses more than ${percent} % of its ${what} for ten minutes: DNS and the controllers of the cluster run there. Look which pod needs it; otherwise choose larger nodes, or more of them, in environments.ts`,
      metric: ofNodes(metric, cluster),
      statistic: 'Maximum',
      threshold: percent,
      periods: 10,
      ...above,
    });
  }
  alarm(t, 'InsightsSilent', {
    name: 'kubernetes-silent',
    description: 'Container Insights has told nothing of the cluster for ten minutes, so that no other alarm on its nodes and pods can go off. Look at the pods of amazon-cloudwatch and whether nodes are there at all',
    metric: ofNodes('cluster_node_count', cluster),
    statistic: 'Minimum',
    comparison: 'LessThanThreshold',
    threshold: 1,
    periods: 10,
    missing: 'breaching',
    topic,
  });
}

/** What a node runs out of. */
const nodeResources = [
  { id: 'NodeCpu', name: 'node-cpu', metric: 'node_cpu_utilization', what: 'CPU', percent: 85 },
  { id: 'NodeMemory', name: 'node-memory', metric: 'node_memory_utilization', what: 'memory', percent: 85 },
  { id: 'NodeDisk', name: 'node-disk', metric: 'node_filesystem_utilization', what: 'disk', percent: 80 },
] as const;

/** A deployment, and where its alarm goes. */
export interface DeploymentAlarmSettings extends WatchedDeployment {
  readonly cluster: Token<'String'>;
  readonly topic: Token<'String'>;
}

/**
 * An alarm on a deployment that has fewer pods than it wants. Before its manifests are applied there is none, which is no failure.
 * @param id logical id of the alarm
 */
export function deploymentAlarm(t: TemplateBuilder<Parameters, unknown>, id: string, { topic, ...watched }: DeploymentAlarmSettings): void {
  mathAlarm(t, id, {
    name: `${watched.deployment}-pods`,
    description: `Fewer ${watched.deployment} pods are available than should be, for ten minutes. kubectl describe says why: no Fargate capacity, an image that cannot be had, or pods that fail their checks`,
    metrics: { desired: { metric: ofDeployment('replicas_desired', watched), statistic: 'Minimum' }, available: { metric: ofDeployment('status_replicas_available', watched), statistic: 'Maximum' } },
    expression: 'desired - available',
    comparison: 'GreaterThanThreshold',
    threshold: 0,
    periods: 10,
    topic,
  });
}
