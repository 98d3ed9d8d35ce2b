import { edgeAvailability } from '../../modules/monitoring/availability';
import { dashboard } from '../../modules/monitoring/dashboard';
import { edgeAlarms, edgeGraphs, failoverAdvice, frontAlarms, frontGraphs, sideBySide } from '../../modules/monitoring/edge-alarms';
import { requestGraphs, slowestGraphs } from '../../modules/monitoring/load-balancer-graphs';
import { defineTemplate } from './environments';
import { objectives } from './objectives';
import { failoverRunbook, recoveryTargets } from './recovery';

const text = { Type: 'String' } as const;

/**
 * Alarms on what has metrics in us-east-1 only, the availability target at the edge, and the dashboard of all regions. Where no region
 * fails over none has a health check, and the alarms on what users get are those of CloudFront.
 */
export const edgeMonitoring = defineTemplate(
  'edge-monitoring',
  {
    description: 'LookCard alarms of CloudFront, WAF, health checks and viewer certificate, availability target at the edge, and dashboard of all regions',
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
    const { primary, secondary } = t.context.regions;
    const watched = {
      topic,
      distributionId: t.param('DistributionId'),
      webAclName: t.param('WebAclName'),
      certificateArn: t.param('CertificateArn'),
      advice: failoverAdvice(recoveryTargets.decisionMinutes, failoverRunbook),
    };
    const graphsOf = (region: string, loadBalancer: 'PrimaryLoadBalancerFullName' | 'SecondaryLoadBalancerFullName') => {
      const shown = { region, place: region, loadBalancer: t.param(loadBalancer) };
      return [...requestGraphs(shown), ...slowestGraphs(shown)];
    };
    const availability = {
      goal: objectives.goodPercent,
      topic,
      advice: 'Stop what causes it before anything else is released: roll the release back, fail over, or block the traffic. What the goal is and why stands in templates/systems/lookcard/objectives.ts',
    };
    if (!t.settings.pilotLight) {
      const metrics = frontAlarms(t, watched);
      edgeAvailability(t, 'Availability', { ...availability, metrics });
      dashboard(t, 'Dashboard', 'regions', [...frontGraphs(metrics), ...graphsOf(primary, 'PrimaryLoadBalancerFullName')]);
      return {};
    }
    const metrics = edgeAlarms(t, { ...watched, primaryHealthCheckId: t.param('PrimaryHealthCheckId'), secondaryHealthCheckId: t.param('SecondaryHealthCheckId') });
    edgeAvailability(t, 'Availability', { ...availability, metrics });
    dashboard(t, 'Dashboard', 'regions', [...edgeGraphs(t.context.regions, metrics), ...sideBySide(graphsOf(primary, 'PrimaryLoadBalancerFullName'), graphsOf(secondary, 'SecondaryLoadBalancerFullName'))]);
    return {};
  },
);
