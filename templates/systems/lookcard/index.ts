import { Aws, defineSystem, nest, stringToken, type Environment, type System } from '../../../src/cfn';
import { apex } from './apex';
import { apiTemplate } from './api';
import { assets } from './assets';
import { bastion } from './bastion';
import { certificateOfRegion, cloudflareParameters, recordsToCreate } from './cloudflare';
import { catalogueOf } from './catalogue';
import { clusterDeployment, clusterPart, foundationPart } from './cluster-deployment';
import { clusterNames } from './cluster-names';
import { clusters } from './clusters';
import { cost } from './cost';
import { data } from './data';
import { delegation } from './delegation';
import { dns } from './dns';
import { edge } from './edge';
import { edgeDns } from './edge-dns';
import { edgeMonitoring } from './edge-monitoring';
import { edgeSecurity } from './edge-security';
import { entrance } from './entrance';
import { environments as ownEnvironments, type LookcardSettings } from './environments';
import { keysOf } from './keys';
import { monitoring } from './monitoring';
import { environmentDomain } from './names';
import { network } from './network';
import { only } from './only';
import { parameters, pascal } from './parameters';
import { parentZone } from './parent-zone';
import { recoveryTargets } from './recovery';
import { regionSwitchesOf } from './region-switch';
import { registriesOf } from './registries';
import { release } from './release';
import { securityOf } from './security';
import { serviceFoundation } from './service-foundation';
import { serviceGroups, sharedServiceGroups } from './service-groups';
import type { ServiceRow } from './service-row';
import { services } from './services';
import { zone } from './zone';

const { DomainName, AlarmEmail, AuroraEngineVersion, GitBranch, GitCommit, ApexCertificateArn } = parameters;

/**
 * LookCard: crypto-backed cards on some twenty services, in ap-southeast-1; production with a pilot light in us-east-1.
 * @param rows its services: everything about them, and how many deployments they need, follows from them
 * @param environments  others than its own, to try a setting that none of them has
 * @throws MeridianError for a row that can't be, as `catalogueOf` says
 */
