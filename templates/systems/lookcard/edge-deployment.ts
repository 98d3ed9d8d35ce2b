import { nest, type WiresOf } from '../../../src/cfn';
import type { RootBuilder } from '../../../src/cfn/deployment';
import type { Wire } from '../../../src/cfn/wires';
import { cost } from './cost';
import { edge } from './edge';
import { edgeDns } from './edge-dns';
import { edgeMonitoring } from './edge-monitoring';
import type { edgeSecurity } from './edge-security';
import type { entrance } from './entrance';
import type { LookcardSettings } from './environments';
import { only } from './only';
import { parameters } from './parameters';
import { regionSwitchesOf } from './region-switch';
import { release } from './release';
import type { securityOf } from './security';
import type { ServiceRow } from './service-row';
import type { zone } from './zone';

const { DomainName, AlarmEmail, ApexCertificateArn, GitBranch, GitCommit } = parameters;

/** The deployments that the edge waits for: all earlier ones. */
interface Before {
  readonly zone: WiresOf<typeof zone>;
  readonly 'edge-foundation': WiresOf<typeof edgeSecurity>;
  readonly foundation: WiresOf<ReturnType<typeof securityOf>>;
  readonly platform: Pick<WiresOf<typeof entrance>, 'HttpsListenerArn' | 'LoadBalancerFullName'> & { readonly HealthCheckId: Wire<'String'> };
}

/** The deployment of what all regions have once: the distribution before them, its names, the switch between them, the budget and the release. */
export function edgeDeployment(rows: readonly ServiceRow[]) {
  const head = {
    description: 'LookCard CloudFront distribution, web ACL, names, region-switch plan, dashboard of all regions, budget and record of the release',
    regions: { create: ['us-east-1'], update: ['us-east-1'] },
    parameters: { DomainName, AlarmEmail, ApexCertificateArn, GitBranch, GitCommit },
  } as const;
  const body = (root: RootBuilder<typeof head.parameters, LookcardSettings>, { zone, 'edge-foundation': edgeFoundation, foundation, platform }: Before) => {
    const { settings: { pilotLight, dnsProvider }, regions: { primary, secondary } } = root.context;
    const route53 = dnsProvider === 'route53';
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
  };
  return [head, body] as const;
}
