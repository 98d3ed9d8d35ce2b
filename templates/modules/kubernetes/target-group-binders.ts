import type { RoleBindingObject, RoleObject } from '../../../src/cfn';

/**
 * Lets a group bind target groups in a namespace. The access policies of EKS know the kinds of Kubernetes only, so that who has them
 * may apply everything there but this.
 * @param group a Kubernetes group of an access entry
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export function targetGroupBinders(namespace: string, group: string): readonly [RoleObject, RoleBindingObject] {
  const metadata = { name: 'target-group-binders', namespace };
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: ['elbv2.k8s.aws'], resources: ['targetgroupbindings'], verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
    },
  ];
}
