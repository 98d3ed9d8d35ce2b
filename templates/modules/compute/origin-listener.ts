import type { IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { applicationLoadBalancer, type LoadBalancerHandle } from './application-load-balancer';
import { httpsListener, redirectListener, type ListenerHandle } from './listener';

/** A load balancer on the internet. */
export interface OriginLoadBalancerSettings {
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupIds: Value<readonly Value<string>[]>;
  readonly accessLogBucketName: IntrinsicFunction;
  readonly deletionProtection: boolean;
  /** @default unstated; see `applicationLoadBalancer` */
  readonly crossZone?: true;
}

/** The load balancer that CloudFront calls, under the id `LoadBalancer`. */
export function originLoadBalancer(t: TemplateBuilder<Parameters, unknown>, settings: OriginLoadBalancerSettings): LoadBalancerHandle {
  return applicationLoadBalancer(t, 'LoadBalancer', {
    name: t.resourceName('alb'),
    scheme: 'internet-facing',
    subnetIds: settings.subnetIds,
    securityGroupIds: settings.securityGroupIds,
    accessLogs: { bucketName: settings.accessLogBucketName, prefix: 'alb' },
    deletionProtection: settings.deletionProtection,
    crossZone: settings.crossZone,
  });
}

/** What its load balancer listens with. */
export interface OriginListenerSettings {
  readonly loadBalancer: LoadBalancerHandle;
  readonly certificateArn: IntrinsicFunction;
  /**
   * Adds a listener on port 80 that redirects to HTTPS. No security group need let anyone reach it: it answers only when somebody
   * opens the port one day, and then in the safe way. @default false
   */
  readonly redirect?: boolean;
}

/** The HTTPS listener, under the id `HttpsListener`: what no rule takes it answers with 403. */
export function originListener(t: TemplateBuilder<Parameters, unknown>, { loadBalancer, certificateArn, redirect = false }: OriginListenerSettings): ListenerHandle {
  const listener = httpsListener(t, 'HttpsListener', { loadBalancer, port: 443, certificateArn });
  if (redirect) redirectListener(t, 'RedirectListener', loadBalancer);
  return listener;
}
