import { defineSystem, nest } from '../../../src/cfn';
import { compute } from './compute';
import { cost } from './cost';
import { data } from './data';
import { dns } from './dns';
import { edgeDns } from './edge-dns';
import { edgeMonitoring } from './edge-monitoring';
import { entrance } from './entrance';
import { environments } from './environments';
import { key } from './key';
import { manifests } from './kubernetes';
import { monitoring } from './monitoring';
import { network } from './network';
import { parameters } from './parameters';
import { recoveryTargets } from './recovery';
import { regionSwitchRole } from './region-switch-role';
import { security } from './security';
import { zone } from './zone';

const { ProjectName, DomainName, AlertEmail, ApiImage, WorkerImage, ClusterAdministratorRoleArn, DeploymentRoleArn, MonthlyBudgetLimit, CostGovernance, CreateAnomalyMonitor, CostExport } = parameters;

/** FinTech Global: payments on Kubernetes, in us-east-1 with a pilot light in ap-southeast-1. */
export const fintechGlobal = defineSystem({
  name: 'fintech-global',
  title: 'FinTech Global platform',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'fintechglobal-{resource}-{environment}-{suffix}',
  costCenter: 'fintech-global',
  compliance: 'pci-dss soc2',
  environments,
  nameTags: true,
  recoveryTargets,
  manifests,

  deployments: (plan, { primary, secondary }) =>
    plan
      .deploy('zone', {
        description: 'FinTech Global public hosted zone',
        regions: { create: [primary], update: [primary] },
        gate: 'delegation',
        unless: 'HostedZoneId',
        // Needs nothing, not even of what the account shares.
        after: [],
        parameters: { DomainName },
      }, (root) => {
        const { HostedZoneId, NameServers } = nest(root, 'Zone', zone, { DomainName: root.param('DomainName') });
        return { wires: { HostedZoneId, NameServers } };
      })

      .deploy('key', {
        description: 'FinTech Global data key, of which the secondary region has a replica, and the role of the region-switch plan',
        regions: { create: [primary], update: [primary] },
        after: [],
        parameters: {},
      }, (root) => {
        const { DataKeyArn } = nest(root, 'Key', key, {});
        nest(root, 'RegionSwitchRole', regionSwitchRole, {});
        return { wires: { DataKeyArn } };
      })

      .deploy('foundation', {
        description: 'FinTech Global network, registries, certificate, buckets, secrets and alarm topic of one region',
        // The secondary first: its replica of the key and its buckets must stand before the primary replicates under and into them.
        regions: { create: [secondary, primary], update: [secondary, primary] },
        gate: 'images',
        after: ['zone', 'key'],
        parameters: { DomainName, AlertEmail },
      }, (root, { zone, key }) => {
        const guarded = nest(root, 'Security', security, {
          DomainName: root.param('DomainName'),
          AlertEmail: root.param('AlertEmail'),
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
          PrimaryDataKeyArn: root.acrossRegions(key.DataKeyArn, primary, 'PrimaryDataKeyArn'),
        });
        const net = nest(root, 'Network', network, { DataKeyArn: guarded.DataKeyArn });
        return { wires: { ...guarded, ...net } };
      })

      .deploy('platform', {
        description: 'FinTech Global database, cache, sessions, Kubernetes cluster, load balancer, failover record and alarms of one region',
        regions: { create: [primary, secondary], update: [secondary, primary] },
        parameters: { DomainName, ClusterAdministratorRoleArn, DeploymentRoleArn, ApiImage, WorkerImage },
      }, (root, { zone, foundation }) => {
        const topic = root.wire(foundation.AlarmTopicArn);
        const keyArn = root.wire(foundation.DataKeyArn);
        const stored = nest(root, 'Data', data, {
          DataSubnetIds: root.wire(foundation.DataSubnetIds),
          DatabaseSecurityGroupId: root.wire(foundation.DatabaseSecurityGroupId),
          CacheSecurityGroupId: root.wire(foundation.CacheSecurityGroupId),
          RotationSubnetIds: root.wire(foundation.PrivateSubnetIds),
          RotationSecurityGroupId: root.wire(foundation.RotationSecurityGroupId),
          DataKeyArn: keyArn,
          SecondaryDataKeyArn: root.acrossRegions(foundation.DataKeyArn, secondary, 'SecondaryDataKeyArn'),
          DatabaseSecretArn: root.acrossRegions(foundation.DatabaseSecretArn, primary, 'DatabaseSecretArn'),
          CacheSecretArn: root.wire(foundation.CacheSecretArn),
          AlarmTopicArn: topic,
        });
        const entered = nest(root, 'Entrance', entrance, {
          VpcId: root.wire(foundation.VpcId),
          PublicSubnetIds: root.wire(foundation.PublicSubnetIds),
          LoadBalancerSecurityGroupId: root.wire(foundation.LoadBalancerSecurityGroupId),
          CertificateArn: root.wire(foundation.CertificateArn),
          LogBucketName: root.wire(foundation.LogBucketName),
          DataKeyArn: keyArn,
        });
        const computed = nest(root, 'Compute', compute, {
          PrivateSubnetIds: root.wire(foundation.PrivateSubnetIds),
          LoadBalancerSecurityGroupId: root.wire(foundation.LoadBalancerSecurityGroupId),
          DatabaseSecurityGroupId: root.wire(foundation.DatabaseSecurityGroupId),
          CacheSecurityGroupId: root.wire(foundation.CacheSecurityGroupId),
          EndpointsSecurityGroupId: root.wire(foundation.EndpointsSecurityGroupId),
          DataKeyArn: keyArn,
          DataLakeBucketName: root.wire(foundation.DataLakeBucketName),
          DatabaseResourceId: stored.DatabaseResourceId,
          ApiTargetGroupArn: entered.ApiTargetGroupArn,
          ClusterAdministratorRoleArn: root.param('ClusterAdministratorRoleArn'),
          DeploymentRoleArn: root.param('DeploymentRoleArn'),
        });
        const named = nest(root, 'Dns', dns, {
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
          DomainName: root.param('DomainName'),
          LoadBalancerDnsName: entered.LoadBalancerDnsName,
          LoadBalancerZoneId: entered.LoadBalancerZoneId,
          LoadBalancerFullName: entered.LoadBalancerFullName,
          AlarmTopicArn: topic,
        });
        nest(root, 'Monitoring', monitoring, {
          AlarmTopicArn: topic,
          CertificateArn: root.wire(foundation.CertificateArn),
          ClusterName: computed.ClusterName,
          NodeAutoScalingGroupName: computed.NodeAutoScalingGroupName,
          DatabaseClusterIdentifier: stored.DatabaseClusterIdentifier,
          CacheReplicationGroupId: stored.CacheReplicationGroupId,
          LoadBalancerFullName: entered.LoadBalancerFullName,
          ApiTargetGroupFullName: entered.ApiTargetGroupFullName,
          WebAclName: entered.WebAclName,
        });
        return {
          wires: { HealthCheckId: named.HealthCheckId, LoadBalancerFullName: entered.LoadBalancerFullName },
          outputs: {
            ClusterName: computed.ClusterName,
            ClusterEndpoint: computed.ClusterEndpoint,
            ClusterCertificateAuthority: computed.ClusterCertificateAuthority,
            KubeconfigCommand: computed.KubeconfigCommand,
            ApiRoleArn: computed.ApiRoleArn,
            WorkerRoleArn: computed.WorkerRoleArn,
            ApiTargetGroupArn: entered.ApiTargetGroupArn,
            VpcId: root.wire(foundation.VpcId),
            PublicSubnetIds: root.wire(foundation.PublicSubnetIds),
            PrivateSubnetIds: root.wire(foundation.PrivateSubnetIds),
            DataSubnetIds: root.wire(foundation.DataSubnetIds),
            LoadBalancerDnsName: entered.LoadBalancerDnsName,
            DatabaseEndpoint: stored.WriterEndpoint,
            DatabaseReaderEndpoint: stored.ReaderEndpoint,
            CacheEndpoint: stored.CacheEndpoint,
            DataLakeBucketName: root.wire(foundation.DataLakeBucketName),
            ApiImage: root.param('ApiImage'),
            WorkerImage: root.param('WorkerImage'),
          },
        };
      })

      .deploy('edge', {
        description: 'FinTech Global region-switch plan, dashboard of both regions, budgets, anomaly detection and cost export',
        regions: { create: ['us-east-1'], update: ['us-east-1'] },
        parameters: { ProjectName, AlertEmail, MonthlyBudgetLimit, CostGovernance, CreateAnomalyMonitor, CostExport },
      }, (root, { foundation, platform }) => {
        // us-east-1 is one of the pair, so that it has a foundation with key and topic.
        const keyArn = root.wire(foundation.DataKeyArn);
        const topic = root.wire(foundation.AlarmTopicArn);
        const regionsOf = (region: string, part: 'Primary' | 'Secondary') => ({
          HealthCheckId: root.acrossRegions(platform.HealthCheckId, region, `${part}HealthCheckId`),
          LoadBalancerFullName: root.acrossRegions(platform.LoadBalancerFullName, region, `${part}LoadBalancerFullName`),
        });
        const [first, second] = [regionsOf(primary, 'Primary'), regionsOf(secondary, 'Secondary')];
        nest(root, 'EdgeDns', edgeDns, {});
        nest(root, 'EdgeMonitoring', edgeMonitoring, {
          AlarmTopicArn: topic,
          PrimaryHealthCheckId: first.HealthCheckId,
          SecondaryHealthCheckId: second.HealthCheckId,
          PrimaryLoadBalancerFullName: first.LoadBalancerFullName,
          SecondaryLoadBalancerFullName: second.LoadBalancerFullName,
        });
        nest(root, 'Cost', cost, {
          ProjectName: root.param('ProjectName'),
          AlertEmail: root.param('AlertEmail'),
          MonthlyBudgetLimit: root.param('MonthlyBudgetLimit'),
          CostGovernance: root.param('CostGovernance'),
          CreateAnomalyMonitor: root.param('CreateAnomalyMonitor'),
          CostExport: root.param('CostExport'),
          DataKeyArn: keyArn,
          LogBucketName: root.wire(foundation.LogBucketName),
          AlarmTopicArn: topic,
        });
        return { wires: {} };
      }),
});
