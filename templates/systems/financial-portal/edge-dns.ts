import { apexAlias } from '../../modules/dns/apex-alias';
import { regionSwitchPlan } from '../../modules/dns/region-switch-plan';
import { ecsServices } from '../../modules/dns/scaled-workloads';
import { auroraGlobalDatabase } from '../../modules/dns/switched-database';
import { auroraClusterIdentifier, globalClusterIdentifier } from './database-names';
import { defineTemplate } from './environments';
import { recoveryTargets } from './recovery';

/** The domain that users type, and the plan that makes either region the one that writes: failover and, the other way, failback. */
export const edgeDns = defineTemplate(
  'edge-dns',
  {
    description: 'Financial portal domain as an alias of CloudFront, and the region-switch plan',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' }, DistributionDomainName: { Type: 'String' } },
  },
  (t) => {
    const { automatic, stepTimeoutMinutes } = t.settings.regionSwitch;
    apexAlias(t, 'Domain', { hostedZoneId: t.param('HostedZoneId'), name: t.param('DomainName'), distributionDomainName: t.param('DistributionDomainName') });
    regionSwitchPlan(t, 'RegionSwitch', {
      name: 'region-switch',
      description: 'Makes the database of a region the one that writes and scales its services. Before starting it read docs/runbooks/financial-portal/failover.md',
      recoveryTimeObjectiveMinutes: recoveryTargets.timeMinutes,
      // Without a person nobody chooses between a switchover, which needs the lost region, and a failover.
      database: auroraGlobalDatabase(t.context.regions, { globalCluster: globalClusterIdentifier(t), cluster: auroraClusterIdentifier(t), behavior: automatic ? 'failover' : 'switchover' }),
      workloads: ecsServices(t.context.regions, {
        cluster: t.resourceName('cluster'),
        services: [
          { name: 'web', service: t.resourceName('web') },
          { name: 'api', service: t.resourceName('api') },
        ],
      }),
      stepTimeoutMinutes,
      wayBack: 'Returns to the primary region, once its cluster replicates again',
      ...(automatic && { automatic: { alarm: t.resourceName('primary-region-health') } }),
    });
    return {};
  },
);
