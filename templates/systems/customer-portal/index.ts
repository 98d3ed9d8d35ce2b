import { defineSystem, nest } from '../../../src/cfn';
import { api } from './api';
import { archive } from './archive';
import { compute } from './compute';
import { cost } from './cost';
import { data } from './data';
import { dns } from './dns';
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

const { DomainName, AlarmEmail, FrontendImage, BackendImage } = parameters;

/** Customer portal: React frontend and Node.js API of a financial services company, in us-east-1 with a warm standby in ap-southeast-1. */
export const customerPortal = defineSystem({
  name: 'customer-portal',
  title: 'Customer portal',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'cus-{resource}-{environment}-{suffix}',
  costCenter: 'customer-portal',
  compliance: 'pci-dss soc2',
  environments,
  nameTags: true,
  recoveryTargets,

  deployments: (plan, { primary, secondary }) =>
    plan
      .deploy('zone', {
        description: 'Customer portal public hosted zone',
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
        description: 'Customer portal network, keys, registries, certificates, buckets, secrets and alarm topic of one region',
        // The secondary first: its keys and buckets must stand before the primary replicates under and into them.
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
        const archived = nest(root, 'Archive', archive, { DefaultKeyArn: guarded.DefaultKeyArn, AccessLogBucketName: guarded.AccessLogBucketName, AlarmTopicArn: guarded.AlarmTopicArn });
        const net = nest(root, 'Network', network, { DefaultKeyArn: guarded.DefaultKeyArn, AlarmTopicArn: guarded.AlarmTopicArn, ...archived });
        return { wires: { ...guarded, ...archived, ...net } };
      })

      .deploy('platform', {
        description: 'Customer portal database, sessions, services, API, failover records and alarms of one region',
        regions: { create: [primary, secondary], update: [secondary, primary] },
        parameters: { DomainName, FrontendImage, BackendImage },
      }, (root, { zone, foundation }) => {
        const topic = root.wire(foundation.AlarmTopicArn);
        const archived = { ArchiveStreamArn: root.wire(foundation.ArchiveStreamArn), ArchiveRoleArn: root.wire(foundation.ArchiveRoleArn) };
        const keyArn = root.wire(foundation.DefaultKeyArn);
        const stored = nest(root, 'Data', data, {
          ...archived,
          DatabaseSubnetIds: root.wire(foundation.DatabaseSubnetIds),
          DatabaseSecurityGroupId: root.wire(foundation.DatabaseSecurityGroupId),
          RotationSubnetIds: root.wire(foundation.ServiceSubnetIds),
          RotationSecurityGroupId: root.wire(foundation.RotationSecurityGroupId),
          DatabaseKeyArn: root.wire(foundation.DatabaseKeyArn),
          SecondaryDatabaseKeyArn: root.acrossRegions(foundation.DatabaseKeyArn, secondary, 'SecondaryDatabaseKeyArn'),
          DefaultKeyArn: keyArn,
          DatabaseSecretArn: root.acrossRegions(foundation.DatabaseSecretArn, primary, 'DatabaseSecretArn'),
        });
        const computed = nest(root, 'Compute', compute, {
          ...archived,
          VpcId: root.wire(foundation.VpcId),
          PublicSubnetIds: root.wire(foundation.PublicSubnetIds),
          ServiceSubnetIds: root.wire(foundation.ServiceSubnetIds),
          LoadBalancerSecurityGroupIds: root.wire(foundation.LoadBalancerSecurityGroupIds),
          FrontendSecurityGroupId: root.wire(foundation.FrontendSecurityGroupId),
          BackendSecurityGroupId: root.wire(foundation.BackendSecurityGroupId),
          ApiLoadBalancerSecurityGroupId: root.wire(foundation.ApiLoadBalancerSecurityGroupId),
          CertificateArn: root.wire(foundation.CertificateArn),
          AccessLogBucketName: root.wire(foundation.AccessLogBucketName),
          DefaultKeyArn: keyArn,
          AlarmTopicArn: topic,
          FrontendImage: root.param('FrontendImage'),
          BackendImage: root.param('BackendImage'),
          DatabaseWriterEndpoint: stored.WriterEndpoint,
          DatabaseReaderEndpoint: stored.ReaderEndpoint,
          DatabaseResourceId: stored.ClusterResourceId,
          DatabaseKeyArn: root.wire(foundation.DatabaseKeyArn),
        });
        const keyed = nest(root, 'Api', api, {
          ...archived,
          DomainName: root.param('DomainName'),
          CertificateArn: root.wire(foundation.CertificateArn),
          DefaultKeyArn: keyArn,
          ServiceSubnetIds: root.wire(foundation.ServiceSubnetIds),
          VpcLinkSecurityGroupId: root.wire(foundation.VpcLinkSecurityGroupId),
          ApiLoadBalancerArn: computed.ApiLoadBalancerArn,
        });
        const named = nest(root, 'Dns', dns, {
          HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
          DomainName: root.param('DomainName'),
          LoadBalancerDnsName: computed.LoadBalancerDnsName,
          LoadBalancerZoneId: computed.LoadBalancerZoneId,
          LoadBalancerFullName: computed.LoadBalancerFullName,
          ApiDomainName: keyed.RegionalDomainName,
          ApiZoneId: keyed.RegionalZoneId,
          AlarmTopicArn: topic,
        });
        nest(root, 'Monitoring', monitoring, {
          AlarmTopicArn: topic,
          ClusterName: computed.ClusterName,
          FrontendServiceName: computed.FrontendServiceName,
          BackendServiceName: computed.BackendServiceName,
          LoadBalancerFullName: computed.LoadBalancerFullName,
          FrontendTargetGroupFullName: computed.FrontendTargetGroupFullName,
          BackendTargetGroupFullName: computed.BackendTargetGroupFullName,
          DatabaseClusterIdentifier: stored.ClusterIdentifier,
          ApiName: keyed.ApiName,
          ApiStageName: keyed.ApiStageName,
          ApiLoadBalancerFullName: computed.ApiLoadBalancerFullName,
          ApiTargetGroupFullName: computed.ApiTargetGroupFullName,
        });
        return {
          wires: { HealthCheckId: named.HealthCheckId, LoadBalancerFullName: computed.LoadBalancerFullName, OriginRuleArns: computed.OriginRuleArns },
          outputs: {
            ClusterArn: computed.ClusterArn,
            LoadBalancerDnsName: computed.LoadBalancerDnsName,
            DatabaseEndpoint: stored.WriterEndpoint,
            DatabaseReaderEndpoint: stored.ReaderEndpoint,
            ApiId: keyed.ApiId,
          },
        };
      })

      .deploy('edge', {
        description: 'Customer portal CloudFront distribution, web ACL, domain, region-switch plan, dashboard of both regions and budget',
        regions: { create: ['us-east-1'], update: ['us-east-1'] },
        parameters: { DomainName, AlarmEmail },
      }, (root, { zone, foundation, platform }) => {
        const hostedZoneId = root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId');
        // us-east-1 is one of the pair, so that it has a foundation with key, topic and archive.
        const defaultKeyArn = root.wire(foundation.DefaultKeyArn);
        const topic = root.wire(foundation.AlarmTopicArn);
        const archived = { ArchiveStreamArn: root.wire(foundation.ArchiveStreamArn), ArchiveRoleArn: root.wire(foundation.ArchiveRoleArn) };
        const front = nest(root, 'Edge', edge, {
          ...archived,
          DomainName: root.param('DomainName'),
          HostedZoneId: hostedZoneId,
          DefaultKeyArn: defaultKeyArn,
          SecondaryDefaultKeyArn: root.acrossRegions(foundation.DefaultKeyArn, secondary, 'SecondaryDefaultKeyArn'),
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
