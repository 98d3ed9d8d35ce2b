import type { IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { customResource } from '../compute/custom-resource';
import { lambdaFunction, type FunctionSettings } from '../compute/function';
import { allow } from '../security/policy';

/** Ids of CloudFront's origin-facing prefix list, which AWS keeps up to date: 55 of the 60 rules that a security group may have. */
const cloudfrontPrefixLists: Readonly<Record<string, string>> = { 'us-east-1': 'pl-3b927c52', 'ap-southeast-1': 'pl-31a34658' };

/**
 * The prefix list of the addresses from which CloudFront calls its origins.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html
 */
export function cloudfrontPrefixList(t: TemplateBuilder<Parameters, unknown>): IntrinsicFunction {
  return t.byRegion('PrefixLists', 'CloudFront', cloudfrontPrefixLists);
}

/**
 * The prefix list of the addresses from which Route 53 checks health: 25 rules. Its id differs in each region and is in no
 * table of AWS's, so a function looks it up when the stack is made.
 * @param log key of the function's log, and the days that it stays (@default as `lambdaFunction` has it)
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-router-firewall-rules.html
 */
export function healthCheckPrefixList(t: TemplateBuilder<Parameters, unknown>, log: Pick<FunctionSettings, 'keyArn' | 'logRetentionInDays'>): IntrinsicFunction {
  const lookUp = lambdaFunction(t, 'LookUpPrefixList', {
    source: 'look-up-prefix-list',
    description: 'Answers the id of an AWS-managed prefix list by its name',
    keyArn: log.keyArn,
    logRetentionInDays: log.logRetentionInDays,
    // DescribeManagedPrefixLists knows no resource-level permission.
    statements: [allow(['ec2:DescribeManagedPrefixLists'], ['*'])],
  });
  return customResource(t, 'HealthCheckPrefixList', {
    type: 'Custom::ManagedPrefixList',
    functionArn: lookUp.att('Arn'),
    properties: { Name: 'route53-healthchecks' },
  }).att('PrefixListId');
}
