import { defineSystem, nest } from '../../../src/cfn';
import { compute } from './compute';
import { data } from './data';
import { dns } from './dns';
import { edge } from './edge';
import { edgeDns } from './edge-dns';
import { edgeMonitoring } from './edge-monitoring';
import { environments } from './environments';
import { monitoring } from './monitoring';
import { network } from './network';
import { parameters } from './parameters';
import { security } from './security';
import { zone } from './zone';

const { DomainName, AlarmEmail, FrontendImage, BackendImage, ArchiveVaultArn } = parameters;

/** Kasha: frontend, backend and MySQL of an online shop, in us-east-1 with a standby in ap-southeast-1. */
export const kasha = defineSystem({
  name: 'kasha',
  title: 'Kasha cloud infrastructure',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'kasha',
  compliance: 'pci-dss soc2',
  environments,

  deployments: (plan, { primary, secondary }) =>
    plan
      .deploy('zone', {
        description: 'Kasha public hosted zone',
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

      .deploy('foundation', {
        description: 'Kasha network, keys, registries, certificates and secrets of one region',
        // The secondary first: its keys must stand before the primary replicates secrets under them.
        regions: { create: [secondary, primary], update: [secondary, primary] },
        gate: 'images',
        after: ['zone'],
        parameters: { DomainName },
      }, (root, { zone }) => {
        const guarded = nest(root, 'Security', security, {
          DomainName: root.param('DomainName'),
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
        });
        const net = nest(root, 'Network', network, { DefaultKeyArn: guarded.DefaultKeyArn });
        return { wires: { ...guarded, ...net } };
      })

      .deploy('platform', {
        description: 'Kasha database, services, failover records and alarms of one region',
        regions: { create: [primary, secondary], update: [secondary, primary] },
        parameters: { DomainName, AlarmEmail, FrontendImage, BackendImage, ArchiveVaultArn },
      }, (root, { zone, foundation }) => {
        const DomainNameGiven = root.param('DomainName');
        const databaseSecretArn = root.acrossRegions(foundation.DatabaseSecretArn, primary, 'DatabaseSecretArn');
        const stored = nest(root, 'Data', data, {
          DatabaseSubnetIds: root.wire(foundation.DatabaseSubnetIds),
          DatabaseSecurityGroupId: root.wire(foundation.DatabaseSecurityGroupId),
          ProxySecurityGroupId: root.wire(foundation.ProxySecurityGroupId),
          RotationSubnetIds: root.wire(foundation.BackendSubnetIds),
          RotationSecurityGroupId: root.wire(foundation.RotationSecurityGroupId),
          DatabaseKeyArn: root.wire(foundation.DatabaseKeyArn),
          DefaultKeyArn: root.wire(foundation.DefaultKeyArn),
          SecondaryDatabaseKeyArn: root.acrossRegions(foundation.DatabaseKeyArn, secondary, 'SecondaryDatabaseKeyArn'),
          DatabaseSecretArn: databaseSecretArn,
          ArchiveVaultArn: root.param('ArchiveVaultArn'),
        });
        const computed = nest(root, 'Compute', compute, {
          VpcId: root.wire(foundation.VpcId),
          PublicSubnetIds: root.wire(foundation.PublicSubnetIds),
          FrontendSubnetIds: root.wire(foundation.FrontendSubnetIds),
          BackendSubnetIds: root.wire(foundation.BackendSubnetIds),
          PublicLoadBalancerSecurityGroupIds: root.wire(foundation.PublicLoadBalancerSecurityGroupIds),
          FrontendSecurityGroupId: root.wire(foundation.FrontendSecurityGroupId),
          BackendLoadBalancerSecurityGroupId: root.wire(foundation.BackendLoadBalancerSecurityGroupId),
          BackendSecurityGroupId: root.wire(foundation.BackendSecurityGroupId),
          CertificateArn: root.wire(foundation.CertificateArn),
          AccessLogBucketName: root.wire(foundation.AccessLogBucketName),
          DefaultKeyArn: root.wire(foundation.DefaultKeyArn),
          DomainName: DomainNameGiven,
          FrontendImage: root.param('FrontendImage'),
          BackendImage: root.param('BackendImage'),
          DatabaseEndpoint: stored.ApplicationEndpoint,
          DatabaseResourceId: stored.DatabaseResourceId,
          DatabaseSecretArn: databaseSecretArn,
          QueueArns: stored.QueueArns,
          QueueUrl: stored.QueueUrl,
          NotificationQueueUrl: stored.NotificationQueueUrl,
        });
        const named = nest(root, 'Dns', dns, {
          VpcId: root.wire(foundation.VpcId),
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
          DomainName: DomainNameGiven,
          LoadBalancerDnsName: computed.LoadBalancerDnsName,
          LoadBalancerZoneId: computed.LoadBalancerZoneId,
          BackendLoadBalancerDnsName: computed.BackendLoadBalancerDnsName,
          BackendLoadBalancerZoneId: computed.BackendLoadBalancerZoneId,
        });
        const watched = nest(root, 'Monitoring', monitoring, {
          AlarmEmail: root.param('AlarmEmail'),
          DefaultKeyArn: root.wire(foundation.DefaultKeyArn),
          ClusterName: computed.ClusterName,
          FrontendServiceName: computed.FrontendServiceName,
          BackendServiceName: computed.BackendServiceName,
          LoadBalancerFullName: computed.LoadBalancerFullName,
          BackendLoadBalancerFullName: computed.BackendLoadBalancerFullName,
          FrontendTargetGroupFullName: computed.FrontendTargetGroupFullName,
          BackendTargetGroupFullName: computed.BackendTargetGroupFullName,
          DatabaseIdentifier: stored.DatabaseIdentifier,
          ReplicaIdentifier: stored.ReplicaIdentifier,
        });
        return {
          wires: { AlarmTopicArn: watched.AlarmTopicArn, HealthCheckId: named.HealthCheckId, LoadBalancerFullName: computed.LoadBalancerFullName },
          outputs: {
            LoadBalancerDnsName: computed.LoadBalancerDnsName,
            BackendLoadBalancerDnsName: computed.BackendLoadBalancerDnsName,
            DatabaseEndpoint: stored.DatabaseEndpointAndPort,
            ReplicaEndpoint: stored.ReplicaEndpointAndPort,
            QueueUrl: stored.QueueUrl,
            PriorityQueueUrl: stored.PriorityQueueUrl,
            NotificationQueueUrl: stored.NotificationQueueUrl,
            PriorityNotificationQueueUrl: stored.PriorityNotificationQueueUrl,
            DatabaseSecretArn: stored.DatabaseSecretArn,
            ConnectionSecretArn: stored.ConnectionSecretArn,
          },
        };
      })

      .deploy('edge', {
        description: 'Kasha CloudFront distribution, web ACL, domain and account-wide alarms',
        regions: { create: ['us-east-1'], update: ['us-east-1'] },
        parameters: { DomainName, AlarmEmail },
      }, (root, { zone, foundation, platform }) => {
        const hostedZoneId = root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId');
        // us-east-1 is one of the pair, so that it has a foundation and its key.
        const defaultKeyArn = root.wire(foundation.DefaultKeyArn);
        const front = nest(root, 'Edge', edge, { DomainName: root.param('DomainName'), HostedZoneId: hostedZoneId, DefaultKeyArn: defaultKeyArn });
        nest(root, 'EdgeDns', edgeDns, {
          DomainName: root.param('DomainName'),
          HostedZoneId: hostedZoneId,
          DistributionDomainName: front.DistributionDomainName,
        });
        nest(root, 'EdgeMonitoring', edgeMonitoring, {
          AlarmEmail: root.param('AlarmEmail'),
          DefaultKeyArn: defaultKeyArn,
          DistributionId: front.DistributionId,
          WebAclName: front.WebAclName,
          CertificateArn: front.CertificateArn,
          PrimaryHealthCheckId: root.acrossRegions(platform.HealthCheckId, primary, 'PrimaryHealthCheckId'),
          SecondaryHealthCheckId: root.acrossRegions(platform.HealthCheckId, secondary, 'SecondaryHealthCheckId'),
          PrimaryLoadBalancerFullName: root.acrossRegions(platform.LoadBalancerFullName, primary, 'PrimaryLoadBalancerFullName'),
          SecondaryLoadBalancerFullName: root.acrossRegions(platform.LoadBalancerFullName, secondary, 'SecondaryLoadBalancerFullName'),
        });
        return { wires: { DistributionId: front.DistributionId }, outputs: { DistributionDomainName: front.DistributionDomainName } };
      }),
});
