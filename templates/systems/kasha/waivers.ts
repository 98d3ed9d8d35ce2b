import { defineWaivers, type Waiver } from '../../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

/** A waiver for each of the environments that are not production; `resource` begins with the deployment. */
function outsideProduction({ resource, ...waiver }: Waiver): Waiver[] {
  return ['develop', 'staging'].map((environment) => ({ ...waiver, resource: `kasha/${environment}/${resource}` }));
}

/** Rules that Kasha knowingly does not follow, sorted by rule. */
export const waivers = defineWaivers([
  { rule: 'CT.CLOUDFRONT.PR.1', resource: 'kasha/*/edge/edge#Distribution', reason: 'The frontend answers “/” itself; a root object would ask it for a file instead', owner, expires, because: 'KSH-97' },
  { rule: 'CT.CLOUDFRONT.PR.4', resource: 'kasha/*/edge/edge#Distribution', reason: 'The origin’s name fails over between the regions, for writes as for reads; an origin group repeats reads only', owner, expires, because: 'KSH-107' },
  { rule: 'CT.CLOUDFRONT.PR.5', resource: 'kasha/*/edge/edge#Distribution', reason: 'The rule knows only the older logging into buckets; the distribution’s requests go to an encrypted log group', owner, expires, because: 'ADR-0006' },
  { rule: 'CT.CLOUDWATCH.PR.2', resource: 'kasha/*/platform/compute#*Log', reason: 'The owner keeps container logs in CloudWatch for seven days only', owner, expires, because: 'KSH-108' },
  { rule: 'CT.CLOUDWATCH.PR.2', resource: 'kasha/*/platform/data#*Log', reason: 'The owner keeps database logs in CloudWatch for seven days only', owner, expires, because: 'KSH-110' },
  { rule: 'CT.CLOUDWATCH.PR.3', resource: 'kasha/*/zone/zone#EmptyLog', reason: 'No key stands yet when the zone is made, and the log names only the records that were deleted', owner, expires, because: 'ADR-0007' },
  { rule: 'CT.ECS.PR.2', resource: 'kasha/*/platform/compute#Cluster', reason: 'The rule knows Container Insights only as "enabled"; the cluster has its newer form "enhanced"', owner, expires, because: 'KSH-73' },
  { rule: 'CT.ECS.PR.6', resource: 'kasha/develop/platform/compute#*Task', reason: 'ECS Exec, which develop has for debugging, writes to the root file system', owner, expires, because: 'KSH-46' },
  ...outsideProduction({ rule: 'CT.ELASTICLOADBALANCING.PR.5', resource: 'platform/compute#*LoadBalancer', reason: 'Destroyable by one command, as every environment outside production is', owner, expires, because: 'ADR-0008' }),
  { rule: 'CT.LAMBDA.PR.3', resource: 'kasha/*/*/*#Empty', reason: 'The function calls AWS APIs only, also when there is no VPC any more', owner, expires, because: 'ADR-0007' },
  { rule: 'CT.LAMBDA.PR.3', resource: 'kasha/*/*/*#LookUpPrefixList', reason: 'The function calls AWS APIs only, also when there is no VPC yet', owner, expires, because: 'ADR-0007' },
  ...outsideProduction({ rule: 'CT.RDS.PR.1', resource: 'platform/data#Primary', reason: 'One zone of what is paid by zone, to save the standby’s cost', owner, expires, because: 'KSH-136' }),
  ...outsideProduction({ rule: 'CT.RDS.PR.13', resource: 'platform/data#Primary', reason: 'Destroyable by one command, as every environment outside production is', owner, expires, because: 'ADR-0008' }),
  { rule: 'CT.RDS.PR.14', resource: 'kasha/*/platform/data#Primary', reason: 'The owner wants error and slow-query log, and the general log outside production; the rule wants the audit log too', owner, expires, because: 'KSH-72' },
  { rule: 'CT.RDS.PR.20', resource: 'kasha/*/platform/data#Primary', reason: 'The owner names port 3306, and only the backend and the proxy reach it', owner, expires, because: 'KSH-18' },
  { rule: 'CT.S3.PR.2', resource: 'kasha/*/foundation/security#AccessLogs', reason: 'The bucket is itself where access logs go; logging it into itself would never end', owner, expires, because: 'ADR-0009' },
  ...outsideProduction({ rule: 'CT.S3.PR.9', resource: 'foundation/security#AccessLogs', reason: 'Destroyable by one command, as every environment outside production is', owner, expires, because: 'ADR-0008' }),
  { rule: 'CT.S3.PR.10', resource: 'kasha/*/foundation/security#AccessLogs', reason: 'Load balancers write access logs under S3’s own key only', owner, expires, because: 'ADR-0009' },
  { rule: 'iam_policy_uses_keys_through_a_service', resource: 'kasha/develop/platform/compute#*TaskRole', reason: 'For ECS Exec, which develop has for debugging, the agent in the container decrypts the session’s key itself', owner, expires, because: 'KSH-46' },
  { rule: 'private_route_leaves_through_its_zone', resource: 'kasha/production-as-specified/foundation/network#*Subnet2', reason: 'The owner’s own text names one NAT gateway; production has one in each zone', owner, expires, because: 'KSH-12' },
  ...['develop', 'production-as-specified'].map((environment) => ({ rule: 'security_groups_are_in_use', resource: `kasha/${environment}/foundation/network#ProxySecurityGroup`, reason: 'The proxy is a setting of its own; its group stands ready, so that switching it on does not touch the network', owner, expires, because: 'KSH-52' })),
  { rule: 'sqs_queue_encrypted_by_own_key', resource: 'kasha/production-as-specified/platform/data#*Queue*', reason: 'The owner specified the key that AWS manages; no other AWS service sends to these queues', owner, expires, because: 'KSH-93' },
]);
