import { defineWaivers, type Waiver } from '../../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

/** A waiver for each of the environments that are not production; `resource` begins with the deployment. */
function outsideProduction({ resource, ...waiver }: Waiver): Waiver[] {
  return ['develop', 'staging'].map((environment) => ({ ...waiver, resource: `financial-portal/${environment}/${resource}` }));
}

const destroyable = { reason: 'The owner wants everything destroyable by one command, production too', owner, expires, because: 'FIN-60' } as const;
const kept = { reason: 'The owner forbids policies that keep anything when a stack goes', owner, expires, because: 'FIN-59' } as const;
const twoWeeks = { reason: 'Where nobody’s money is moved logs stay two weeks', owner, expires, because: 'FIN-48' } as const;
const outsideVpc = { reason: 'The function calls AWS APIs only, also when there is no VPC any more', owner, expires, because: 'ADR-0007' } as const;
const failures = { reason: 'The queue is itself where failed events go; the rule knows no queue that lets none be redriven into it', owner, expires } as const;

/** Rules that the portal knowingly does not follow, sorted by rule. */
export const waivers = defineWaivers([
  { rule: 'CT.CLOUDFRONT.PR.1', resource: 'financial-portal/*/edge/edge#Distribution', reason: 'The web service answers “/” itself; a root object would ask it for a file instead', owner, expires, because: 'FIN-26' },
  { rule: 'CT.CLOUDFRONT.PR.5', resource: 'financial-portal/*/edge/edge#Distribution', reason: 'The rule knows only the older logging into buckets; the distribution’s requests go to an encrypted log group', owner, expires, because: 'ADR-0006' },
  ...['foundation/network', 'foundation/security', 'platform/compute', 'platform/data', 'platform/drill', 'edge/edge', 'edge/edge-monitoring'].flatMap((template) =>
    outsideProduction({ rule: 'CT.CLOUDWATCH.PR.2', resource: `${template}#*Log*`, ...twoWeeks }),
  ),
  { rule: 'CT.CLOUDWATCH.PR.3', resource: 'financial-portal/*/zone/zone#EmptyLog', reason: 'No key stands yet when the zone is made, and the log names only the records that were deleted', owner, expires, because: 'ADR-0007' },
  { rule: 'CT.ECS.PR.2', resource: 'financial-portal/*/platform/compute#Cluster', reason: 'The rule knows Container Insights only as "enabled"; the cluster has its newer form "enhanced"', owner, expires, because: 'FIN-18' },
  { rule: 'CT.ELASTICLOADBALANCING.PR.5', resource: 'financial-portal/*/platform/compute#LoadBalancer', ...destroyable },
  ...['Empty', 'LookUpPrefixList', 'RotateOriginHeader', 'SpotShortage'].map((id) => ({ rule: 'CT.LAMBDA.PR.3', resource: `financial-portal/*/*/*#${id}`, ...outsideVpc })),
  { rule: 'CT.RDS.PR.3', resource: 'financial-portal/*/platform/data#Cluster', ...destroyable },
  { rule: 'CT.RDS.PR.25', resource: 'financial-portal/*/platform/data#Cluster', reason: 'The rule knows only the log "postgresql"; the cluster exports all three that Aurora has', owner, expires, because: 'FIN-47' },
  { rule: 'CT.S3.PR.2', resource: 'financial-portal/*/edge/edge-monitoring#CanaryArtifacts', reason: 'Pictures of a made-up visit, which one role writes and people look at in the console', owner, expires, because: 'FIN-72' },
  { rule: 'CT.S3.PR.2', resource: 'financial-portal/*/foundation/security#AccessLogs', reason: 'The bucket is itself where access logs go; logging it into itself would never end', owner, expires, because: 'ADR-0009' },
  ...['edge/edge-monitoring#CanaryArtifacts', 'foundation/security#AccessLogs'].map((resource) => ({ rule: 'CT.S3.PR.9', resource: `financial-portal/*/${resource}`, ...destroyable })),
  { rule: 'CT.S3.PR.10', resource: 'financial-portal/*/foundation/security#AccessLogs', reason: 'Load balancers write access logs under S3’s own key only', owner, expires, because: 'ADR-0009' },
  { rule: 'CT.SQS.PR.1', resource: 'financial-portal/*/edge/edge#RotateOriginHeaderFailures', ...failures, because: 'FIN-32' },
  { rule: 'CT.SQS.PR.1', resource: 'financial-portal/*/platform/compute#SpotShortageFailures', ...failures, because: 'FIN-13' },
  ...['edge/edge#RotateOriginHeaderFailures', 'edge/edge-monitoring#CanaryArtifacts', 'foundation/security#AccessLogs', 'foundation/security#*Key', 'foundation/security#*Repository', 'platform/compute#SpotShortageFailures', 'platform/data#GlobalDatabase'].map(
    (resource) => ({ rule: 'data_outlives_its_stack', resource: `financial-portal/production/${resource}`, ...kept }),
  ),
  { rule: 'database_keeps_automated_backups', resource: 'financial-portal/production/platform/data#Cluster', ...destroyable },
  ...['Cluster', 'GlobalDatabase'].map((id) => ({ rule: 'database_refuses_deletion_in_production', resource: `financial-portal/production/platform/data#${id}`, ...destroyable })),
  { rule: 'health_check_finds_failures', resource: 'financial-portal/*/platform/dns#AnswersCheck', reason: 'The load balancer has this metric only while it fails requests, so silence is health; a lost region is found by the other check', owner, expires, because: 'ADR-0019' },
  { rule: 'rds_final_snapshot', resource: 'financial-portal/production/platform/data#Cluster', ...destroyable },
  { rule: 'repository_is_not_emptied_in_production', resource: 'financial-portal/production/foundation/security#*Repository', ...destroyable },
]);
