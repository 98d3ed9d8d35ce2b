import type { NetworkPolicyObject } from '../../../src/cfn';
import { postgresPort } from '../../modules/data/postgres-port';
import { denyAll, networkPolicy, type Opening } from '../../modules/kubernetes/network-policies';
import type { Workload } from '../../modules/kubernetes/workload-labels';
import type { FintechGlobalSettings } from './environments';
import { cachePort } from './security-groups';

/**
 * What pods may do, as the security groups have it: the API hears the load balancer, the worker nobody; both call the database and, over
 * HTTPS, AWS and whom payments go through, whose addresses no range tells. Only the API uses the cache.
 */
export function networkPolicies({ api, worker }: Readonly<Record<'api' | 'worker', Workload>>, { services, vpcCidrs }: FintechGlobalSettings, region: string): NetworkPolicyObject[] {
  const cidr = vpcCidrs[region]!;
  const https: Opening = { cidr: '0.0.0.0/0', ports: [443] };
  return [
    denyAll(api.namespace),
    networkPolicy({ ...api, from: [{ cidr, ports: [services.api.port] }], to: [{ cidr, ports: [postgresPort, cachePort] }, https] }),
    networkPolicy({ ...worker, to: [{ cidr, ports: [postgresPort] }, https] }),
  ];
}
