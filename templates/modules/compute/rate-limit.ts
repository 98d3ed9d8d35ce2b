import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { WebACL, WebACLAssociation } from '../../../src/cfn/generated/wafv2';
import { webAclLog } from '../security/web-acl-log';
import type { LoadBalancerHandle } from './application-load-balancer';

/** A limit on how often one client may call what a load balancer serves. */
export interface RateLimitSettings {
  /** The limit's part of names, for example `backend`. */
  readonly name: string;
  readonly loadBalancer: LoadBalancerHandle;
  /**
   * Requests that one client may make in five minutes, from 10 to 2,000,000,000. A client is the first address of
   * `X-Forwarded-For`, so callers in between have to pass that header on; requests without it are not limited.
   */
  readonly requestsPerFiveMinutes: number;
  /** Key of the log. */
  readonly keyArn: IntrinsicFunction;
  /** Days that refused requests stay in the log. @default 365, because who was refused belongs to the audit trail */
  readonly logRetentionInDays?: number;
}

/**
 * A regional web ACL with one rate rule. Clients over the limit get 429 until they slow down; the log holds the refused
 * requests, without their cookies and credentials.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export function rateLimit(t: TemplateBuilder<Parameters, unknown>, id: string, settings: RateLimitSettings): Handle<'AWS::WAFv2::WebACL', 'Arn' | 'Capacity' | 'Id' | 'LabelNamespace'> {
  const { name, loadBalancer, requestsPerFiveMinutes, keyArn, logRetentionInDays } = settings;
  const visible = (MetricName: string): WebACL.VisibilityConfig => ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName });
  const acl = t.add(
    id,
    new WebACL({
      Name: t.resourceName(`${name}-rate`),
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: visible(id),
      Rules: [
        {
          Name: 'rate',
          Priority: 0,
          Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
          Statement: {
            RateBasedStatement: {
              Limit: requestsPerFiveMinutes,
              EvaluationWindowSec: 300,
              AggregateKeyType: 'FORWARDED_IP',
              ForwardedIPConfig: { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH' },
            },
          },
          VisibilityConfig: visible(`${id}Rule`),
        },
      ],
    }),
  );
  t.add(`${id}Association`, new WebACLAssociation({ ResourceArn: loadBalancer.ref(), WebACLArn: acl.att('Arn') }));
  webAclLog(t, id, { name, acl, keyArn, retentionInDays: logRetentionInDays });
  return acl;
}
