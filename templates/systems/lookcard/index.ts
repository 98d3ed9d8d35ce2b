import { Aws, defineSystem, nest, stringToken, type Environment, type System } from '../../../src/cfn';
import { apex } from './apex';
import { assets } from './assets';
import { certificateOfRegion, cloudflareParameters } from './cloudflare';
import { catalogueOf } from './catalogue';
import { clusterDeployment, clusterPart, foundationPart } from './cluster-deployment';
import { clusterNames } from './cluster-names';
import { delegation } from './delegation';
import { edgeDeployment } from './edge-deployment';
import { edgeSecurity } from './edge-security';
import { environments as ownEnvironments, type LookcardSettings } from './environments';
import { keysOf } from './keys';
import { environmentDomain } from './names';
import { network } from './network';
import { only } from './only';
import { parameters, pascal } from './parameters';
import { parentZone } from './parent-zone';
import { platformDeployment } from './platform-deployment';
import { recoveryTargets } from './recovery';
import { registriesOf } from './registries';
import { securityOf } from './security';
import { serviceFoundation } from './service-foundation';
import { serviceGroups, sharedServiceGroups } from './service-groups';
import type { ServiceRow } from './service-row';
import { services } from './services';
import { zone } from './zone';

const { DomainName, AlarmEmail, ApexCertificateArn } = parameters;

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

        .deploy('platform', ...platformDeployment({ create, update: secondaryFirst }, rows))

        .deploy('core-application', ...clusterDeployment('core-application', everywhere, catalogue))
        .deploy('composite-application', ...clusterDeployment('composite-application', everywhere, catalogue))
        .deploy('listener', ...clusterDeployment('listener', everywhere, catalogue))
        .deploy('administrative', ...clusterDeployment('administrative', everywhere, catalogue))
        .deploy('cronjob', ...clusterDeployment('cronjob', everywhere, catalogue))
        .deploy('supabase', ...clusterDeployment('supabase', everywhere, catalogue))
        .each(laterParts.flatMap((part) => clusterNames.map((cluster) => ({ cluster, part }))), (so, { cluster, part }) => so.deploy(clusterPart(cluster, part), ...clusterDeployment(cluster, everywhere, catalogue, part)))

        .deploy('edge', ...edgeDeployment(rows))

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
