import { defineWaivers, type Waiver } from '../../../src/check/waiver';
import { costExportWaivers } from './cost-export-waivers';

const owner = 'platform engineering';
const expires = '2027-06-30';

/** A waiver for each of the environments that are not production; `resource` begins with the deployment. */
function outsideProduction({ resource, ...waiver }: Waiver): Waiver[] {
  return ['develop', 'staging'].map((environment) => ({ ...waiver, resource: `fintech-global/${environment}/${resource}` }));
}

const front = { reason: 'The load balancer is the front, with a web ACL of its own: the owner asks for no CloudFront', owner, expires, because: 'FTG-18' } as const;
const replica = { reason: 'The rule knows keys and no replicas of keys; in the second region the data key is one', owner, expires, because: 'FTG-50' } as const;
const goes = { reason: 'Environments that are not production go without a trace, as the owner’s document has it', owner, expires, because: 'FTG-35' } as const;
const twoWeeks = { reason: 'Where nobody’s money is moved logs stay two weeks', owner, expires, because: 'FTG-57' } as const;
const outsideVpc = { reason: 'The function calls AWS APIs only, also when there is no VPC any more', owner, expires, because: 'ADR-0007' } as const;
const pilotLight = { reason: 'The second region keeps one instance until it takes over; the first has a writer and a reader, and more under load', owner, expires, because: 'FTG-29' } as const;
const accounts = { reason: 'An account has its budgets once, whichever environment makes them', owner, expires, because: 'FTG-58' } as const;

/** Rules that the platform knowingly does not follow, sorted by rule. */
export const waivers = defineWaivers([
  ...outsideProduction({ rule: 'CT.CLOUDWATCH.PR.2', resource: '*/*#*Log*', ...twoWeeks }),
  ...['foundation/network', 'platform/compute', 'platform/data', 'platform/entrance'].map((template) => ({ rule: 'CT.CLOUDWATCH.PR.3', resource: `fintech-global/*/${template}#*Log*`, ...replica })),
  ...outsideProduction({ rule: 'CT.CLOUDWATCH.PR.3', resource: 'foundation/security#*Log*', ...replica }),
  { rule: 'CT.CLOUDWATCH.PR.3', resource: 'fintech-global/*/zone/zone#EmptyLog', reason: 'No key stands yet when the zone is made, and the log names only the records that were deleted', owner, expires, because: 'ADR-0007' },
  { rule: 'CT.EKS.PR.2', resource: 'fintech-global/*/platform/compute#Cluster', ...replica },
  ...outsideProduction({ rule: 'CT.ELASTICLOADBALANCING.PR.5', resource: 'platform/entrance#LoadBalancer', ...goes }),
  { rule: 'CT.KMS.PR.3', resource: 'fintech-global/*/key/key#DataKey', reason: 'EKS takes no key that may be granted on only as KMS knows its grants; the policy names EKS beside that', owner, expires, because: 'FTG-19' },
  ...['BudgetMetrics', 'Empty', 'ReaderScalingRemovalFunction', 'SystemNodeScalingLookUp'].map((id) => ({ rule: 'CT.LAMBDA.PR.3', resource: `fintech-global/*/*/*#${id}`, ...outsideVpc })),
  ...outsideProduction({ rule: 'CT.RDS.PR.3', resource: 'platform/data#Cluster', ...goes }),
  { rule: 'CT.RDS.PR.25', resource: 'fintech-global/*/platform/data#Cluster', reason: 'The rule knows only the log "postgresql"; the cluster exports all three that Aurora has', owner, expires, because: 'FTG-57' },
  { rule: 'CT.S3.PR.2', resource: 'fintech-global/*/foundation/security#Logs', reason: 'The bucket is itself where access logs go; logging it into itself would never end', owner, expires, because: 'ADR-0009' },
  ...outsideProduction({ rule: 'CT.S3.PR.9', resource: 'foundation/security#Logs', ...goes }),
  { rule: 'CT.S3.PR.9', resource: 'fintech-global/*/foundation/security#DataLake', reason: 'Versions keep what is overwritten or deleted; a lock would keep also what the lifecycle is to remove', owner, expires, because: 'FTG-45' },
  ...costExportWaivers('*'),
  { rule: 'CT.S3.PR.10', resource: 'fintech-global/*/foundation/security#Logs', reason: 'Load balancers write access logs under S3’s own key only', owner, expires, because: 'ADR-0009' },
  { rule: 'CT.SQS.PR.1', resource: 'fintech-global/*/edge/cost#BudgetMetricsFailures', reason: 'The queue is itself where failed events go; the rule knows no queue that lets none be redriven into it', owner, expires, because: 'FTG-56' },
  { rule: 'clusters_have_an_instance_in_each_zone', resource: 'fintech-global/production/platform/data#Cluster', ...pilotLight },
  { rule: 'data_outlives_its_stack', resource: 'fintech-global/production/edge/cost#BudgetMetricsFailures', reason: 'Failed events are kept of a function that publishes all figures anew within the hour', owner, expires, because: 'FTG-56' },
  { rule: 'database_survives_a_zone', resource: 'fintech-global/production/platform/data#Instance1', ...pilotLight },
  { rule: 'health_check_finds_failures', resource: 'fintech-global/*/platform/dns#AnswersCheck', reason: 'The load balancer has this metric only while it fails requests, so silence is health; a lost region is found by the other check', owner, expires, because: 'ADR-0019' },
  { rule: 'metric-namespace', resource: 'fintech-global/*/edge/cost#Dashboard', reason: 'Where another environment makes the account’s budgets, its function publishes their figures', owner, expires, because: 'FTG-56' },
  { rule: 'names_tell_the_environment', resource: 'fintech-global/*/edge/cost#*Budget', ...accounts },
  ...['foundation/security', 'key/key'].map((template) => ({ rule: 'names_tell_the_environment', resource: `fintech-global/production/${template}#DataKeyAlias`, reason: 'The owner names the alias of the data key, without an environment; the others end in theirs', owner, expires, because: 'FTG-50' })),
  { rule: 'public_listener_answers_cloudfront_only', resource: 'fintech-global/*/platform/entrance#HttpsListener', ...front },
  { rule: 'secret_reaches_the_second_region', resource: 'fintech-global/production/foundation/security#CacheSecret', reason: 'Each region’s cache has a token of its own, made and rotated there', owner, expires, because: 'FTG-38' },
  { rule: 'security_group_admits_no_internet', resource: 'fintech-global/*/foundation/network#LoadBalancerSecurityGroup', ...front },
  { rule: 'target_groups_have_members', resource: 'fintech-global/*/platform/entrance#ApiTargets', reason: 'Pods join it by a TargetGroupBinding among the manifests of the cluster, which no template shows', owner, expires, because: 'FTG-18' },
]);
