import { apexAlias } from '../../modules/dns/apex-alias';
import { regionSwitchPlan } from '../../modules/dns/region-switch-plan';
import { ecsServices } from '../../modules/dns/scaled-workloads';
import { promotedReplica } from '../../modules/dns/switched-database';
import { primaryIdentifier, replicaIdentifier } from './database-names';
import { defineTemplate } from './environments';

/** Minutes from the decision to writing in the other region: promotion takes several, starting tasks a few at the same time. */
const recoveryTimeObjectiveMinutes = 30;

/** The domain that users type, and the plan by which a person makes the secondary region the one that writes. */
export const edgeDns = defineTemplate(
  'edge-dns',
  {
    description: 'Kasha domain as an alias of CloudFront, and the region-switch plan',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' }, DistributionDomainName: { Type: 'String' } },
  },
  (t) => {
    apexAlias(t, 'Domain', { hostedZoneId: t.param('HostedZoneId'), name: t.param('DomainName'), distributionDomainName: t.param('DistributionDomainName') });
    if (t.settings.database.crossRegionReplica) {
      regionSwitchPlan(t, 'RegionSwitch', {
        name: 'region-switch',
        description: 'Promotes the database of a region and scales its services. Before starting it read docs/runbooks/kasha/failover.md',
        recoveryTimeObjectiveMinutes,
        database: promotedReplica(t.context.regions, { primary: primaryIdentifier(t), secondary: replicaIdentifier(t) }),
        workloads: ecsServices(t.context.regions, {
          cluster: t.resourceName('cluster'),
          services: [
            { name: 'frontend', service: t.resourceName('frontend') },
            { name: 'backend', service: t.resourceName('backend') },
          ],
        }),
      });
    }
    return {};
  },
);
