import { Token, type Handle } from '../../../src/cfn';
import { admitGroup, reachGroup } from '../../modules/network/group-rule';
import type { Catalogue } from './catalogue';
import { calleeParameter } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { ServiceRow } from './service-row';

/** The groups that a service's tasks are in, beside its own. */
export const alsoGroups = (t: ServiceBuilder, { database, cache }: ServiceRow): readonly Token[] => [
  t.param('ServicesGroupId'),
  ...(database ? [t.param('DatabaseClientsGroupId')] : []),
  ...(cache ? [t.param('CacheClientsGroupId')] : []),
];

/**
 * The ways that a row opens, both ends of each: from its load balancer to its tasks, and from its tasks to those of the services that it
 * calls.
 * @param hasTargets whether its load balancer sends to it: not where it runs outside the clusters
 * @returns the rules, which must stand before the first task: one that reaches nothing fails its checks
 */
export function serviceWays(t: ServiceBuilder, { name, port, entrance, calls = [] }: ServiceRow, catalogue: Catalogue, hasTargets: boolean): readonly Handle[] {
  const own = t.param('ServiceGroupId');
  const rules: Handle[] = [];
  if (entrance && port !== undefined && hasTargets) {
    const loadBalancer = t.param(entrance.kind === 'alb' ? 'LoadBalancerSecurityGroupId' : 'NetworkLoadBalancerSecurityGroupId');
    rules.push(reachGroup(t, 'LoadBalancerToService', { from: loadBalancer, to: own, port, description: `Tasks of ${name}` }));
    rules.push(admitGroup(t, 'ServiceFromLoadBalancer', { from: loadBalancer, to: own, port, description: entrance.kind === 'alb' ? 'Application Load Balancer' : 'Network Load Balancer' }));
  }
  for (const called of calls.map((other) => catalogue.row(other))) {
    const parameter = calleeParameter(called);
    const to = new Token('Ref', parameter, 'AWS::EC2::SecurityGroup::Id');
    const rule = { from: own, to, port: called.port ?? 0 };
    rules.push(reachGroup(t, `To${parameter.replace(/GroupId$/, '')}`, { ...rule, description: `Tasks of ${called.name}` }));
    rules.push(admitGroup(t, `${parameter.replace(/GroupId$/, '')}FromService`, { ...rule, description: `Tasks of ${name}` }));
  }
  return rules;
}
