import { defineWaivers } from '../../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

const destroyable = { reason: 'The owner wants everything destroyable by one command, production too', owner, expires, because: 'CUS-67' } as const;
const unprotected = { reason: 'The owner forbids deletion protection on any resource', owner, expires, because: 'CUS-66' } as const;
const kept = { reason: 'The owner forbids policies that keep anything when a stack goes', owner, expires, because: 'CUS-65' } as const;
const twoWeeks = { reason: 'The owner keeps logs in CloudWatch for two weeks at most; copies for the auditors are archived in S3', owner, expires, because: 'CUS-60' } as const;
const outsideVpc = { reason: 'The function calls AWS APIs only, also when there is no VPC any more', owner, expires, because: 'ADR-0007' } as const;
const failures = { reason: 'The queue is itself where failed events go; the rule knows no queue that lets none be redriven into it', owner, expires } as const;
const translates = { reason: 'A NAT instance translates addresses in the public subnet of its one zone, in a group of one that replaces it', owner, expires, because: 'CUS-09' } as const;

/** Rules that the portal knowingly does not follow, sorted by rule. */
export const waivers = defineWaivers([
  ...['CT.AUTOSCALING.PR.1', 'CT.AUTOSCALING.PR.6', 'group_spans_zones', 'subnets_span_two_zones', 'workload_stands_in_private_subnets'].map((rule) => ({ rule, resource: 'customer-portal/*/foundation/network#NatGroup*', ...translates })),
  ...['CT.EC2.PR.9', 'instance_has_no_public_address'].map((rule) => ({ rule, resource: 'customer-portal/*/foundation/network#NatTemplate*', ...translates })),
  { rule: 'CT.CLOUDFRONT.PR.1', resource: 'customer-portal/*/edge/edge#Distribution', reason: 'The frontend answers “/” itself; a root object would ask it for a file instead', owner, expires, because: 'CUS-24' },
  { rule: 'CT.CLOUDFRONT.PR.5', resource: 'customer-portal/*/edge/edge#Distribution', reason: 'The rule knows only the older logging into buckets; the distribution’s requests go to an encrypted log group', owner, expires, because: 'ADR-0006' },
  { rule: 'CT.CLOUDWATCH.PR.2', resource: 'customer-portal/*/*/*#*Log*', ...twoWeeks },
  { rule: 'CT.CLOUDWATCH.PR.3', resource: 'customer-portal/*/zone/zone#EmptyLog', reason: 'No key stands yet when the zone is made, and the log names only the records that were deleted', owner, expires, because: 'ADR-0007' },
  { rule: 'CT.ECS.PR.2', resource: 'customer-portal/*/platform/compute#Cluster', reason: 'The rule knows Container Insights only as "enabled"; the cluster has its newer form "enhanced"', owner, expires, because: 'CUS-56' },
  { rule: 'CT.ELASTICLOADBALANCING.PR.5', resource: 'customer-portal/*/platform/compute#*LoadBalancer', ...unprotected },
  ...['Empty', 'LookUpPrefixList', 'RotateOriginHeader', 'SpotShortage'].map((id) => ({ rule: 'CT.LAMBDA.PR.3', resource: `customer-portal/*/*/*#${id}`, ...outsideVpc })),
  { rule: 'CT.RDS.PR.3', resource: 'customer-portal/*/platform/data#Cluster', ...unprotected },
  { rule: 'CT.RDS.PR.25', resource: 'customer-portal/*/platform/data#Cluster', reason: 'The rule knows only the log "postgresql"; the cluster exports all three that Aurora has', owner, expires, because: 'CUS-57' },
  { rule: 'CT.S3.PR.2', resource: 'customer-portal/*/foundation/security#AccessLogs', reason: 'The bucket is itself where access logs go; logging it into itself would never end', owner, expires, because: 'ADR-0009' },
  ...['archive#Logs', 'security#AccessLogs', 'security#Assets'].map((bucket) => ({ rule: 'CT.S3.PR.9', resource: `customer-portal/*/foundation/${bucket}`, ...destroyable })),
  { rule: 'CT.S3.PR.10', resource: 'customer-portal/*/foundation/security#AccessLogs', reason: 'Load balancers write access logs under S3’s own key only', owner, expires, because: 'ADR-0009' },
  { rule: 'CT.SQS.PR.1', resource: 'customer-portal/*/edge/edge#RotateOriginHeaderFailures', ...failures, because: 'CUS-71' },
  { rule: 'CT.SQS.PR.1', resource: 'customer-portal/*/platform/compute#SpotShortageFailures', ...failures, because: 'CUS-18' },
  ...['edge/edge#RotateOriginHeaderFailures', 'foundation/archive#Logs', 'foundation/security#AccessLogs', 'foundation/security#Assets', 'foundation/security#*Key', 'foundation/security#*Repository', 'platform/compute#SpotShortageFailures', 'platform/data#GlobalDatabase', 'platform/data#Session*'].map(
    (resource) => ({ rule: 'data_outlives_its_stack', resource: `customer-portal/production/${resource}`, ...kept }),
  ),
  { rule: 'database_keeps_automated_backups', resource: 'customer-portal/production/platform/data#Cluster', ...destroyable },
  ...['Cluster', 'GlobalDatabase'].map((id) => ({ rule: 'database_refuses_deletion_in_production', resource: `customer-portal/production/platform/data#${id}`, ...unprotected })),
  { rule: 'health_check_finds_failures', resource: 'customer-portal/*/platform/dns#AnswersCheck', reason: 'The load balancer has this metric only while it fails requests, so silence is health; a lost region is found by the other check', owner, expires, because: 'ADR-0019' },
  { rule: 'iam_policy_resource_is_an_item', resource: 'customer-portal/*/foundation/network#NatRole*', reason: 'An instance registers with Systems Manager under an id that nobody knows before', owner, expires, because: 'CUS-70' },
  { rule: 'rds_final_snapshot', resource: 'customer-portal/production/platform/data#Cluster', reason: 'The owner wants no final snapshot; the other region has a copy of the data', owner, expires, because: 'CUS-35' },
  { rule: 'repository_is_not_emptied_in_production', resource: 'customer-portal/production/foundation/security#*Repository', ...destroyable },
  { rule: 'table_refuses_deletion_in_production', resource: 'customer-portal/production/platform/data#Session*', ...unprotected },
  { rule: 'wafv2_rate_rule_blocks', resource: 'customer-portal/*/platform/api#WebAcl', reason: 'Clients are programs; a key may ask for 1,000 requests a second from one address', owner, expires, because: 'CUS-45' },
]);
