import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Listener, TargetGroup } from '../../../src/cfn/generated/elasticloadbalancingv2';
import { forward } from './listener-action';
import { tlsPolicy, type ListenerHandle } from './listener';
import type { TargetGroupHandle } from './target-group';

/** Tasks behind one port of a Network Load Balancer. */
export interface TcpEntranceSettings {
  readonly vpcId: IntrinsicFunction;
  readonly loadBalancerArn: IntrinsicFunction;
  /** Port of the listener. */
  readonly listenerPort: number;
  /**
   * Certificate of this region, with which the load balancer ends TLS; the tasks are sent plain TCP. AWS logs the connections of such a
   * listener only. @default none: what comes is passed on as it is
   */
  readonly certificateArn?: IntrinsicFunction;
  /** TCP port of the containers. */
  readonly port: number;
  /** Path that answers 200 when the process serves. */
  readonly healthPath: string;
  /** Seconds in which a target that leaves may finish its requests. @default 60: API Gateway waits 29 for an answer */
  readonly drainingSeconds?: number;
}

/** What a TCP entrance is made of. */
export interface TcpEntrance {
  readonly targetGroup: TargetGroupHandle;
  readonly listener: ListenerHandle;
}

/**
 * A listener for TCP, or for TLS over it, with its target group of task addresses, which are asked over HTTP how they are. Connections come from the load
 * balancer's own addresses, so that its security group may be named as their source; those to a target that has left end with it.
 * @param id PascalCase, before the logical ids
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html
 */
export function tcpEntrance(t: TemplateBuilder<Parameters, unknown>, id: string, settings: TcpEntranceSettings): TcpEntrance {
  const { vpcId, loadBalancerArn, listenerPort, certificateArn, port, healthPath, drainingSeconds = 60 } = settings;
  const tls = certificateArn ? { Protocol: 'TLS', SslPolicy: tlsPolicy, Certificates: [{ CertificateArn: certificateArn }] } : { Protocol: 'TCP' };
  const targetGroup = t.add(
    `${id}Targets`,
    new TargetGroup({
      VpcId: vpcId,
      TargetType: 'ip',
      Protocol: 'TCP',
      Port: port,
      HealthCheckEnabled: true,
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: healthPath,
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 3,
      Matcher: { HttpCode: '200' },
      TargetGroupAttributes: [
        { Key: 'deregistration_delay.timeout_seconds', Value: String(drainingSeconds) },
        { Key: 'deregistration_delay.connection_termination.enabled', Value: 'true' },
        { Key: 'preserve_client_ip.enabled', Value: 'false' },
      ],
    }),
  );
  const listener = t.add(`${id}Listener`, new Listener({ LoadBalancerArn: loadBalancerArn, ...tls, Port: listenerPort, DefaultActions: [forward(targetGroup)] }));
  return { targetGroup, listener };
}
