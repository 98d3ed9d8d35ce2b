import { dashboard } from '../../modules/monitoring/dashboard';
import { failoverAdvice, sideBySide } from '../../modules/monitoring/edge-alarms';
import { healthAlarms, healthGraphs } from '../../modules/monitoring/health-alarms';
import { defineTemplate } from './environments';
import { graphsOf } from './graphs';
import { failoverRunbook, recoveryTargets } from './recovery';

const text = { Type: 'String' } as const;

/** Alarms on the health of both regions, whose metrics are in us-east-1 only, and the dashboard of both regions. */
export const edgeMonitoring = defineTemplate(
  'edge-monitoring',
  {
    description: 'FinTech Global alarms of both regions’ health checks, and dashboard of both regions',
    parameters: {
      AlarmTopicArn: text,
      PrimaryHealthCheckId: text,
      SecondaryHealthCheckId: text,
      PrimaryLoadBalancerFullName: text,
      SecondaryLoadBalancerFullName: text,
    },
  },
  (t) => {
    const { primary, secondary } = t.context.regions;
    const metrics = healthAlarms(t, {
      topic: t.param('AlarmTopicArn'),
      primaryHealthCheckId: t.param('PrimaryHealthCheckId'),
      secondaryHealthCheckId: t.param('SecondaryHealthCheckId'),
      advice: { ...failoverAdvice(recoveryTargets.decisionMinutes, failoverRunbook), secondaryHealth: 'Bring it back before it is needed: its own alarms on pods and database say what fails' },
    });
    dashboard(t, 'Dashboard', 'regions', [
      ...healthGraphs(t.context.regions, metrics),
      ...sideBySide(
        graphsOf(t, { region: primary, place: primary, otherRegion: secondary, loadBalancer: t.param('PrimaryLoadBalancerFullName') }),
        graphsOf(t, { region: secondary, place: secondary, otherRegion: primary, loadBalancer: t.param('SecondaryLoadBalancerFullName') }),
      ),
    ]);
    return {};
  },
);
