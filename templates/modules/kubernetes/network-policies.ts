import type { NetworkPolicyObject } from '../../../src/cfn';
import { metadataOf, selectorOf, type Workload } from './workload-labels';

/** A range of addresses and the TCP ports in it. */
export interface Opening {
  readonly cidr: string;
  readonly ports: readonly number[];
}

/** Whom the pods of a workload may hear and call. */
export interface NetworkPolicySettings extends Workload {
  /** Who may open connections to them. @default nobody; the probes of their own node always may */
  readonly from?: readonly Opening[];
  /** To whom they may open connections, besides the cluster's DNS. */
  readonly to: readonly Opening[];
}

/**
 * Denies every pod of a namespace all traffic that no other policy allows.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic
 */
export function denyAll(namespace: string): NetworkPolicyObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny-all', namespace }, spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } };
}

/**
 * Allows a workload exactly what it needs, in a namespace that denies the rest.
 *
 * Of pods on Fargate AWS enforces none of this: the VPC CNI judges policies on Amazon EC2 Linux nodes only. There the security group of
 * the cluster decides, which all of its pods carry. The policies hold for pods on nodes, and say what was meant.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export function networkPolicy(settings: NetworkPolicySettings): NetworkPolicyObject {
  const { from = [], to } = settings;
  const tcp = (ports: readonly number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(settings),
    spec: {
      podSelector: { matchLabels: selectorOf(settings) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: from.map(({ cidr, ports }) => ({ from: [{ ipBlock: { cidr } }], ports: tcp(ports) })),
      egress: [
        {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })),
        },
        ...to.map(({ cidr, ports }) => ({ to: [{ ipBlock: { cidr } }], ports: tcp(ports) })),
      ],
    },
  };
}
