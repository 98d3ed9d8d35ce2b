import { Fn, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { eksAccessEntry } from '../../modules/compute/eks-access-entry';
import type { EksClusterHandle } from '../../modules/compute/eks-cluster';
import { arn } from '../../modules/security/policy';
import type { FintechGlobalSettings } from './environments';
import { pipelineGroup } from './cluster-names';
import { regionSwitchRoleName } from './region-switch';

/** Who else has access to Kubernetes; an empty text stands for nobody. */
export interface ClusterAccessSettings {
  readonly administratorRoleArn: Token<'String'>;
  readonly deploymentRoleArn: Token<'String'>;
}

/**
 * Who may do what in Kubernetes. Administrators do everything in the services' namespace and see the whole cluster but its secrets; the
 * pipeline applies what runs in the namespace; the region-switch plan scales it. Nobody administers the cluster itself for good: who sets
 * it up, or breaks the glass, associates the policy for that with an entry of his own, and takes it away again.
 *
 * Nodes and Fargate are let in by entries that EKS makes by itself.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/eks-resource-scaling-block.html
 */
export function clusterAccess(t: TemplateBuilder<Parameters, FintechGlobalSettings>, cluster: EksClusterHandle, roles: ClusterAccessSettings): void {
  const { namespace } = t.settings.kubernetes;
  const named = (condition: string, role: Token<'String'>) => t.condition(condition, Fn.Not(Fn.Equals(role, '')));
  eksAccessEntry(t, 'AdministratorAccess', {
    cluster,
    principalArn: roles.administratorRoleArn,
    grants: [
      { policy: 'AmazonEKSAdminPolicy', in: [namespace] },
      { policy: 'AmazonEKSViewPolicy', in: 'cluster' },
    ],
    when: named('HasAdministrator', roles.administratorRoleArn),
  });
  eksAccessEntry(t, 'DeploymentAccess', {
    cluster,
    principalArn: roles.deploymentRoleArn,
    grants: [{ policy: 'AmazonEKSEditPolicy', in: [namespace] }],
    // The policy knows Kubernetes' own kinds only: target group bindings are granted by a role of the namespace, to the group.
    groups: [pipelineGroup],
    when: named('HasPipeline', roles.deploymentRoleArn),
  });
  eksAccessEntry(t, 'RegionSwitchAccess', {
    cluster,
    principalArn: arn('iam', `role/${regionSwitchRoleName(t).text}`, { region: '' }),
    grants: [{ policy: 'AmazonARCRegionSwitchScalingPolicy', in: [namespace] }],
  });
}
