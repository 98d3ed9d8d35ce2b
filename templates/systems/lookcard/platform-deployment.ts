import { nest, type RegionOrder, type WiresOf } from '../../../src/cfn';
import type { RootBuilder } from '../../../src/cfn/deployment';
import { apiTemplate } from './api';
import { bastion } from './bastion';
import { recordsToCreate } from './cloudflare';
import { clusters } from './clusters';
import { data } from './data';
import { dns } from './dns';
import { entrance } from './entrance';
import type { LookcardSettings } from './environments';
import { monitoring } from './monitoring';
import type { network } from './network';
import { only } from './only';
import { parameters } from './parameters';
import type { securityOf } from './security';
import type { ServiceRow } from './service-row';
import type { zone } from './zone';

const { DomainName, AuroraEngineVersion } = parameters;

/** The deployments that the platform waits for. */
interface Before {
  readonly zone: WiresOf<typeof zone>;
  readonly foundation: WiresOf<ReturnType<typeof securityOf>> & WiresOf<typeof network>;
}

/** The deployment of what services of all clusters stand on, in each region: where they store, how they are reached and how they are seen. */
export function platformDeployment(regions: RegionOrder, rows: readonly ServiceRow[]) {
  const head = {
    description: 'LookCard database, cache, load balancers, API, clusters, bastion, failover record and dashboard of one region',
    regions,
    after: ['zone', 'foundation', 'account'],
    parameters: { DomainName, AuroraEngineVersion },
  } as const;
  const body = (root: RootBuilder<typeof head.parameters, LookcardSettings>, { zone, foundation }: Before) => {
    const { settings: { pilotLight, dnsProvider }, regions: { primary } } = root.context;
    const route53 = dnsProvider === 'route53';
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
  };
  return [head, body] as const;
}
