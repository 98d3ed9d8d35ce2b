import { Fn } from '../../../src/cfn';
import { alarm } from '../../modules/monitoring/alarm';
import { edgeAvailability } from '../../modules/monitoring/availability';
import { canary } from '../../modules/monitoring/canary';
import { dashboard } from '../../modules/monitoring/dashboard';
import { edgeAlarms, edgeGraphs, edgeRegion, failoverAdvice, sideBySide } from '../../modules/monitoring/edge-alarms';
import { defineTemplate } from './environments';
import { graphsOf } from './graphs';
import { objectives } from './objectives';
import { failoverRunbook, recoveryTargets } from './recovery';

const text = { Type: 'String' } as const;

/** Alarms on what has metrics in us-east-1 only, a canary that uses the portal, the availability target at the edge, and the dashboard of both regions. */
export const edgeMonitoring = defineTemplate(
  'edge-monitoring',
  {
    description: 'Financial portal alarms of CloudFront, WAF, health checks and viewer certificate, canary, availability target at the edge, and dashboard of both regions',
    parameters: {
      DomainName: text,
      DefaultKeyArn: text,
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
    const { healthPaths, logRetentionDays } = t.settings;
    const metrics = edgeAlarms(t, {
      topic,
      distributionId: t.param('DistributionId'),
      webAclName: t.param('WebAclName'),
      certificateArn: t.param('CertificateArn'),
      primaryHealthCheckId: t.param('PrimaryHealthCheckId'),
      secondaryHealthCheckId: t.param('SecondaryHealthCheckId'),
      advice: failoverAdvice(recoveryTargets.decisionMinutes, failoverRunbook),
    });

    // The home page is answered by web, the deep-health path by the API with the database's help.
    const visitor = canary(t, 'Canary', {
      name: 'canary',
      site: Fn.Sub('https://${DomainName}'),
      paths: ['/', healthPaths.deep],
      keyArn: t.param('DefaultKeyArn'),
      logRetentionInDays: logRetentionDays,
    });
    const visits = { namespace: 'CloudWatchSynthetics', name: 'SuccessPercent', dimensions: { CanaryName: visitor.ref() } };
    alarm(t, 'CanaryFails', {
      name: 'canary-fails',
      description: 'A browser could not use the portal through CloudFront, twice in a row. The canary’s last run shows the step and the screenshot; look at the health of the regions next',
      metric: visits,
      statistic: 'Average',
      comparison: 'LessThanThreshold',
      threshold: 100,
      period: 300,
      periods: 2,
      // A canary that does not run sees nothing.
      missing: 'breaching',
      topic,
    });

    edgeAvailability(t, 'Availability', {
      goal: objectives.goodPercent,
      metrics,
      topic,
      advice: 'Stop what causes it before anything else is released; docs/systems/financial-portal-slo.md says who decides what',
    });

    const { primary, secondary } = t.context.regions;
    dashboard(t, 'Dashboard', 'regions', [
      ...edgeGraphs(t.context.regions, metrics),
      ...sideBySide(
        graphsOf(t, { region: primary, place: primary, otherRegion: secondary, loadBalancer: t.param('PrimaryLoadBalancerFullName') }),
        graphsOf(t, { region: secondary, place: secondary, otherRegion: primary, loadBalancer: t.param('SecondaryLoadBalancerFullName') }),
      ),
      { title: 'Visits of the canary, %', statistic: 'Average', region: edgeRegion, metrics: [{ ...visits, dimensions: { CanaryName: t.resourceName('canary') }, label: 'succeeded' }] },
    ]);
    return {};
  },
);
