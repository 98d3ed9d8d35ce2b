import type { Token } from '../../../src/cfn';
import { ecsCluster } from '../../modules/compute/ecs-cluster';
import { privateNamespace } from '../../modules/network/private-namespace';
import { clusterName, clusterNames, clusterOutput, namespaceDomain, type PascalCase } from './cluster-names';
import { defineTemplate } from './environments';
import { pascal } from './parameters';
import type { ClusterName } from './service-row';

type ClusterOutputs = { readonly [Cluster in ClusterName as `${PascalCase<Cluster>}ClusterName`]: Token<'String'> };

/** The six ECS clusters of one region and the private domain in which services find each other. */
export const clusters = defineTemplate(
  'clusters',
  { description: 'LookCard ECS clusters and Cloud Map namespace', parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' }, DataKeyArn: { Type: 'String' } } },
  (t) => {
    const { containerInsights } = t.settings;
    const names = clusterNames.map((cluster) => {
      const handle = ecsCluster(t, `${pascal(cluster)}Cluster`, { name: clusterName(t, cluster), storageKeyArn: t.param('DataKeyArn'), containerInsights });
      return [clusterOutput(cluster), handle.ref()] as const;
    });
    const namespace = privateNamespace(t, 'Namespace', { vpcId: t.param('VpcId'), domain: namespaceDomain(t), description: 'LookCard services by name' });
    return { ...(Object.fromEntries(names) as ClusterOutputs), NamespaceId: namespace.att('Id') };
  },
);
