import { apexAlias } from '../../modules/dns/apex-alias';
import { regionSwitchPlan } from '../../modules/dns/region-switch-plan';
import { ecsServices } from '../../modules/dns/scaled-workloads';
import { auroraGlobalDatabase } from '../../modules/dns/switched-database';
import { auroraClusterIdentifier, globalClusterIdentifier } from './database-names';
import { defineTemplate } from './environments';
import { recoveryTargets } from './recovery';

/**
 * The domain that users type, and the plan that makes either region the one that writes: failover and, the other way, failback. Sessions
 * need no step of it: both replicas of their tables take writes all the time.
 */
export const edgeDns = defineTemplate(
  'edge-dns',
  {
    description: 'Customer portal domain as an alias of CloudFront, and the region-switch plan',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' }, DistributionDomainName: { Type: 'String' } },
  },
  (t) => {
    apexAlias(t, 'Domain', { hostedZoneId: t.param('HostedZoneId'), name: t.param('DomainName'), distributionDomainName: t.param('DistributionDomainName') });
    regionSwitchPlan(t, 'RegionSwitch', {
      name: 'region-switch',
      description: 'Makes the database of a region the one that writes and scales its services. Before starting it read docs/runbooks/customer-portal/failover.md',
      recoveryTimeObjectiveMinutes: recoveryTargets.timeMinutes,
      database: auroraGlobalDatabase(t.context.regions, { globalCluster: globalClusterIdentifier(t), cluster: auroraClusterIdentifier(t) }),
      workloads: ecsServices(t.context.regions, {
        cluster: t.resourceName('cluster'),
        services: [
          { name: 'frontend', service: t.resourceName('frontend') },
          { name: 'backend', service: t.resourceName('backend') },
        ],
      }),
      stepTimeoutMinutes: t.settings.switchStepTimeoutMinutes,
      wayBack: 'Returns to the primary region, once its cluster replicates again',
    });
    return {};
  },
);