export function lookcardOf(rows: readonly ServiceRow[], environments: Readonly<Record<string, Environment<LookcardSettings>>> = ownEnvironments): System {
  const catalogue = catalogueOf(rows);
  const laterParts = catalogue.parts.slice(1);
  return defineSystem({
    name: 'lookcard',
    title: 'LookCard platform',
    regions: { primary: 'ap-southeast-1', secondary: 'us-east-1' },
    namePattern: 'lookcard-{resource}-{environment}-{suffix}',
    costCenter: 'lookcard',
    compliance: 'pci-dss soc2',
    environments,
    branches: true,
    nameTags: true,
    // Where nothing stands in the second region, there is nothing to promise for the loss of the first.
    recoveryTargets: ({ pilotLight }) => (pilotLight ? recoveryTargets : undefined),

    deployments: (plan, { primary, secondary }, { pilotLight, apex: ownsApex, dnsProvider }) => {
      const route53 = dnsProvider === 'route53';
      const create = pilotLight ? [primary, secondary] : [primary];
      const secondaryFirst = [...create].reverse();
      const everywhere = { create, update: secondaryFirst };
      const onlyPrimary = { create: [primary], update: [primary] };

      return plan
        .deploy('parent-zone', {
          description: 'LookCard public hosted zone of the domain itself, in the DNS account',
          regions: onlyPrimary,
          account: 'DnsAccountId',
          when: route53,
          gate: 'delegation',
          unless: 'ParentHostedZoneId',
          after: [],
          parameters: { DomainName },
        }, (root) => {
          const { HostedZoneId } = nest(root, 'ParentZone', parentZone, { DomainName: root.param('DomainName') });
          return { wires: { HostedZoneId } };
        })

        .deploy('zone', {
          description: 'LookCard public hosted zone of the environment’s sub-domain',
          regions: onlyPrimary,
          when: route53,
          unless: 'HostedZoneId',
          after: [],
          parameters: { DomainName },
        }, (root) => {
          const { HostedZoneId, NameServers } = nest(root, 'Zone', zone, { DomainName: stringToken(environmentDomain(root)) });
          return { wires: { HostedZoneId, NameServers, AccountId: stringToken(Aws.accountId) } };
        })

        .deploy('delegation', {
          description: 'LookCard delegation of the sub-domain, in the DNS account',
          regions: onlyPrimary,
          account: 'DnsAccountId',
          when: route53,
          after: ['parent-zone', 'zone'],
          parameters: { DomainName },
        }, (root, { 'parent-zone': parent, zone }) => {
          const { DelegationRoleArn } = nest(root, 'Delegation', delegation, {
            DomainName: root.param('DomainName'),
            ParentHostedZoneId: root.acrossRegions(parent.HostedZoneId, primary, 'ParentHostedZoneId'),
            NameServers: root.acrossRegions(zone.NameServers, primary, 'NameServers'),
            ApplicationAccountId: root.acrossRegions(zone.AccountId, primary, 'ApplicationAccountId'),
          });
          return { wires: {}, outputs: { DelegationRoleArn } };
        })

        .deploy('keys', {
          description: 'LookCard keys that sign and wrap, in all regions, and the role of those who look after them',
          regions: onlyPrimary,
          after: ['account'],
          parameters: {},
        }, (root) => {
          const { SigningKeyArn, WrappingKeyArn, LiquidityKeyArn } = nest(root, 'Keys', keysOf(rows), {});
          return { wires: { SigningKeyArn, WrappingKeyArn, LiquidityKeyArn } };
        })

        .deploy('edge-foundation', {
          description: 'LookCard key and alarm topic of the edge',
          regions: { create: ['us-east-1'], update: ['us-east-1'] },
          after: ['account'],
          parameters: { AlarmEmail },
        }, (root) => {
          const { EdgeKeyArn, AlarmTopicArn } = nest(root, 'EdgeSecurity', edgeSecurity, { AlarmEmail: root.param('AlarmEmail') });
          return { wires: { EdgeKeyArn, AlarmTopicArn } };
        })

        .deploy('foundation', {
          description: 'LookCard keys, registries, certificate, buckets, secrets, alarm topic and network of one region',
          // The secondary first: its keys and buckets must stand before the primary replicates under and into them. The edge's key before both, for the copies of the origin header.
          regions: { create: secondaryFirst, update: secondaryFirst },
          gate: 'images',
          grows: { unit: 'service', stacks: catalogue.inPart(1).map(({ name }) => pascal(name)) },
          after: ['delegation', 'zone', 'keys', 'edge-foundation', 'account'],
          parameters: { DomainName, AlarmEmail, ...cloudflareParameters },
        }, (root, { zone, keys }) => {
          const guarded = nest(root, 'Security', securityOf(rows), {
            DomainName: root.param('DomainName'),
            AlarmEmail: root.param('AlarmEmail'),
            HostedZoneId: only(route53, () => root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId')),
            OriginCertificateArn: only(!route53, () => certificateOfRegion(root)),
            PrimarySigningKeyArn: root.acrossRegions(keys.SigningKeyArn, primary, 'PrimarySigningKeyArn'),
            PrimaryWrappingKeyArn: root.acrossRegions(keys.WrappingKeyArn, primary, 'PrimaryWrappingKeyArn'),
            PrimaryLiquidityKeyArn: root.acrossRegions(keys.LiquidityKeyArn, primary, 'PrimaryLiquidityKeyArn'),
          });
          nest(root, 'Assets', assets, { DataKeyArn: guarded.DataKeyArn, LogBucketName: guarded.LogBucketName, AlarmTopicArn: guarded.AlarmTopicArn });
          nest(root, 'Registries', registriesOf(catalogue, 1), { DataKeyArn: guarded.DataKeyArn });
          const net = nest(root, 'Network', network, { DataKeyArn: guarded.DataKeyArn });
          const shared = nest(root, 'SharedServiceGroups', sharedServiceGroups, {
            VpcId: net.VpcId,
            EndpointsSecurityGroupId: net.EndpointsSecurityGroupId,
            ProxySecurityGroupId: net.ProxySecurityGroupId,
            CacheSecurityGroupId: net.CacheSecurityGroupId,
          });
          const groups = nest(root, 'ServiceGroups', serviceGroups(catalogue.inPart(1)), { VpcId: net.VpcId });
          return { wires: { ...guarded, ...net, ...shared, ...groups } };
        })

        .each(laterParts, (so, part) => so.deploy(foundationPart(part), ...serviceFoundation({ create: secondaryFirst, update: secondaryFirst }, catalogue, part)))

        .deploy('platform', {
          description: 'LookCard database, cache, load balancers, API, clusters, bastion, failover record and dashboard of one region',
          regions: { create, update: secondaryFirst },
          after: ['zone', 'foundation', 'account'],
          parameters: { DomainName, AuroraEngineVersion },
        }, (root, { zone, foundation }) => {
          const topic = root.wire(foundation.AlarmTopicArn);
          const keyArn = root.wire(foundation.DataKeyArn);
          const subnets = root.wire(foundation.PrivateSubnetIds);
          const stored = nest(root, 'Data', data, {
            AuroraEngineVersion: root.param('AuroraEngineVersion'),
            DatabaseSubnetIds: root.wire(foundation.DatabaseSubnetIds),
            IsolatedSubnetIds: root.wire(foundation.IsolatedSubnetIds),
            DatabaseSecurityGroupId: root.wire(foundation.DatabaseSecurityGroupId),
            ProxySecurityGroupId: root.wire(foundation.ProxySecurityGroupId),
            CacheSecurityGroupId: root.wire(foundation.CacheSecurityGroupId),
            RotationSubnetIds: subnets,
            RotationSecurityGroupId: root.wire(foundation.RotationSecurityGroupId),
            DataKeyArn: keyArn,
            DatabaseSecretArn: root.acrossRegions(foundation.DatabaseSecretArn, primary, 'DatabaseSecretArn'),
            // Each region's cache has a token of its own.
            CacheSecretArn: root.wire(foundation.CacheSecretArn),
            AlarmTopicArn: topic,
          });
          const entered = nest(root, 'Entrance', entrance, {
            PublicSubnetIds: root.wire(foundation.PublicSubnetIds),
            PrivateSubnetIds: subnets,
            LoadBalancerSecurityGroupIds: root.wire(foundation.LoadBalancerSecurityGroupIds),
            NetworkLoadBalancerSecurityGroupId: root.wire(foundation.NetworkLoadBalancerSecurityGroupId),
            CertificateArn: root.wire(foundation.CertificateArn),
            LogBucketName: root.wire(foundation.LogBucketName),
          });
          const keyed = nest(root, 'Api', apiTemplate(rows), {
            DomainName: root.param('DomainName'),
            CertificateArn: root.wire(foundation.CertificateArn),
            DataKeyArn: keyArn,
            NetworkLoadBalancerArn: entered.NetworkLoadBalancerArn,
            AlarmTopicArn: topic,
          });
          const clustered = nest(root, 'Clusters', clusters, { VpcId: root.wire(foundation.VpcId), DataKeyArn: keyArn });
          nest(root, 'Bastion', bastion, { PrivateSubnetIds: subnets, BastionSecurityGroupId: root.wire(foundation.BastionSecurityGroupId), DataKeyArn: keyArn });
          const named = only(route53, () =>
            nest(root, 'Dns', dns, {
              HostedZoneId: root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId'),
              DomainName: root.param('DomainName'),
              LoadBalancerDnsName: entered.LoadBalancerDnsName,
              LoadBalancerZoneId: entered.LoadBalancerZoneId,
              LoadBalancerFullName: entered.LoadBalancerFullName,
              ApiDomainName: keyed.RegionalDomainName,
              ApiZoneId: keyed.RegionalZoneId,
              AlarmTopicArn: topic,
            }),
          );
          nest(root, 'Monitoring', monitoring, {
            AlarmTopicArn: topic,
            CertificateArn: root.wire(foundation.CertificateArn),
            LoadBalancerFullName: entered.LoadBalancerFullName,
            NetworkLoadBalancerFullName: entered.NetworkLoadBalancerFullName,
            DatabaseClusterIdentifier: stored.DatabaseClusterIdentifier,
            CacheReplicationGroupId: stored.CacheReplicationGroupId,
            ApiName: keyed.ApiName,
            ApiStageName: keyed.ApiStageName,
          });
          return {
            wires: {
              ...clustered,
              HttpsListenerArn: entered.HttpsListenerArn,
              LoadBalancerFullName: entered.LoadBalancerFullName,
              NetworkLoadBalancerArn: entered.NetworkLoadBalancerArn,
              NetworkLoadBalancerFullName: entered.NetworkLoadBalancerFullName,
              ProxyEndpoint: stored.ProxyEndpoint,
              ProxyReaderEndpoint: stored.ProxyReaderEndpoint,
              ProxyResourceId: stored.ProxyResourceId,
              CacheEndpoint: stored.CacheEndpoint,
              ...only(route53 && pilotLight, () => ({ HealthCheckId: named.HealthCheckId })),
            },
            outputs: {
              DatabaseEndpoint: stored.WriterEndpoint,
              ApiId: keyed.ApiId,
              LoadBalancerDnsName: entered.LoadBalancerDnsName,
              ...only(!route53, () => ({ RecordsToCreate: recordsToCreate(root, { loadBalancer: entered.LoadBalancerDnsName, api: keyed.RegionalDomainName }) })),
            },
          };
        })

        .deploy('core-application', ...clusterDeployment('core-application', everywhere, catalogue))
        .deploy('composite-application', ...clusterDeployment('composite-application', everywhere, catalogue))
        .deploy('listener', ...clusterDeployment('listener', everywhere, catalogue))
        .deploy('administrative', ...clusterDeployment('administrative', everywhere, catalogue))
        .deploy('cronjob', ...clusterDeployment('cronjob', everywhere, catalogue))
        .deploy('supabase', ...clusterDeployment('supabase', everywhere, catalogue))
        .each(laterParts.flatMap((part) => clusterNames.map((cluster) => ({ cluster, part }))), (so, { cluster, part }) => so.deploy(clusterPart(cluster, part), ...clusterDeployment(cluster, everywhere, catalogue, part)))

        .deploy('edge', {
          description: 'LookCard CloudFront distribution, web ACL, names, region-switch plan, dashboard of all regions, budget and record of the release',
          regions: { create: ['us-east-1'], update: ['us-east-1'] },
          parameters: { DomainName, AlarmEmail, ApexCertificateArn, GitBranch, GitCommit },
        }, (root, { zone, 'edge-foundation': edgeFoundation, foundation, platform }) => {
          const front = only(route53, () => {
            const topic = root.wire(edgeFoundation.AlarmTopicArn);
            const hostedZoneId = root.acrossRegions(zone.HostedZoneId, primary, 'HostedZoneId');
            const served = nest(root, 'Edge', edge, {
              DomainName: root.param('DomainName'),
              HostedZoneId: hostedZoneId,
              ApexCertificateArn: root.param('ApexCertificateArn'),
              EdgeKeyArn: root.wire(edgeFoundation.EdgeKeyArn),
              PrimaryDataKeyArn: root.acrossRegions(foundation.DataKeyArn, primary, 'PrimaryDataKeyArn'),
              AlarmTopicArn: topic,
              PrimaryListenerArn: root.acrossRegions(platform.HttpsListenerArn, primary, 'PrimaryListenerArn'),
              SecondaryListenerArn: only(pilotLight, () => root.acrossRegions(platform.HttpsListenerArn, secondary, 'SecondaryListenerArn')),
            });
            nest(root, 'EdgeDns', edgeDns, { DomainName: root.param('DomainName'), HostedZoneId: hostedZoneId, DistributionDomainName: served.DistributionDomainName });
            nest(root, 'EdgeMonitoring', edgeMonitoring, {
              AlarmTopicArn: topic,
              DistributionId: served.DistributionId,
              WebAclName: served.WebAclName,
              CertificateArn: served.CertificateArn,
              PrimaryHealthCheckId: only(pilotLight, () => root.acrossRegions(platform.HealthCheckId, primary, 'PrimaryHealthCheckId')),
              SecondaryHealthCheckId: only(pilotLight, () => root.acrossRegions(platform.HealthCheckId, secondary, 'SecondaryHealthCheckId')),
              PrimaryLoadBalancerFullName: root.acrossRegions(platform.LoadBalancerFullName, primary, 'PrimaryLoadBalancerFullName'),
              SecondaryLoadBalancerFullName: only(pilotLight, () => root.acrossRegions(platform.LoadBalancerFullName, secondary, 'SecondaryLoadBalancerFullName')),
            });
            return served;
          });
          if (pilotLight) for (const [id, plan] of regionSwitchesOf(rows)) nest(root, id, plan, {});
          nest(root, 'Cost', cost, { AlarmEmail: root.param('AlarmEmail') });
          nest(root, 'Release', release, { GitBranch: root.param('GitBranch'), GitCommit: root.param('GitCommit') });
          return {
            wires: only(route53, () => ({ DistributionDomainName: front.DistributionDomainName })),
            outputs: only(route53, () => ({ DistributionId: front.DistributionId })),
          };
        })

        .deploy('apex', {
          description: 'LookCard record of the domain itself, in the DNS account',
          regions: { create: ['us-east-1'], update: ['us-east-1'] },
          account: 'DnsAccountId',
          when: route53 && ownsApex,
          parameters: { DomainName, ApexCertificateArn },
        }, (root, { 'parent-zone': parent, edge }) => {
          nest(root, 'Apex', apex, {
            DomainName: root.param('DomainName'),
            ApexCertificateArn: root.param('ApexCertificateArn'),
            ParentHostedZoneId: root.acrossRegions(parent.HostedZoneId, primary, 'ParentHostedZoneId'),
            DistributionDomainName: root.acrossRegions(edge.DistributionDomainName, 'us-east-1', 'DistributionDomainName'),
          });
          return { wires: {} };
        });
    },
  });
}

/** LookCard with the services of its table. */
export const lookcard = lookcardOf(services);
