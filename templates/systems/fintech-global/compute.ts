import { stringToken } from '../../../src/cfn';
import { eksCluster, kubeconfigCommand } from '../../modules/compute/eks-cluster';
import { eksFargateProfile } from '../../modules/compute/eks-fargate-profile';
import { eksIdentityProvider } from '../../modules/compute/eks-identity-provider';
import { eksNodeAutoScaling } from '../../modules/compute/eks-node-auto-scaling';
import { eksNodeGroup } from '../../modules/compute/eks-node-group';
import { podIdentity } from '../../modules/compute/eks-pod-role';
import { serviceAccountRole } from '../../modules/compute/eks-service-account-role';
import { logGroup } from '../../modules/monitoring/log-group';
import { nodeAddOns, systemAddOns } from './add-ons';
import { clusterAccess } from './cluster-access';
import { clusterName, podLogGroupName, systemNodes } from './cluster-names';
import { defineTemplate } from './environments';
import { podTraffic } from './pod-traffic';
import { apiRights, workerRights } from './service-rights';
import { targetRights } from './target-rights';

/** The Kubernetes cluster of one region: nodes for its own software, Fargate for the services, and who has which rights. */
export const compute = defineTemplate(
  'compute',
  {
    description: 'FinTech Global Kubernetes cluster: nodes, Fargate profile, add-ons, roles of pods and access entries',
    parameters: {
      PrivateSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      LoadBalancerSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      DatabaseSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CacheSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      EndpointsSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      DataKeyArn: { Type: 'String' },
      DataLakeBucketName: { Type: 'String' },
      DatabaseResourceId: { Type: 'String', Description: "Resource id of this region's Aurora cluster, for IAM authentication" },
      ApiTargetGroupArn: { Type: 'String' },
      ClusterAdministratorRoleArn: { Type: 'String' },
      DeploymentRoleArn: { Type: 'String' },
    },
  },
  (t) => {
    const { kubernetes, logRetentionDays } = t.settings;
    const { version, namespace, publicAccessCidrs, nodes } = kubernetes;
    const keyArn = t.param('DataKeyArn');
    const subnetIds = t.param('PrivateSubnetIds');
    const name = clusterName(t);
    const cluster = eksCluster(t, 'Cluster', { name, version, subnetIds, keyArn, publicAccessCidrs, logRetentionInDays: logRetentionDays, protected: t.settings.protected });
    clusterAccess(t, cluster, { administratorRoleArn: t.param('ClusterAdministratorRoleArn'), deploymentRoleArn: t.param('DeploymentRoleArn') });
    podTraffic(t, cluster, {
      loadBalancer: t.param('LoadBalancerSecurityGroupId'),
      database: t.param('DatabaseSecurityGroupId'),
      cache: t.param('CacheSecurityGroupId'),
      endpoints: t.param('EndpointsSecurityGroupId'),
    });

    const system = eksNodeGroup(t, 'SystemNodes', { cluster, name: 'system', version, subnetIds, ...nodes, keyArn, purpose: systemNodes, after: nodeAddOns(t, cluster) });
    systemAddOns(t, cluster, keyArn, system);
    podIdentity(t, 'LoadBalancerController', {
      name: t.resourceName('target-registrar', 'account'),
      description: 'Lets the AWS Load Balancer Controller bring API pods into their target group',
      cluster,
      namespace: 'kube-system',
      serviceAccount: 'aws-load-balancer-controller',
      statements: targetRights(t.param('ApiTargetGroupArn')),
    });

    const podLog = logGroup(t, 'PodLog', { name: podLogGroupName(t), retentionInDays: logRetentionDays, keyArn });
    eksFargateProfile(t, 'Pods', { cluster, clusterName: name, namespace, subnetIds, logGroup: podLog });
    const identityProvider = eksIdentityProvider(t, 'Identity', { cluster });
    const reached = { databaseResourceId: t.param('DatabaseResourceId'), dataLakeBucketName: t.param('DataLakeBucketName'), keyArn };
    const account = { identityProvider, namespace };
    const api = serviceAccountRole(t, 'ApiRole', {
      ...account,
      name: t.resourceName('api', 'account'),
      description: 'What the code of the API pods may do',
      serviceAccount: 'api',
      statements: apiRights(t, reached),
    });
    const worker = serviceAccountRole(t, 'WorkerRole', {
      ...account,
      name: t.resourceName('worker', 'account'),
      description: 'What the code of the worker pods may do',
      serviceAccount: 'worker',
      statements: workerRights(t, reached),
    });

    return {
      ClusterName: cluster.ref(),
      ClusterArn: cluster.att('Arn'),
      ClusterEndpoint: cluster.att('Endpoint'),
      ClusterCertificateAuthority: cluster.att('CertificateAuthorityData'),
      KubeconfigCommand: stringToken(kubeconfigCommand(cluster)),
      NodeAutoScalingGroupName: stringToken(eksNodeAutoScaling(t, 'SystemNodeScaling', { clusterName: name, nodeGroup: system, keyArn, logRetentionInDays: logRetentionDays })),
      ApiRoleArn: api.att('Arn'),
      WorkerRoleArn: worker.att('Arn'),
    };
  },
);
