import { monitoring } from '../../../templates/systems/customer-portal/monitoring';
import { requirement } from '../../requirements/requirement';
import { bothRegions, environmentNames, ofType, resolved, type EnvironmentName } from './built';

/** A region of the pair. */
export type Region = (typeof bothRegions)[number];
/** Properties of a resource, or a part of them. */
export type Row = Readonly<Record<string, any>>;

/** What the region’s other templates tell its monitoring. */
export const parameters = {
  AlarmTopicArn: 'arn:aws:sns:here:111111111111:alarms',
  ClusterName: 'cluster',
  FrontendServiceName: 'frontend',
  BackendServiceName: 'backend',
  LoadBalancerFullName: 'app/alb/1',
  FrontendTargetGroupFullName: 'targetgroup/frontend/2',
  BackendTargetGroupFullName: 'targetgroup/backend/3',
  DatabaseClusterIdentifier: 'aurora',
  ApiName: 'the-api',
  ApiStageName: 'live',
  ApiLoadBalancerFullName: 'app/api-alb/4',
  ApiTargetGroupFullName: 'targetgroup/api/5',
};
/** How names shorten the environments. */
export const shorts: Readonly<Record<EnvironmentName, string>> = { production: 'prod', staging: 'stg', develop: 'dev' };
/** The other region of each. */
export const otherRegion = { 'ap-southeast-1': 'us-east-1', 'us-east-1': 'ap-southeast-1' } as const;

/** Asserts something of every environment's monitoring in each of its regions. */
export function everywhere(ids: string, title: string, holds: (all: (type: string) => Row, region: Region, environment: EnvironmentName) => void): void {
  for (const environment of environmentNames) {
    for (const region of bothRegions) {
      requirement(ids, `${title}: ${environment} in ${region}`, () => holds((type) => ofType(resolved(monitoring, region, environment, parameters), type), region, environment));
    }
  }
}

/** The tables of the sessions: before logical ids, in names, and the index of each. */
export const tables = [
  { id: 'Sessions', part: 'sessions', index: 'byUser' },
  { id: 'SessionTokens', part: 'session-tokens', index: 'bySession' },
];
