import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { HealthCheck } from '../../../src/cfn/generated/route53';

/** A check of an HTTPS endpoint by Route 53. */
export interface HealthCheckSettings {
  /** Shown in the console, where a health check has no other name. */
  readonly name: Name;
  /** Host that is asked, by its own name: a name under failover would be checked against itself. */
  readonly host: IntrinsicFunction;
  readonly path: string;
  /** Seconds between two requests of one checker, 10 or 30. @default 10, which finds a failure in half a minute */
  readonly intervalSeconds?: 10 | 30;
  /** Failed requests in a row after which a checker calls the endpoint unhealthy. @default 3 */
  readonly failureThreshold?: number;
  /** @default four checker regions on three continents, so that losing one leaves the three that Route 53 asks for */
  readonly checkerRegions?: readonly string[];
}

/**
 * A health check over HTTPS with the host name in the TLS handshake. Any answer of 2xx or 3xx within two seconds is healthy;
 * the certificate is not verified.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
export function healthCheck(t: TemplateBuilder<Parameters, unknown>, id: string, settings: HealthCheckSettings): Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'> {
  const { name, host, path, intervalSeconds = 10, failureThreshold = 3, checkerRegions = ['ap-southeast-1', 'eu-west-1', 'us-east-1', 'us-west-2'] } = settings;
  return t.add(
    id,
    new HealthCheck({
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: host,
        Port: 443,
        ResourcePath: path,
        EnableSNI: true,
        RequestInterval: intervalSeconds,
        FailureThreshold: failureThreshold,
        Regions: checkerRegions,
      },
      HealthCheckTags: [{ Key: 'Name', Value: name }],
    }),
  );
}
