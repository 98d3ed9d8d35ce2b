import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Listener } from '../../../src/cfn/generated/elasticloadbalancingv2';
import type { LoadBalancerHandle } from './application-load-balancer';
import { forward, refuse } from './listener-action';
import type { TargetGroupHandle } from './target-group';

export type ListenerHandle = Handle<'AWS::ElasticLoadBalancingV2::Listener', 'ListenerArn'>;

/**
 * TLS 1.3, and 1.2 with forward secrecy and authenticated encryption only; hybrid post-quantum keys where the client has them.
 * It is the policy that AWS recommends.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

/** A listener for HTTPS. */
export interface HttpsListenerSettings {
  readonly loadBalancer: LoadBalancerHandle;
  readonly port: number;
  /** Certificate of this region. */
  readonly certificateArn: IntrinsicFunction;
  /** Where requests go that no rule takes. @default nowhere: they are answered with 403 */
  readonly targetGroup?: TargetGroupHandle;
  /**
   * Adds to every answer the headers that keep browsers on HTTPS and off guessing and framing, and takes away the one that names the
   * server: for a load balancer without CloudFront in front, whose response headers policy does so. @default false
   */
  readonly securityHeaders?: boolean;
}

/**
 * Two years of HTTPS, as browsers' preload list asks for, and no framing, for answers that are data.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/header-modification.html
 */
const securityHeaders: Readonly<Record<string, string>> = {
  'routing.http.response.server.enabled': 'false',
  'routing.http.response.strict_transport_security.header_value': 'max-age=63072000; includeSubDomains; preload',
  'routing.http.response.x_content_type_options.header_value': 'nosniff',
  'routing.http.response.x_frame_options.header_value': 'DENY',
};

/**
 * A listener that ends TLS.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html
 */
export function httpsListener(t: TemplateBuilder<Parameters, unknown>, id: string, settings: HttpsListenerSettings): ListenerHandle {
  const { loadBalancer, port, certificateArn, targetGroup } = settings;
  const attributes = settings.securityHeaders ? { ListenerAttributes: Object.entries(securityHeaders).map(([Key, Value]) => ({ Key, Value })) } : {};
  return t.add(
    id,
    new Listener({
      LoadBalancerArn: loadBalancer.ref(),
      Protocol: 'HTTPS',
      Port: port,
      SslPolicy: tlsPolicy,
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [targetGroup ? forward(targetGroup) : refuse],
      ...attributes,
    }),
  );
}

/**
 * A listener on port 80 that sends every request to HTTPS and serves none.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
export function redirectListener(t: TemplateBuilder<Parameters, unknown>, id: string, loadBalancer: LoadBalancerHandle): ListenerHandle {
  return t.add(
    id,
    new Listener({
      LoadBalancerArn: loadBalancer.ref(),
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', Path: '/#{path}', Query: '#{query}', StatusCode: 'HTTP_301' } }],
    }),
  );
}
