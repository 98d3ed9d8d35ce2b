import type { Parameters, TemplateBuilder, Token, Value } from '../../../src/cfn';
import { anomalyAlarm, type Metric } from './alarm';

/**
 * The requests that a region's web ACL blocks. One for CloudFront has no region among its dimensions.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
 */
export const ofRegionalWebAcl = (webAcl: Value<string>, region: Value<string>): Metric => ({ namespace: 'AWS/WAFV2', name: 'BlockedRequests', dimensions: { WebACL: webAcl, Region: region, Rule: 'ALL' } });

/** A region's web ACL. */
export interface WebAclAlarmSettings {
  /** The alarm's part of its name. @default `blocked` */
  readonly name?: string;
  readonly webAcl: Token<'String'>;
  readonly region: Value<string>;
  readonly topic: Token<'String'>;
}

/** An alarm on a surge of requests that the region's web ACL blocks. */
export function webAclAlarm(t: TemplateBuilder<Parameters, unknown>, id: string, { name = 'blocked', webAcl, region, topic }: WebAclAlarmSettings): void {
  anomalyAlarm(t, id, {
    name,
    description: 'The web ACL blocks more than usual at this hour: an attack, or a rule that hits users. Its log says which rule it is and whom it meets',
    metric: ofRegionalWebAcl(webAcl, region),
    statistic: 'Sum',
    topic,
  });
}
