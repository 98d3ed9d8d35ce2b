import type { Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { WebACL } from '../../../src/cfn/generated/wafv2';
import { webAclLog } from '../security/web-acl-log';

/** Rule groups that AWS maintains. @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export type ManagedRuleGroup = 'AWSManagedRulesAmazonIpReputationList' | 'AWSManagedRulesCommonRuleSet' | 'AWSManagedRulesKnownBadInputsRuleSet' | 'AWSManagedRulesSQLiRuleSet';

/** A web ACL in front of CloudFront, or of something in one region. */
export interface WebAclSettings {
  /** Its part of names. */
  readonly name: string;
  /** @default 'CLOUDFRONT' */
  readonly scope?: 'CLOUDFRONT' | 'REGIONAL';
  /** Requests that one address may make in five minutes, from 10 to 2,000,000,000; over it, it gets 429 until it slows down. */
  readonly requestsPerFiveMinutes: number;
  /**
   * @default all four: reputation, common attacks, known bad inputs and SQL injection. With the rate rule they take 1,127
   * capacity units of the 1,500 that the basic price includes
   */
  readonly managedRuleGroups?: readonly ManagedRuleGroup[];
  /** Key of the log. */
  readonly keyArn: IntrinsicFunction;
  /** Days that refused requests stay in the log. @default 365, as `webAclLog` says */
  readonly logRetentionInDays?: number;
  /** Headers that the log must not show; see `webAclLog`. @default none */
  readonly secretHeaders?: readonly string[];
}

/** A web ACL and the name that is also its dimension in CloudWatch. */
export interface WebAcl {
  readonly handle: Handle<'AWS::WAFv2::WebACL', 'Arn' | 'Capacity' | 'Id' | 'LabelNamespace'>;
  readonly name: Name;
}

const everyGroup: readonly ManagedRuleGroup[] = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
];

/**
 * A web ACL, in us-east-1 when it is for CloudFront: a rate limit for each address, then AWS's managed rules. The rate limit comes first,
 * so that it counts requests that a later rule refuses.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/web-acl.html
 */
export function webAcl(t: TemplateBuilder<Parameters, unknown>, id: string, settings: WebAclSettings): WebAcl {
  const { scope = 'CLOUDFRONT', requestsPerFiveMinutes, managedRuleGroups = everyGroup, keyArn, logRetentionInDays, secretHeaders } = settings;
  const name = t.resourceName(settings.name);
  const visible = (MetricName: WebACL.VisibilityConfig['MetricName']): WebACL.VisibilityConfig => ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName });
  const handle = t.add(
    id,
    new WebACL({
      Name: name,
      Scope: scope,
      DefaultAction: { Allow: {} },
      VisibilityConfig: visible(name),
      Rules: [
        {
          Name: 'rate',
          Priority: 0,
          Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
          Statement: { RateBasedStatement: { Limit: requestsPerFiveMinutes, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } },
          VisibilityConfig: visible('rate'),
        },
        ...managedRuleGroups.map((group, index) => ({
          Name: group,
          Priority: index + 1,
          OverrideAction: { None: {} },
          Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: group } },
          VisibilityConfig: visible(group),
        })),
      ],
    }),
  );
  webAclLog(t, id, { name: settings.name, acl: handle, keyArn, retentionInDays: logRetentionInDays, secretHeaders });
  return { handle, name };
}
