import { nest, type Parameters, type RegionOrder, type Token, type WiresOf } from '../../../src/cfn';
import type { DeploymentHead, DeploymentOutputs, RootBuilder } from '../../../src/cfn/deployment';
import type { Wire } from '../../../src/cfn/wires';
import { MeridianError } from '../../../src/errors';
import { imageByDigest } from '../../modules/parameters';
import { partOf, type Catalogue } from './catalogue';
import { clusterDashboard, targetsParameter } from './cluster-dashboard';
import { clusterOutput } from './cluster-names';
import type { clusters } from './clusters';
import type { data } from './data';
import type { entrance } from './entrance';
import type { network } from './network';
import { imageParameter, imageParameters, pascal } from './parameters';
import type { securityOf } from './security';
import { addressOutput, serviceTemplate, targetsOutput } from './service';
import { groupOutput, type sharedServiceGroups } from './service-groups';
import { calleeParameter, collectorParameter } from './service-names';
import type { ClusterName, ServiceRow } from './service-row';
import type { LookcardSettings } from './settings';

type Group = Wire<'AWS::EC2::SecurityGroup::Id'>;
type Root = RootBuilder<Parameters, LookcardSettings>;

/** The deployments that a cluster's waits for; beside them those of further parts, with the groups of their services. */
export interface Before {
  readonly foundation: WiresOf<ReturnType<typeof securityOf>> & WiresOf<typeof network> & WiresOf<typeof sharedServiceGroups>;
  readonly platform: WiresOf<typeof clusters> & Omit<WiresOf<typeof entrance>, 'LoadBalancerDnsName' | 'LoadBalancerZoneId'> & Pick<WiresOf<typeof data>, 'ProxyEndpoint' | 'ProxyReaderEndpoint' | 'ProxyResourceId' | 'CacheEndpoint'>;
}

/** Head and body of a deployment, as `deploy` takes them behind its name. */
type ClusterDeployment = readonly [DeploymentHead<Parameters, keyof Before>, (root: Root, before: Before) => DeploymentOutputs<Readonly<Record<string, Token>>>];

/** The deployment of a part of a cluster: the cluster's own name, and its number behind it from the second on. */
export const clusterPart = (cluster: ClusterName, part: number): string => (part === 1 ? cluster : `${cluster}-${part}`);

/** The deployment with security groups and registries of a part's services. */
export const foundationPart = (part: number): string => (part === 1 ? 'foundation' : `services${part}`);

const collectorImage = imageByDigest('Collector of traces');

/**
 * The deployment of one part of a cluster: its services, each in a stack of its own, and their dashboard. It waits for what all clusters
 * stand on and for no other cluster, so that they roll side by side.
 */
export function clusterDeployment(cluster: ClusterName, regions: RegionOrder, catalogue: Catalogue, part = 1): ClusterDeployment {
  const rows = catalogue.of(cluster, part);
  const deployment = clusterPart(cluster, part);
  const head = {
    description: `LookCard services of cluster ${cluster}${part === 1 ? '' : `, part ${part}`}`,
    regions,
    after: ['foundation', 'platform', ...catalogue.parts.slice(1).map(foundationPart)] as (keyof Before)[],
    // A cluster whose services were all taken out of the table has nothing to deploy.
    when: rows.length > 0,
    grows: { unit: 'service', stacks: rows.map(({ name }) => pascal(name)) },
    parameters: { ...imageParameters(rows), [collectorParameter]: collectorImage },
  };
  return [
    head,
    (root, before) => {
      const shared = sharedInputs(root, before, cluster);
      const built = rows.map((row) => {
        const groups = { ServiceGroupId: root.wire(groupWire(before, row)), ...calleeGroups(root, before, row, catalogue) };
        const inputs = { ...shared, ...groups, Image: root.param(imageParameter(row)), TraceCollectorImage: root.param(collectorParameter) } as typeof shared & { ServiceGroupId: Token<'AWS::EC2::SecurityGroup::Id'>; Image: Token<'String'>; TraceCollectorImage: Token<'String'> };
        return [row, nest(root, pascal(row.name), serviceTemplate(row, catalogue), inputs)] as const;
      });
      const targets = built.flatMap(([row, outputs]) => (row.entrance?.kind === 'alb' && outputs[targetsOutput] ? [[targetsParameter(row), outputs[targetsOutput]] as const] : []));
      nest(root, 'Dashboard', clusterDashboard(cluster, deployment, rows), { LoadBalancerFullName: shared.LoadBalancerFullName, ...Object.fromEntries(targets) });
      const addresses = built.flatMap(([row, outputs]) => (outputs[addressOutput] ? [[`${pascal(row.name)}Url`, outputs[addressOutput]] as const] : []));
      return { wires: Object.fromEntries(addresses) };
    },
  ];
}

