import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { applicationLoadBalancer, type LoadBalancerHandle } from '../../modules/compute/application-load-balancer';
import { httpsListener, redirectListener } from '../../modules/compute/listener';
import { listenerRule } from '../../modules/compute/listener-rule';
import { targetGroup, type TargetGroupHandle } from '../../modules/compute/target-group';
import type { KashaSettings } from './environments';
import { originHeaderName, originHeaderValue } from './secret-names';

/** Where a load balancer stands. */
export interface EntranceSettings {
  readonly vpcId: IntrinsicFunction;
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupIds: Value<readonly Value<string>[]>;
  readonly certificateArn: IntrinsicFunction;
  readonly accessLogBucketName: IntrinsicFunction;
}

/** A load balancer with the tasks behind it. */
export interface Entrance {
  readonly loadBalancer: LoadBalancerHandle;
  readonly targetGroup: TargetGroupHandle;
  /** What must stand before a service may join the target group. */
  readonly ready: readonly Handle[];
}

/**
 * The entrance for CloudFront: HTTPS, and only with the header that CloudFront alone knows. The deep health path needs no
 * header, because Route 53's checkers cannot send one; every other request without it is answered with 403.
 *
 * Port 80 redirects to HTTPS, as the requirements ask, although no security group lets anyone reach it: it answers only when
 * somebody opens the port one day, and then in the safe way.
 */
export function publicEntrance(t: TemplateBuilder<Parameters, KashaSettings>, settings: EntranceSettings): Entrance {
  const { services, healthPaths } = t.settings;
  const loadBalancer = applicationLoadBalancer(t, 'LoadBalancer', {
    name: t.resourceName('alb'),
    scheme: 'internet-facing',
    subnetIds: settings.subnetIds,
    securityGroupIds: settings.securityGroupIds,
    accessLogs: { bucketName: settings.accessLogBucketName, prefix: 'alb' },
    deletionProtection: t.settings.protected,
  });
  const frontend = targetGroup(t, 'FrontendTargets', { vpcId: settings.vpcId, port: services.frontend.port, healthPath: healthPaths.live });
  const listener = httpsListener(t, 'HttpsListener', { loadBalancer, port: 443, certificateArn: settings.certificateArn });
  redirectListener(t, 'RedirectListener', loadBalancer);
  return {
    loadBalancer,
    targetGroup: frontend,
    ready: [
      listenerRule(t, 'HealthRule', { listener, priority: 10, when: { path: healthPaths.deep }, targetGroup: frontend }),
      listenerRule(t, 'CloudFrontRule', { listener, priority: 20, when: { header: originHeaderName, value: originHeaderValue(t) }, targetGroup: frontend }),
    ],
  };
}

/** The entrance for the frontend: HTTPS inside the VPC under the name that the private zone gives, `backend.<domain>`. */
export function backendEntrance(t: TemplateBuilder<Parameters, KashaSettings>, settings: EntranceSettings): Entrance {
  const { services, healthPaths } = t.settings;
  const { port } = services.backend;
  const loadBalancer = applicationLoadBalancer(t, 'BackendLoadBalancer', {
    name: t.resourceName('backend-alb'),
    scheme: 'internal',
    subnetIds: settings.subnetIds,
    securityGroupIds: settings.securityGroupIds,
    accessLogs: { bucketName: settings.accessLogBucketName, prefix: 'backend-alb' },
    deletionProtection: t.settings.protected,
  });
  const backend = targetGroup(t, 'BackendTargets', { vpcId: settings.vpcId, port, healthPath: healthPaths.live });
  const listener = httpsListener(t, 'BackendListener', { loadBalancer, port, certificateArn: settings.certificateArn, targetGroup: backend });
  return { loadBalancer, targetGroup: backend, ready: [listener] };
}
