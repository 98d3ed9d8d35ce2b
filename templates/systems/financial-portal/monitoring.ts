import { Aws } from '../../../src/cfn';
import { auroraAlarms } from '../../modules/monitoring/aurora-alarms';
import { regionAvailability } from '../../modules/monitoring/availability';
import { dashboard } from '../../modules/monitoring/dashboard';
import { regionErrors, strandedUsers } from '../../modules/monitoring/region-alarms';
import { ofLoadBalancer, serviceAdvice, serviceAlarms } from '../../modules/monitoring/service-alarms';
import { serviceLevelObjective } from '../../modules/monitoring/service-level-objective';
import { defineTemplate } from './environments';
import { graphsOf } from './graphs';
import { objectives } from './objectives';
import { failoverRunbook } from './recovery';

const text = { Type: 'String' } as const;

/** Alarms, dashboard and availability targets of one region. */
export const monitoring = defineTemplate(
  'monitoring',
  {
    description: 'Financial portal alarms, dashboard and availability targets of one region',
    parameters: {
      AlarmTopicArn: text,
      ClusterName: text,
      WebServiceName: text,
      ApiServiceName: text,
      LoadBalancerFullName: text,
      WebTargetGroupFullName: text,
      ApiTargetGroupFullName: text,
      DatabaseClusterIdentifier: text,
    },
  },
  (t) => {
    const topic = t.param('AlarmTopicArn');
    const loadBalancer = t.param('LoadBalancerFullName');
    const watched = {
      topic,
      cluster: t.param('ClusterName'),
      loadBalancer,
      sharesLoadBalancer: true,
      scalesAt: { cpu: 65, memory: 80 },
      // error-alarms.ts has them: deployments roll back on them.
      countsErrors: false,
      answersWithin: objectives.answersWithin,
      countsTasks: true,
      advice: serviceAdvice,
    };
    serviceAlarms(t, 'Web', { ...watched, service: t.param('WebServiceName'), targetGroup: t.param('WebTargetGroupFullName') });
    serviceAlarms(t, 'Api', { ...watched, service: t.param('ApiServiceName'), targetGroup: t.param('ApiTargetGroupFullName') });
    regionErrors(t, 'LoadBalancerErrors', { loadBalancer, failoverRunbook, topic });
    const stranded = strandedUsers(t, 'Stranded', {
      loadBalancer,
      targetGroup: t.param('WebTargetGroupFullName'),
      service: 'web',
      advice: `It ends a game day. Otherwise look at the health checks and the records of origin.<domain>: ${failoverRunbook}`,
      topic,
    });
    auroraAlarms(t, { topic, cluster: t.param('DatabaseClusterIdentifier'), failoverRunbook });

    regionAvailability(t, 'Availability', { goal: objectives.goodPercent, loadBalancer });
    const seconds = ofLoadBalancer('TargetResponseTime', loadBalancer);
    serviceLevelObjective(t, 'Latency', {
      name: 'latency',
      description: `Share of requests that this region’s targets answered within ${objectives.answersWithin} s`,
      goal: objectives.goodPercent,
      total: { ...seconds, statistic: 'SampleCount' },
      good: { ...seconds, statistic: `TC(:${objectives.answersWithin})` },
    });

    dashboard(t, 'Dashboard', 'overview', graphsOf(t, { region: Aws.region, place: 'this region', otherRegion: t.otherRegion, loadBalancer }));
    return { StrandedAlarmArn: stranded.att('Arn') };
  },
);
