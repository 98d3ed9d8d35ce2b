/**
 * Versions of the add-ons by the minor version of Kubernetes: what `aws eks describe-addon-versions --kubernetes-version` has for it.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */
export const addOnVersions = {
  '1.35': {
    'vpc-cni': 'v1.23.0-eksbuild.1',
    'kube-proxy': 'v1.35.3-eksbuild.18',
    coredns: 'v1.14.3-eksbuild.3',
    'eks-pod-identity-agent': 'v1.4.0-eksbuild.1',
    'metrics-server': 'v0.9.0-eksbuild.5',
    'amazon-cloudwatch-observability': 'v6.4.0-eksbuild.1',
  },
} as const;

/** A minor version of Kubernetes for which versions of the add-ons are chosen. */
export type KubernetesVersion = keyof typeof addOnVersions;
