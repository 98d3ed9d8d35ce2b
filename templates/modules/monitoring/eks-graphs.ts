import type { Value } from '../../../src/cfn';
import type { Metric } from './alarm';
import type { Graph } from './dashboard';

/** A metric that EKS has of a cluster's control plane by itself. */
export type ControlPlaneMetricName = 'apiserver_request_duration_seconds_LIST_P99' | 'apiserver_request_total' | 'apiserver_request_total_429' | 'apiserver_request_total_5XX' | 'scheduler_pending_pods' | 'scheduler_pending_pods_UNSCHEDULABLE';

/**
 * A metric of a cluster's control plane, which EKS publishes without any add-on.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html
 */
export const ofControlPlane = (name: ControlPlaneMetricName, cluster: Value<string>): Metric => ({ namespace: 'AWS/EKS', name, dimensions: { ClusterName: cluster } });

/** A metric that Container Insights has of a cluster or of its nodes together. */
export type InsightsMetricName = 'cluster_failed_node_count' | 'cluster_node_count' | 'node_cpu_utilization' | 'node_filesystem_utilization' | 'node_memory_utilization';

/**
 * A metric of a cluster's nodes, which the add-on `amazon-cloudwatch-observability` publishes.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html
 */
export const ofNodes = (name: InsightsMetricName, cluster: Value<string>): Metric => ({ namespace: 'ContainerInsights', name, dimensions: { ClusterName: cluster } });

/** A Kubernetes deployment. */
export interface WatchedDeployment {
  readonly cluster: Value<string>;
  readonly namespace: string;
  readonly deployment: string;
}

/**
 * A metric of a Kubernetes deployment, which the add-on reads from the Kubernetes API: so it knows of pods on Fargate too, of which it
 * measures nothing. It calls the deployment `PodName`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html
 */
export const ofDeployment = (name: 'replicas_desired' | 'status_replicas_available', { cluster, namespace, deployment }: WatchedDeployment): Metric => ({
  namespace: 'ContainerInsights',
  name,
  dimensions: { ClusterName: cluster, Namespace: namespace, PodName: deployment },
});

/** A cluster of one region with its deployments. */
export interface EksGraphsSettings {
  readonly region: Value<string>;
  /** The region as titles call it. */
  readonly place: string;
  readonly cluster: Value<string>;
  readonly namespace: string;
  /** Names of its deployments. */
  readonly deployments: readonly string[];
}

/** Graphs of a cluster's control plane, of its nodes, and of the pods that its deployments want and have. */
export function eksGraphs({ region, place, cluster, namespace, deployments }: EksGraphsSettings): readonly Graph[] {
  const ofEach = (name: 'replicas_desired' | 'status_replicas_available', what: string): Graph['metrics'] =>
    deployments.map((deployment) => ({ ...ofDeployment(name, { cluster, namespace, deployment }), label: `${deployment} ${what}` }));
  return [
    { title: `Pods in ${place}`, statistic: 'Minimum', region, metrics: [...ofEach('replicas_desired', 'wanted'), ...ofEach('status_replicas_available', 'available')] },
    {
      title: `Pods that wait in ${place}`,
      statistic: 'Sum',
      region,
      metrics: [{ ...ofControlPlane('scheduler_pending_pods', cluster), label: 'all' }, { ...ofControlPlane('scheduler_pending_pods_UNSCHEDULABLE', cluster), label: 'without a place' }],
    },
    {
      title: `Kubernetes API in ${place}`,
      statistic: 'Sum',
      region,
      metrics: [
        { ...ofControlPlane('apiserver_request_total', cluster), label: 'requests' },
        { ...ofControlPlane('apiserver_request_total_5XX', cluster), label: 'errors' },
        { ...ofControlPlane('apiserver_request_total_429', cluster), label: 'refused' },
      ],
    },
    {
      title: `Nodes in ${place}, %`,
      statistic: 'Maximum',
      region,
      metrics: [
        { ...ofNodes('node_cpu_utilization', cluster), label: 'CPU' },
        { ...ofNodes('node_memory_utilization', cluster), label: 'memory' },
        { ...ofNodes('node_filesystem_utilization', cluster), label: 'disk' },
      ],
    },
  ];
}
