import type { Name, Token } from '../../../src/cfn';
import { dashboard } from '../../modules/monitoring/dashboard';
import { edgeAlarms, edgeGraphs, sideBySide } from '../../modules/monitoring/edge-alarms';
import { regionGraphs } from '../../modules/monitoring/region-graphs';
import { alarmTopic } from '../../modules/monitoring/topic';
import { primaryIdentifier, replicaIdentifier } from './database-names';
import { defineTemplate } from './environments';

const text = { Type: 'String' } as const;

/** Alarms on what has metrics in us-east-1 only, and a dashboard of both regions. */
export const edgeMonitoring = defineTemplate(
  'edge-monitoring',
  {
    description: 'Kasha alarms of CloudFront, WAF, health checks and viewer certificate, and the dashboard of both regions',
    parameters: {
      AlarmEmail: text,
      DefaultKeyArn: text,
      DistributionId: text,
      WebAclName: text,
      CertificateArn: text,
      PrimaryHealthCheckId: text,
      SecondaryHealthCheckId: text,
      PrimaryLoadBalancerFullName: text,
      SecondaryLoadBalancerFullName: text,
    },
  },
  (t) => {
    const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('edge-alarms'), keyArn: t.param('DefaultKeyArn'), email: t.param('AlarmEmail') });
    const metrics = edgeAlarms(t, {
      topic: topic.ref(),
      distributionId: t.param('DistributionId'),
      webAclName: t.param('WebAclName'),
      certificateArn: t.param('CertificateArn'),
      primaryHealthCheckId: t.param('PrimaryHealthCheckId'),
      secondaryHealthCheckId: t.param('SecondaryHealthCheckId'),
    });

    const { primary, secondary } = t.context.regions;
    // Services and database have agreed names; a secondary without database comes without its graphs.
    const services = { frontend: t.resourceName('frontend'), backend: t.resourceName('backend') };
    const graphsOf = (region: string, loadBalancer: Token<'String'>, database: Name | undefined) =>
      regionGraphs({ region, place: region, loadBalancer, cluster: t.resourceName('cluster'), services, ...(database && { database: { DBInstanceIdentifier: database } }) });
    dashboard(t, 'Dashboard', 'regions', [
      ...edgeGraphs(t.context.regions, metrics),
      ...sideBySide(
        graphsOf(primary, t.param('PrimaryLoadBalancerFullName'), primaryIdentifier(t)),
        graphsOf(secondary, t.param('SecondaryLoadBalancerFullName'), t.settings.database.crossRegionReplica ? replicaIdentifier(t) : undefined),
      ),
    ]);
    return { AlarmTopicArn: topic.ref() };
  },
);
