import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { alarm } from './alarm';

/** A certificate that ACM is to renew. */
export interface CertificateAlarmSettings {
  readonly certificateArn: Token<'String'>;
  /** What has happened and what to do. */
  readonly description: string;
  readonly topic: Token<'String'>;
  /** Its part of the name, where another certificate of the region has an alarm too. @default certificate-expiry */
  readonly name?: string;
}

/**
 * An alarm on a certificate that was not renewed in time. It must stand in the certificate's region.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 */
export function certificateAlarm(t: TemplateBuilder<Parameters, unknown>, id: string, { certificateArn, description, topic, name = 'certificate-expiry' }: CertificateAlarmSettings): void {
  alarm(t, id, {
    name,
    description,
    metric: { namespace: 'AWS/CertificateManager', name: 'DaysToExpiry', dimensions: { CertificateArn: certificateArn } },
    statistic: 'Minimum',
    comparison: 'LessThanOrEqualToThreshold',
    // ACM begins to renew 60 days before the end.
    threshold: 45,
    period: 86_400,
    periods: 1,
    topic,
  });
}
