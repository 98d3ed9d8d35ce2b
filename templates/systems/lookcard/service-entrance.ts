import type { Handle, Token } from '../../../src/cfn';
import { listenerRule } from '../../modules/compute/listener-rule';
import { targetGroup, type TargetGroupHandle } from '../../modules/compute/target-group';
import { tcpEntrance } from '../../modules/compute/tcp-entrance';
import { originHeaderName, originHeaderValue } from '../../modules/edge/origin-header';
import { regionHealthPath } from './health-paths';
import { nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';
import type { ServiceBuilder } from './service-parameters';
import type { Entrance, ServiceRow } from './service-row';

/** The priority of the rule for the region's health: before every service's. */
const healthPriority = 10;

/** How requests come to a service. */
export interface ServiceEntrance {
  readonly kind: Entrance['kind'];
  readonly targetGroup: TargetGroupHandle;
  /** What must stand before tasks may join the target group. */
  readonly ready: readonly Handle[];
}

/** The way from outside to a service, as its row says: nothing for one that only other services reach. */
export function serviceEntrance(t: ServiceBuilder, row: ServiceRow): ServiceEntrance | undefined {
  const { entrance, port, healthPath } = row;
  if (!entrance || port === undefined || healthPath === undefined) return undefined;
  return entrance.kind === 'alb' ? byPath(t, row, { ...entrance, port, healthPath }) : byPort(t, { ...entrance, port, healthPath });
}

type Listening = { readonly port: number; readonly healthPath: string };

/**
 * Behind the Application Load Balancer: requests for its paths that CloudFront sent. It accepts the header value that CloudFront sends and
 * the one that it sends after the next rotation. Where Cloudflare stands in front nobody sends the header: the load balancer's group then
 * admits Cloudflare's addresses only.
 */
function byPath(t: ServiceBuilder, row: ServiceRow, { paths, priority, port, healthPath }: Extract<Entrance, { kind: 'alb' }> & Listening): ServiceEntrance {
  const targets = targetGroup(t, 'Targets', { vpcId: t.param('VpcId'), port, healthPath, drainingSeconds: 60 });
  const listener = { ref: () => t.param('HttpsListenerArn') };
  const header = t.settings.dnsProvider === 'route53' ? { name: originHeaderName, values: [originHeaderValue(originHeaderSecretName(t)), originHeaderValue(nextOriginHeaderSecretName(t))] } : undefined;
  const rule = listenerRule(t, 'Rule', { listener, priority, when: { paths, ...(header && { header }) }, targetGroup: targets });
  const health = row.answersForRegion ? [listenerRule(t, 'HealthRule', { listener, priority: healthPriority, when: { paths: [regionHealthPath] }, targetGroup: targets })] : [];
  return { kind: 'alb', targetGroup: targets, ready: [rule, ...health] };
}

/** Behind the Network Load Balancer, to which only API Gateway sends, over TLS that ends there. */
function byPort(t: ServiceBuilder, { listenerPort, port, healthPath }: Extract<Entrance, { kind: 'nlb' }> & Listening): ServiceEntrance {
  const { targetGroup: targets, listener } = tcpEntrance(t, 'Tcp', { vpcId: t.param('VpcId'), loadBalancerArn: t.param('NetworkLoadBalancerArn'), certificateArn: t.param('CertificateArn'), listenerPort, port, healthPath });
  return { kind: 'nlb', targetGroup: targets, ready: [listener] };
}

/** The load balancer of an entrance as metrics name it. */
export const loadBalancerName = (t: ServiceBuilder, kind: Entrance['kind']): Token<'String'> => t.param(kind === 'alb' ? 'LoadBalancerFullName' : 'NetworkLoadBalancerFullName');
