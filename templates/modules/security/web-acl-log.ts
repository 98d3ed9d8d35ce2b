import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { LoggingConfiguration } from '../../../src/cfn/generated/wafv2';
import { logGroup, logGroupArn } from '../monitoring/log-group';

/** The log of a web ACL. */
export interface WebAclLogSettings {
  /** The web ACL's part of the log group's name. */
  readonly name: string;
  readonly acl: Handle<'AWS::WAFv2::WebACL', 'Arn' | string>;
  /** Key of the log, in the web ACL's own region: us-east-1 for CloudFront. */
  readonly keyArn: IntrinsicFunction;
  /** Days that refused requests stay. @default 365, because who was refused belongs to the audit trail */
  readonly retentionInDays?: number;
  /** Headers that hold secrets beside `authorization` and `cookie`, in small letters. @default none */
  readonly secretHeaders?: readonly string[];
}

/**
 * The log of what a web ACL refused, without cookies and credentials. Requests that it let through are in the access logs.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export function webAclLog(t: TemplateBuilder<Parameters, unknown>, id: string, settings: WebAclLogSettings): void {
  const { name, acl, keyArn, retentionInDays = 365, secretHeaders = [] } = settings;
  // WAF writes only to log groups whose names begin so.
  const log = logGroup(t, `${id}Log`, { name: t.resourceName(name).after('aws-waf-logs-'), retentionInDays, keyArn });
  t.add(
    `${id}Logging`,
    new LoggingConfiguration({
      ResourceArn: acl.att('Arn'),
      LogDestinationConfigs: [logGroupArn(log)],
      LoggingFilter: { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] }] },
      RedactedFields: ['authorization', 'cookie', ...secretHeaders].map((Name) => ({ SingleHeader: { Name } })),
    }),
  );
}
