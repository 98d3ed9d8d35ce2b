import { Aws } from '../../../src/cfn';
import { auroraAlarms } from '../../modules/monitoring/aurora-alarms';
import { regionAvailability } from '../../modules/monitoring/availability';
import { dashboard } from '../../modules/monitoring/dashboard';
import { loadBalancerAlarms } from '../../modules/monitoring/load-balancer-alarms';
import { regionErrors, strandedUsers } from '../../modules/monitoring/region-alarms';
import { restApiAlarms } from '../../modules/monitoring/rest-api-alarms';
import { serviceAdvice, serviceAlarms } from '../../modules/monitoring/service-alarms';
import { tableAlarms } from '../../modules/monitoring/table-alarms';
import { defineTemplate } from './environments';
import { graphsOf, tableOperations, watchedTables } from './graphs';
import { objectives } from './objectives';
import { failoverRunbook } from './recovery';

const text = { Type: 'String' } as const;

/** Alarms, dashboard and availability target of one region. */
export const monitoring = defineTemplate(
  'monitoring',
  {
    description: 'Customer portal alarms, dashboard and availability target of one region',
    parameters: {
      AlarmTopicArn: text,
      ClusterName: text,
      FrontendServiceName: text,
      BackendServiceName: text,
      LoadBalancerFullName: text,
      FrontendTargetGroupFullName: text,
      BackendTargetGroupFullName: text,
      DatabaseClusterIdentifier: text,
      ApiName: text,
      ApiStageName: text,
      ApiLoadBalancerFullName: text,
      ApiTargetGroupFullName: text,
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
      scalesAt: { cpu: 70, memory: 80 },
      answersWithin: objectives.answersWithin,
      countsTasks: true,
    };
    const errors = 'Its log says why. Roll back when they began with a release';
    serviceAlarms(t, 'Frontend', {
      ...watched,
      service: t.param('FrontendServiceName'),
      targetGroup: t.param('FrontendTargetGroupFullName'),
      advice: { ...serviceAdvice, errors, unhealthy: 'ECS replaces it. When that repeats, its log says why', latency: 'Look at the CPU of its tasks first, then at the backend that it waits for' },
    });
    serviceAlarms(t, 'Backend', {
      ...watched,
      service: t.param('BackendServiceName'),
      targetGroup: t.param('BackendTargetGroupFullName'),
      advice: { ...serviceAdvice, errors: `${errors}; otherwise look at database and session tables` },
    });
    regionErrors(t, 'LoadBalancerErrors', { loadBalancer, failoverRunbook, topic });
    strandedUsers(t, 'Stranded', {
      loadBalancer,
      targetGroup: t.param('FrontendTargetGroupFullName'),
      service: 'frontend',
      advice: `Look at the health checks and the records of origin.<domain>: ${failoverRunbook}`,
      topic,
    });
    restApiAlarms(t, 'Api', { topic, api: t.param('ApiName'), stage: t.param('ApiStageName'), answersWithin: objectives.answersWithin });
    loadBalancerAlarms(t, 'ApiEntrance', { name: 'api-alb', caller: 'API Gateway', loadBalancer: t.param('ApiLoadBalancerFullName'), targetGroup: t.param('ApiTargetGroupFullName'), topic });
    auroraAlarms(t, { topic, cluster: t.param('DatabaseClusterIdentifier'), failoverRunbook });
    const { sessions, 'session-tokens': sessionTokens } = watchedTables(t);
    tableAlarms(t, 'Sessions', { topic, name: 'sessions', ...sessions, operations: tableOperations });
    tableAlarms(t, 'SessionTokens', { topic, name: 'session-tokens', ...sessionTokens, operations: tableOperations });

    regionAvailability(t, 'Availability', { goal: objectives.goodPercent, loadBalancer });
    dashboard(t, 'Dashboard', 'overview', graphsOf(t, { region: Aws.region, place: 'this region', otherRegion: t.otherRegion, loadBalancer }));
    return {};
  },
);
