import type { AutoscalerObject } from '../../../src/cfn';
import { metadataOf, type Workload } from './workload-labels';

/** Between how many pods a deployment of the same name runs. */
export interface PodAutoscalerSettings extends Workload {
  readonly minimum: number;
  readonly maximum: number;
  /** Percent of the CPU asked for, on average over all pods, at which pods are added. */
  readonly cpuTargetPercent: number;
}

/**
 * An autoscaler by CPU. It doubles at once when it must, because Fargate takes a minute or two for each pod; it takes one pod away in a
 * minute, and only what five minutes of load did not need. The cluster must run the metrics server.
 * @see https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
 */
export function podAutoscaler(settings: PodAutoscalerSettings): AutoscalerObject {
  const { name, minimum, maximum, cpuTargetPercent } = settings;
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadataOf(settings),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: minimum,
      maxReplicas: maximum,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuTargetPercent } } }],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }, { type: 'Pods', value: 4, periodSeconds: 60 }], selectPolicy: 'Max' },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
      },
    },
  };
}
