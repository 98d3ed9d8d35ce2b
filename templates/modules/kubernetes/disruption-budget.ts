import type { DisruptionBudgetObject } from '../../../src/cfn';
import { metadataOf, selectorOf, type Workload } from './workload-labels';

/**
 * Lets one pod of a workload leave at a time when nodes are drained or Fargate patches its machines. A minimum of pods instead would, with
 * one pod, let none leave, and Fargate deletes what it can't evict. Pods that are
 * not ready may leave at any time: they serve nobody.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-patching.html
 */
export function disruptionBudget(workload: Workload): DisruptionBudgetObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(workload),
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selectorOf(workload) } },
  };
}
