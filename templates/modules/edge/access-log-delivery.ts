import { Fn, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Delivery, DeliveryDestination, DeliverySource } from '../../../src/cfn/generated/logs';
import { cardDataProtection } from '../monitoring/card-data-protection';
import { deliveryMayWrite, logGroup, logGroupArn } from '../monitoring/log-group';
import type { DistributionHandle } from './distribution';

/** The access log of a distribution. */
export interface AccessLogDeliverySettings {
  /** Its part of names. */
  readonly name: string;
  readonly distribution: DistributionHandle;
  /** Key of the log, in us-east-1. */
  readonly keyArn: IntrinsicFunction;
  /** Days that requests stay. @default 365, the year of history that PCI DSS 10.5.1 asks for */
  readonly retentionInDays?: number;
}

/**
 * What is known of each request, but its cookies: they hold sessions.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
const recordFields = [
  'date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status', 'cs(Referer)', 'cs(User-Agent)', 'cs-uri-query',
  'x-edge-result-type', 'x-edge-request-id', 'x-host-header', 'cs-protocol', 'cs-bytes', 'time-taken', 'x-forwarded-for', 'ssl-protocol', 'ssl-cipher',
  'x-edge-response-result-type', 'cs-protocol-version', 'c-port', 'time-to-first-byte', 'x-edge-detailed-result-type', 'sc-content-type', 'sc-content-len',
];

/**
 * Standard logging (v2): each request as JSON into an encrypted log group that masks card numbers. The group's name begins with
 * `/aws/vendedlogs/` and its own policy admits the delivery service, because an account has room for ten policies over groups.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export function accessLogDelivery(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AccessLogDeliverySettings): void {
  const { distribution, keyArn, retentionInDays = 365 } = settings;
  const name = t.resourceName(settings.name);
  const groupName = name.after('/aws/vendedlogs/cloudfront/');
  const group = logGroup(t, `${id}Group`, {
    name: groupName,
    retentionInDays,
    keyArn,
    dataProtectionPolicy: cardDataProtection,
    resourcePolicy: deliveryMayWrite(groupName),
  });
  const source = t.add(
    `${id}Source`,
    new DeliverySource({ Name: name, LogType: 'ACCESS_LOGS', ResourceArn: Fn.Sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Id}', { Id: distribution.ref() }) }),
  );
  const destination = t.add(`${id}Destination`, new DeliveryDestination({ Name: name, OutputFormat: 'json', DestinationResourceArn: logGroupArn(group) }));
  t.add(`${id}Delivery`, new Delivery({ DeliverySourceName: source.ref(), DeliveryDestinationArn: destination.att('Arn'), RecordFields: recordFields }));
}
