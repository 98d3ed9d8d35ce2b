import { Aws } from '../../../src/cfn';
import { auroraAlarms } from '../../modules/monitoring/aurora-alarms';
import { regionAvailability } from '../../modules/monitoring/availability';
import { burnRateAlarms } from '../../modules/monitoring/burn-rate-alarms';
import { cacheAlarms } from '../../modules/monitoring/cache-alarms';
import { certificateAlarm } from '../../modules/monitoring/certificate-alarm';
import { dashboard } from '../../modules/monitoring/dashboard';
import { deploymentAlarm, eksAlarms } from '../../modules/monitoring/eks-alarms';
import { instanceMemoryGiB } from '../../modules/monitoring/instance-memory';
import { podTargetAlarms } from '../../modules/monitoring/pod-target-alarms';
import { regionErrors, strandedUsers } from '../../modules/monitoring/region-alarms';
import { tableAlarms } from '../../modules/monitoring/table-alarms';
import { tableCapacityAlarms } from '../../modules/monitoring/table-capacity-alarms';
import { webAclAlarm } from '../../modules/monitoring/web-acl-alarm';
import { defineTemplate, type FintechGlobalSettings } from './environments';
import { deploymentsOf, graphsOf, tableOperations, watchedCache, watchedTables } from './graphs';
import { objectives } from './objectives';
import { failoverRunbook } from './recovery';

const text = { Type: 'String' } as const;

/** Connections to the cache that a pod has open at most, a deployment that overlaps with the one before included. */
const connectionsPerPod = 50;

const mostPods = ({ services }: FintechGlobalSettings): number => Object.values(services).reduce((sum, { pods }) => sum + pods.primary.maximum, 0);

/** Alarms, dashboard and availability target of one region. */
export const monitoring = defineTemplate(
  'monitoring',
  {
    description: 'FinTech Global alarms, dashboard and availability target of one region',
    parameters: {
      AlarmTopicArn: text,
      CertificateArn: text,
      ClusterName: text,
      NodeAutoScalingGroupName: text,
      DatabaseClusterIdentifier: text,
      CacheReplicationGroupId: text,
      LoadBalancerFullName: text,
      ApiTargetGroupFullName: text,
      WebAclName: text,
    },
  },
  (t) => {
    const topic = t.param('AlarmTopicArn');
    const cluster = t.param('ClusterName');
    const loadBalancer = t.param('LoadBalancerFullName');
    const targetGroup = t.param('ApiTargetGroupFullName');
    const { kubernetes, database, sessions } = t.settings;

    podTargetAlarms(t, 'Api', { name: 'api', loadBalancer, targetGroup, answersWithin: objectives.answersWithin, topic });
    regionErrors(t, 'LoadBalancerErrors', { loadBalancer, failoverRunbook, target: 'pod', topic });
    strandedUsers(t, 'Stranded', { loadBalancer, targetGroup, service: 'api', target: 'pod', advice: `Look at the health checks and the records of <domain>: ${failoverRunbook}`, topic });
    webAclAlarm(t, 'BlockedRequests', { webAcl: t.param('WebAclName'), region: Aws.region, topic });
    certificateAlarm(t, 'CertificateExpiry', {
      certificateArn: t.param('CertificateArn'),
      description: 'The load balancer’s certificate was not renewed in time. Compare the records that it asks for with those of the zone, and write what is missing',
      topic,
    });

    eksAlarms(t, { topic, cluster, autoScalingGroup: t.param('NodeAutoScalingGroupName') });
    for (const deployment of deploymentsOf(t)) deploymentAlarm(t, `${deployment[0]?.toUpperCase()}${deployment.slice(1)}Pods`, { cluster, namespace: kubernetes.namespace, deployment, topic });

    auroraAlarms(t, { topic, cluster: t.param('DatabaseClusterIdentifier'), failoverRunbook, memoryGiB: instanceMemoryGiB(database.instanceClass) });
    cacheAlarms(t, { topic, ...watchedCache(t, t.param('CacheReplicationGroupId')), mostConnections: connectionsPerPod * mostPods(t.settings) });
    const watched = watchedTables(t).sessions;
    tableAlarms(t, 'Sessions', { topic, name: 'sessions', ...watched, operations: tableOperations, capacity: 'provisioned' });
    tableCapacityAlarms(t, 'Sessions', { topic, name: 'sessions', table: watched.table, scalesAt: sessions.targetPercent });

    regionAvailability(t, 'Availability', { goal: objectives.goodPercent, loadBalancer });
    burnRateAlarms(t, 'Budget', {
      name: 'budget',
      objective: t.resourceName('availability'),
      topic,
      advice: 'Stop what causes it before anything else is released: roll the release back, fail over, or block the traffic. What the goal is and why stands in templates/systems/fintech-global/objectives.ts',
    });
    dashboard(t, 'Dashboard', 'overview', graphsOf(t, { region: Aws.region, place: 'this region', otherRegion: t.otherRegion, loadBalancer }));
    return {};
  },
);
