import type { ChartRelease } from '../../../src/cfn';

/** The cluster that the controller runs in. */
export interface LoadBalancerControllerSettings {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  /** Label and taint of the nodes for system pods. */
  readonly nodes: { readonly key: string; readonly value: string };
}

/** The account of AWS's own images for EKS, in the regions of this project. @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html */
const imageAccount = '602401143452';

/**
 * The AWS Load Balancer Controller, which registers pods in target groups. It runs on the nodes for system pods, by the IAM role that its
 * service account has, and is told region and VPC, because pods on these nodes can't ask the instance metadata. It only binds: it makes
 * no load balancers, so that it gets neither ingress classes nor rights for them, and changes no services.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/lbc-helm.html
 */
export function loadBalancerController({ clusterName, region, vpcId, nodes: { key, value } }: LoadBalancerControllerSettings): ChartRelease {
  const resources = { cpu: '100m', memory: '256Mi' };
  return {
    name: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    chart: 'aws-load-balancer-controller',
    version: '3.5.0',
    namespace: 'kube-system',
    values: {
      clusterName,
      region,
      vpcId,
      image: { repository: `${imageAccount}.dkr.ecr.${region}.amazonaws.com/amazon/aws-load-balancer-controller` },
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      serviceAccount: { create: true, name: 'aws-load-balancer-controller' },
      nodeSelector: { [key]: value },
      tolerations: [{ key, operator: 'Equal', value, effect: 'NoSchedule' }],
      resources: { requests: resources, limits: { memory: resources.memory } },
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      enableServiceMutatorWebhook: false,
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    },
  };
}
