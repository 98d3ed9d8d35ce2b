import { edgeAvailability } from '../../modules/monitoring/availability';
import { dashboard } from '../../modules/monitoring/dashboard';
import { edgeAlarms, edgeGraphs, failoverAdvice, sideBySide } from '../../modules/monitoring/edge-alarms';
import { defineTemplate } from './environments';
import { graphsOf } from './graphs';
import { objectives } from './objectives';
import { failoverRunbook, recoveryTargets } from './recovery';

const text = { Type: 'String' } as const;

/** Alarms on what has metrics in us-east-1 only, the availability target at the edge, and the dashboard of both regions. */
export const edgeMonitoring = defineTemplate(
  'edge-monitoring',
  {
    description: 'Customer portal alarms of CloudFront, WAF, health checks and viewer certificate, availability target at the edge, and dashboard of both regions',
    parameters: {
      AlarmTopicArn: text,
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
    const topic = t.param('AlarmTopicArn');
    const metrics = edgeAlarms(t, {
      topic,
      distributionId: t.param('DistributionId'),
      webAclName: t.param('WebAclName'),
      certificateArn: t.param('CertificateArn'),
      primaryHealthCheckId: t.param('PrimaryHealthCheckId'),
      secondaryHealthCheckId: t.param('SecondaryHealthCheckId'),
      advice: failoverAdvice(recoveryTargets.decisionMinutes, failoverRunbook),
    });
    edgeAvailability(t, 'Availability', {
      goal: objectives.goodPercent,
      metrics,
      topic,
      advice: 'Stop what causes it before anything else is released: roll the release back, fail over, or block the traffic. What the goal is and why stands in templates/systems/customer-portal/objectives.ts',
    });

    const { primary, secondary } = t.context.regions;
    dashboard(t, 'Dashboard', 'regions', [
      ...edgeGraphs(t.context.regions, metrics),
      ...sideBySide(
        graphsOf(t, { region: primary, place: primary, otherRegion: secondary, loadBalancer: t.param('PrimaryLoadBalancerFullName') }),
        graphsOf(t, { region: secondary, place: secondary, otherRegion: primary, loadBalancer: t.param('SecondaryLoadBalancerFullName') }),
      ),
    ]);
    return {};
  },
);