/** What every service of a cluster is given alike. A root declares what its services have a use for. */
function sharedInputs(root: Root, { foundation, platform }: Before, cluster: ClusterName) {
  const { secondary } = root.context.regions;
  return {
    VpcId: root.wire(foundation.VpcId),
    PrivateSubnetIds: root.wire(foundation.PrivateSubnetIds),
    ClusterName: root.wire(platform[clusterOutput(cluster)]),
    NamespaceId: root.wire(platform.NamespaceId),
    ServicesGroupId: root.wire(foundation.ServicesGroupId),
    DatabaseClientsGroupId: root.wire(foundation.DatabaseClientsGroupId),
    CacheClientsGroupId: root.wire(foundation.CacheClientsGroupId),
    LoadBalancerSecurityGroupId: root.wire(foundation.LoadBalancerSecurityGroupId),
    NetworkLoadBalancerSecurityGroupId: root.wire(foundation.NetworkLoadBalancerSecurityGroupId),
    HttpsListenerArn: root.wire(platform.HttpsListenerArn),
    LoadBalancerFullName: root.wire(platform.LoadBalancerFullName),
    NetworkLoadBalancerArn: root.wire(platform.NetworkLoadBalancerArn),
    NetworkLoadBalancerFullName: root.wire(platform.NetworkLoadBalancerFullName),
    ProxyEndpoint: root.wire(platform.ProxyEndpoint),
    ProxyReaderEndpoint: root.wire(platform.ProxyReaderEndpoint),
    ProxyResourceId: root.wire(platform.ProxyResourceId),
    CacheEndpoint: root.wire(platform.CacheEndpoint),
    CertificateArn: root.wire(foundation.CertificateArn),
    CacheSecretArn: root.wire(foundation.CacheSecretArn),
    DataKeyArn: root.wire(foundation.DataKeyArn),
    SecondaryDataKeyArn: root.acrossRegions(foundation.DataKeyArn, secondary, 'SecondaryDataKeyArn'),
    SigningKeyArn: root.wire(foundation.SigningKeyArn),
    WrappingKeyArn: root.wire(foundation.WrappingKeyArn),
    LiquidityKeyArn: root.wire(foundation.LiquidityKeyArn),
    AlarmTopicArn: root.wire(foundation.AlarmTopicArn),
  };
}

/**
 * The wire with the id of a service's group, which its part's foundation has made.
 * @throws MeridianError for a service whose group no deployment publishes
 */
function groupWire(before: object, row: ServiceRow): Group {
  const deployment = foundationPart(partOf(row));
  const wire = (before as Readonly<Record<string, Readonly<Record<string, Group>>>>)[deployment]?.[groupOutput(row)];
  if (!wire) throw new MeridianError(`Security group of ${row.name}: deployment ${deployment} does not publish ${groupOutput(row)}. Build it with the same catalogue.`, 2);
  return wire;
}

function calleeGroups(root: Root, before: Before, { calls = [] }: ServiceRow, catalogue: Catalogue): Readonly<Record<string, Token>> {
  return Object.fromEntries(calls.map((name) => catalogue.row(name)).map((called) => [calleeParameter(called), root.wire(groupWire(before, called))]));
}
