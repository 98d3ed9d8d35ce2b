import { defineSystem, nest } from '../../../src/cfn';
import { compute } from './compute';
import { cost } from './cost';
import { data } from './data';
import { dns } from './dns';
import { drill } from './drill';
import { edge } from './edge';
import { edgeDns } from './edge-dns';
import { edgeMonitoring } from './edge-monitoring';
import { environments } from './environments';
import { monitoring } from './monitoring';
import { network } from './network';
import { parameters } from './parameters';
import { recoveryTargets } from './recovery';
import { security } from './security';
import { zone } from './zone';

const { DomainName, AlarmEmail, WebImage, ApiImage } = parameters;

/** Financial portal: accounts and transaction history of a financial services company, in ap-southeast-1 with a warm standby in us-east-1. */
export const financialPortal = defineSystem({
  name: 'financial-portal',
  title: 'Financial services web portal',
  regions: { primary: 'ap-southeast-1', secondary: 'us-east-1' },
  namePattern: 'fin-{resource}-{environment}-{suffix}',
  costCenter: 'financial-portal',
  compliance: 'pci-dss soc2 mas-trm',
  nameTags: true,
  environments,
  recoveryTargets,

  deployments: (plan, { primary, secondary }) =>
    plan
      .deploy('zone', {
        description: 'Financial portal public hosted zone',
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
        description: 'Financial portal network, keys, registries, certificates, secrets and alarm topic of one region',
        // The secondary first: its keys must stand before the primary replicates secrets under them.
        regions: { create: [secondary, primary], update: [secondary, primary] },
        gate: 'images',
        after: ['zone'],
        parameters: { DomainName, AlarmEmail },
      }, (root, { zone }) => {
        const guarded = nest(root, 'Security', security, {
          DomainName: root.param('DomainName'),
          AlarmEmail: root.param('AlarmEmail'),
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
        });
        const net = nest(root, 'Network', network, { DefaultKeyArn: guarded.DefaultKeyArn });
        return { wires: { ...guarded, ...net } };
      })

      .deploy('platform', {
        description: 'Financial portal database, services, failover records and alarms of one region',
        regions: { create: [primary, secondary], update: [secondary, primary] },
        parameters: { DomainName, WebImage, ApiImage },
      }, (root, { zone, foundation }) => {
        const topic = root.wire(foundation.AlarmTopicArn);
        const stored = nest(root, 'Data', data, {
          DatabaseSubnetIds: root.wire(foundation.DatabaseSubnetIds),
          DatabaseSecurityGroupId: root.wire(foundation.DatabaseSecurityGroupId),
          RotationSubnetIds: root.wire(foundation.ServiceSubnetIds),
          RotationSecurityGroupId: root.wire(foundation.RotationSecurityGroupId),
          DatabaseKeyArn: root.wire(foundation.DatabaseKeyArn),
          DefaultKeyArn: root.wire(foundation.DefaultKeyArn),
          DatabaseSecretArn: root.acrossRegions(foundation.DatabaseSecretArn, primary, 'DatabaseSecretArn'),
        });
        const computed = nest(root, 'Compute', compute, {
          VpcId: root.wire(foundation.VpcId),
          PublicSubnetIds: root.wire(foundation.PublicSubnetIds),
          ServiceSubnetIds: root.wire(foundation.ServiceSubnetIds),
          LoadBalancerSecurityGroupIds: root.wire(foundation.LoadBalancerSecurityGroupIds),
          WebSecurityGroupId: root.wire(foundation.WebSecurityGroupId),
          ApiSecurityGroupId: root.wire(foundation.ApiSecurityGroupId),
          CertificateArn: root.wire(foundation.CertificateArn),
          AccessLogBucketName: root.wire(foundation.AccessLogBucketName),
          DefaultKeyArn: root.wire(foundation.DefaultKeyArn),
          AlarmTopicArn: topic,
          WebImage: root.param('WebImage'),
          ApiImage: root.param('ApiImage'),
          DatabaseWriterEndpoint: stored.WriterEndpoint,
          DatabaseReaderEndpoint: stored.ReaderEndpoint,
          DatabaseResourceId: stored.ClusterResourceId,
        });
        const named = nest(root, 'Dns', dns, {
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
          DomainName: root.param('DomainName'),
          LoadBalancerDnsName: computed.LoadBalancerDnsName,
          LoadBalancerZoneId: computed.LoadBalancerZoneId,
          LoadBalancerFullName: computed.LoadBalancerFullName,
          AlarmTopicArn: topic,
        });
        const { StrandedAlarmArn } = nest(root, 'Monitoring', monitoring, {
          AlarmTopicArn: topic,
          ClusterName: computed.ClusterName,
          WebServiceName: computed.WebServiceName,
          ApiServiceName: computed.ApiServiceName,
          LoadBalancerFullName: computed.LoadBalancerFullName,
          WebTargetGroupFullName: computed.WebTargetGroupFullName,
          ApiTargetGroupFullName: computed.ApiTargetGroupFullName,
          DatabaseClusterIdentifier: stored.ClusterIdentifier,
        });
        nest(root, 'Drill', drill, {
          VpcId: root.wire(foundation.VpcId),
          ServiceSubnetIds: root.wire(foundation.ServiceSubnetIds),
          DefaultKeyArn: root.wire(foundation.DefaultKeyArn),
          DatabaseClusterArn: stored.ClusterArn,
          ErrorAlarmName: computed.ErrorAlarmName,
          StrandedAlarmArn,
        });
        return {
          wires: { HealthCheckId: named.HealthCheckId, LoadBalancerFullName: computed.LoadBalancerFullName, OriginRuleArns: computed.OriginRuleArns },
          outputs: {
            ClusterArn: computed.ClusterArn,
            LoadBalancerDnsName: computed.LoadBalancerDnsName,
            DatabaseEndpoint: stored.WriterEndpoint,
            DatabaseReaderEndpoint: stored.ReaderEndpoint,
            DatabaseKeyArn: root.wire(foundation.DatabaseKeyArn),
          },
        };
      })

      .deploy('edge', {
        description: 'Financial portal CloudFront distribution, web ACL, domain, region-switch plan, dashboard of both regions and budget',
        regions: { create: ['us-east-1'], update: ['us-east-1'] },
        parameters: { DomainName, AlarmEmail },
      }, (root, { zone, foundation, platform }) => {
        const hostedZoneId = root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId');
        // us-east-1 is one of the pair, so that it has a foundation with key and topic.
        const defaultKeyArn = root.wire(foundation.DefaultKeyArn);
        const topic = root.wire(foundation.AlarmTopicArn);
        const front = nest(root, 'Edge', edge, {
          DomainName: root.param('DomainName'),
          HostedZoneId: hostedZoneId,
          DefaultKeyArn: defaultKeyArn,
          PrimaryDefaultKeyArn: root.acrossRegions(foundation.DefaultKeyArn, primary, 'PrimaryDefaultKeyArn'),
          AlarmTopicArn: topic,
          PrimaryOriginRuleArns: root.acrossRegions(platform.OriginRuleArns, primary, 'PrimaryOriginRuleArns'),
          SecondaryOriginRuleArns: root.acrossRegions(platform.OriginRuleArns, secondary, 'SecondaryOriginRuleArns'),
        });
        nest(root, 'EdgeDns', edgeDns, {
          DomainName: root.param('DomainName'),
          HostedZoneId: hostedZoneId,
          DistributionDomainName: front.DistributionDomainName,
        });
        nest(root, 'EdgeMonitoring', edgeMonitoring, {
          DomainName: root.param('DomainName'),
          DefaultKeyArn: defaultKeyArn,
          AlarmTopicArn: topic,
          DistributionId: front.DistributionId,
          WebAclName: front.WebAclName,
          CertificateArn: front.CertificateArn,
          PrimaryHealthCheckId: root.acrossRegions(platform.HealthCheckId, primary, 'PrimaryHealthCheckId'),
          SecondaryHealthCheckId: root.acrossRegions(platform.HealthCheckId, secondary, 'SecondaryHealthCheckId'),
          PrimaryLoadBalancerFullName: root.acrossRegions(platform.LoadBalancerFullName, primary, 'PrimaryLoadBalancerFullName'),
          SecondaryLoadBalancerFullName: root.acrossRegions(platform.LoadBalancerFullName, secondary, 'SecondaryLoadBalancerFullName'),
        });
        nest(root, 'Cost', cost, { AlarmEmail: root.param('AlarmEmail') });
        return { wires: { DistributionId: front.DistributionId }, outputs: { DistributionDomainName: front.DistributionDomainName } };
      }),
});
