import type { NamespaceObject } from '../../../src/cfn';

/**
 * A namespace that takes only pods of the strictest pod security standard, as the clusters' version defines it: one that would run as
 * root, gain privileges or keep a capability is refused by the API server.
 * @param version minor version of the cluster, such as `1.35`
 * @param labels  further ones
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function restrictedNamespace(name: string, version: string, labels: Readonly<Record<string, string>> = {}): NamespaceObject {
  const modes = ['audit', 'enforce', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, 'restricted'],
    [`pod-security.kubernetes.io/${mode}-version`, `v${version}`],
  ]);
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ...Object.fromEntries(modes), ...labels } } };
}
