import { Aws } from '../../../src/cfn';
import { auroraAlarms } from '../../modules/monitoring/aurora-alarms';
import { regionAvailability } from '../../modules/monitoring/availability';
import { cacheAlarms } from '../../modules/monitoring/cache-alarms';
import { certificateAlarm } from '../../modules/monitoring/certificate-alarm';
import { dashboard } from '../../modules/monitoring/dashboard';
import { networkLoadBalancerAlarms } from '../../modules/monitoring/network-load-balancer-alarms';
import { proxyAlarms } from '../../modules/monitoring/proxy-alarms';
import { regionErrors } from '../../modules/monitoring/region-alarms';
import { restApiAlarms } from '../../modules/monitoring/rest-api-alarms';
import { hasProxy } from './database';
import { defineTemplate } from './environments';
import { graphsOf, watchedCache } from './graphs';
import { proxyName } from './names';
import { objectives } from './objectives';
import { failoverRunbook } from './recovery';

const text = { Type: 'String' } as const;

/** Connections to a node of the cache: twenty for each of a hundred tasks, more than all services with a cache may run. */
const mostCacheConnections = 2_000;

/**
 * Alarms, dashboard and availability target of what one region's services share; each service's own alarms stand in its own template, and
 * each cluster has a dashboard of its own.
 */
export const monitoring = defineTemplate(
  'monitoring',
  {
    description: 'LookCard alarms, dashboard and availability target of one region',
    parameters: {
      AlarmTopicArn: text,
      CertificateArn: text,
      LoadBalancerFullName: text,
      NetworkLoadBalancerFullName: text,
      DatabaseClusterIdentifier: text,
      CacheReplicationGroupId: text,
      ApiName: text,
      ApiStageName: text,
    },
  },
  (t) => {
    const topic = t.param('AlarmTopicArn');
    const loadBalancer = t.param('LoadBalancerFullName');
    const networkLoadBalancer = t.param('NetworkLoadBalancerFullName');
    const database = t.param('DatabaseClusterIdentifier');
    const cache = t.param('CacheReplicationGroupId');
    const api = t.param('ApiName');
    const stage = t.param('ApiStageName');

    regionErrors(t, 'LoadBalancerErrors', { loadBalancer, failoverRunbook, topic });
    networkLoadBalancerAlarms(t, 'NetworkLoadBalancer', { name: 'nlb', caller: 'API Gateway', loadBalancer: networkLoadBalancer, topic });
    restApiAlarms(t, 'Api', { topic, api, stage, answersWithin: objectives.answersWithin });
    certificateAlarm(t, 'CertificateExpiry', {
      // The viewer certificate has an alarm in us-east-1 too.
      name: 'origin-certificate-expiry',
      certificateArn: t.param('CertificateArn'),
      description: 'The certificate of the load balancers and of API Gateway was not renewed in time. Compare the records that it asks for with those of the zone, and write what is missing; import an imported one anew',
      topic,
    });
    auroraAlarms(t, { topic, cluster: database, failoverRunbook, replicates: t.settings.pilotLight });
    if (hasProxy(t.settings)) proxyAlarms(t, { topic, proxy: proxyName(t) });
    cacheAlarms(t, { topic, ...watchedCache(t, cache), mostConnections: mostCacheConnections });

    regionAvailability(t, 'Availability', { goal: objectives.goodPercent, loadBalancer });
    dashboard(t, 'Dashboard', 'overview', graphsOf(t, { region: Aws.region, place: 'this region', loadBalancer, networkLoadBalancer, api, stage, database, cache }));
    return {};
  },
);
