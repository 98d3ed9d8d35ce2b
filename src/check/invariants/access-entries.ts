import type { WithheldResource } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';

/**
 * Rules see what an environment has. An access entry whose role no parameter names yet is judged here, as it would be by the rule
 * `access_entry_is_bounded` once it is named.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export const accessEntries: Invariant = {
  id: 'access_entries_to_come_are_bounded',
  title: 'An access entry that waits for a parameter to name its role gives rights in namespaces, and over the whole cluster at most to see it',
  severity: 'CRITICAL',
  controls: ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-6', 'SOC 2 CC6.3', 'MAS TRM 2021 9.2'],
  requirements: ['FTG-19'],
  fix: 'Give it a policy of the namespaces that it needs, and no group of Kubernetes itself',
  judge: (environment) => judgeEach(environment.withheld('AWS::EKS::AccessEntry'), judge),
};

function judge({ place, properties }: WithheldResource): readonly Violation[] {
  return [...listOf(properties['AccessPolicies']).flatMap(excess), ...listOf(properties['KubernetesGroups']).flatMap(ofKubernetes)].map((now) => ({ what: `${place} would give too much`, now }));
}

function excess(policy: unknown): readonly string[] {
  const text = JSON.stringify(policy);
  const named = /AmazonEKS(ClusterAdmin|Admin|Edit)Policy\b/.exec(text)?.[0];
  const everywhere = /"Type":"cluster"/.test(text);
  return named !== undefined && (named === 'AmazonEKSClusterAdminPolicy' || everywhere) ? [`AccessPolicies: ${named}${everywhere ? ' in the whole cluster' : ''}`] : [];
}

function ofKubernetes(group: unknown): readonly string[] {
  return typeof group === 'string' && group.startsWith('system:') ? [`KubernetesGroups: ${group}`] : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
