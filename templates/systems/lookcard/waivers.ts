import { defineWaivers, type Waiver } from '../../../src/check/waiver';

const owner = 'platform engineering';
const expires = '2027-06-30';

/** A waiver for each of some environments; `resource` begins with the deployment. */
const inEach = (environments: readonly string[], { resource, ...waiver }: Waiver): Waiver[] => environments.map((environment) => ({ ...waiver, resource: `lookcard/${environment}/${resource}` }));

/** For each environment that is not production. */
const outsideProduction = (waiver: Waiver): Waiver[] => inEach(['develop', 'sandbox', 'staging', 'testing'], waiver);

/** For each of them, by the requirement that makes it smaller than production. */
const bySize = (waiver: Omit<Waiver, 'because'>): Waiver[] =>
  Object.entries({ develop: 'LKC-06', sandbox: 'LKC-10', staging: 'LKC-07', testing: 'LKC-09' }).flatMap(([environment, because]) => inEach([environment], { ...waiver, because }));

const outsideVpc = { reason: 'The function calls AWS APIs only, also when there is no VPC any more', owner, expires, because: 'ADR-0007' } as const;
const failures = { reason: 'The queue is itself where failed events go; the rule knows no queue that lets none be redriven into it', owner, expires } as const;
const destroyable = { reason: 'Destroyable by one command, as every environment outside production is', owner, expires, because: 'ADR-0008' } as const;
const pilotLight = { reason: 'In the second region one task runs of each service until the region takes over; in the first two and more', owner, expires, because: 'LKC-02' } as const;
const overSessionManager = { owner, expires, because: 'LKC-32' } as const;

/** Rules that the platform knowingly does not follow, sorted by rule. */
export const waivers = defineWaivers([
  { rule: 'CT.CLOUDFRONT.PR.1', resource: 'lookcard/*/edge/edge#Distribution', reason: 'web-app answers “/” itself; a root object would ask it for a file instead', owner, expires, because: 'LKC-55' },
  ...outsideProduction({ rule: 'CT.CLOUDFRONT.PR.4', resource: 'edge/edge#Distribution', reason: 'Only production has a second region to fail over to', owner, expires, because: 'LKC-02' }),
  { rule: 'CT.CLOUDFRONT.PR.5', resource: 'lookcard/*/edge/edge#Distribution', reason: 'The rule knows only the older logging into buckets; the distribution’s requests go to an encrypted log group', owner, expires, because: 'ADR-0006' },
  ...bySize({ rule: 'CT.CLOUDWATCH.PR.2', resource: '*/*#*Log*', reason: 'Where nobody’s money is moved logs stay two weeks', owner, expires }),
  ...['parent-zone', 'zone'].map((deployment) => ({ rule: 'CT.CLOUDWATCH.PR.3', resource: `lookcard/*/${deployment}/${deployment}#EmptyLog`, reason: 'No key stands yet when the zone is made, and the log names only the records that were deleted', owner, expires, because: 'ADR-0007' })),
  { rule: 'CT.EC2.PR.19', resource: 'lookcard/*/platform/bastion#Bastion', reason: 'Its small types do not encrypt between instances; nothing comes to it but sessions, which do it themselves', ...overSessionManager },
  { rule: 'CT.ECS.PR.2', resource: 'lookcard/*/platform/clusters#*Cluster', reason: 'The rule knows Container Insights only as "enabled"; clusters have its newer form "enhanced", or none where it costs more than it tells', owner, expires, because: 'LKC-100' },
  ...outsideProduction({ rule: 'CT.ELASTICLOADBALANCING.PR.5', resource: 'platform/entrance#*LoadBalancer', ...destroyable }),
  ...['Empty', 'FanOut', 'LookUpPrefixList', 'RotateOriginHeader'].map((id) => ({ rule: 'CT.LAMBDA.PR.3', resource: `lookcard/*/*/*#${id}`, ...outsideVpc })),
  ...outsideProduction({ rule: 'CT.RDS.PR.3', resource: 'platform/data#Cluster', ...destroyable }),
  { rule: 'CT.RDS.PR.25', resource: 'lookcard/*/platform/data#Cluster', reason: 'The rule knows only the log "postgresql"; the cluster exports all three that Aurora has', owner, expires, because: 'LKC-99' },
  { rule: 'CT.S3.PR.2', resource: 'lookcard/*/foundation/security#Logs', reason: 'The bucket is itself where access logs go; logging it into itself would never end', owner, expires, because: 'ADR-0009' },
  { rule: 'CT.S3.PR.9', resource: 'lookcard/*/foundation/assets#Assets', reason: 'Files that each build of web-app makes anew; a lock would keep what the next one replaces', owner, expires, because: 'LKC-82' },
  { rule: 'CT.S3.PR.9', resource: 'lookcard/*/foundation/security#Storage', reason: 'Versions keep what is overwritten or deleted; a lock would keep also what users may have deleted', owner, expires, because: 'LKC-75' },
  ...outsideProduction({ rule: 'CT.S3.PR.9', resource: 'foundation/security#Logs', ...destroyable }),
  { rule: 'CT.S3.PR.10', resource: 'lookcard/*/foundation/security#Logs', reason: 'Load balancers write access logs under S3’s own key only', owner, expires, because: 'ADR-0009' },
  { rule: 'CT.SQS.PR.1', resource: 'lookcard/*/cronjob/service-*#Failures', ...failures, because: 'LKC-38' },
  { rule: 'CT.SQS.PR.1', resource: 'lookcard/*/edge/edge#RotateOriginHeaderFailures', ...failures, because: 'LKC-82' },
  { rule: 'data_outlives_its_stack', resource: 'lookcard/production/cronjob/service-*#Failures', reason: 'Who repairs a cron job empties its queue; the job itself is in its log', owner, expires, because: 'LKC-38' },
  { rule: 'data_outlives_its_stack', resource: 'lookcard/production/edge/edge#RotateOriginHeaderFailures', reason: 'Failed events are kept of a function that is asked again each day', owner, expires, because: 'LKC-82' },
  { rule: 'data_outlives_its_stack', resource: 'lookcard/production/foundation/assets#Assets', reason: 'Files that each build of web-app makes anew', owner, expires, because: 'LKC-82' },
  { rule: 'ecs_container_reports_its_health', resource: 'lookcard/*/cronjob/service-*#Task', reason: 'A cron job answers nobody: it ends, and its exit code says how', owner, expires, because: 'LKC-38' },
  { rule: 'ecs_scaling_keeps_two_tasks', resource: 'lookcard/production/*/service-*#ScalingTarget', ...pilotLight },
  ...bySize({ rule: 'ecs_scaling_keeps_two_tasks', resource: '*/service-*#ScalingTarget', reason: 'One task serves while nobody asks for more', owner, expires }),
  { rule: 'ecs_service_runs_two_tasks', resource: 'lookcard/production/*/service-*#Service', ...pilotLight },
  { rule: 'health_check_finds_failures', resource: 'lookcard/production/platform/dns#AnswersCheck', reason: 'The load balancer has this metric only while it fails requests, so silence is health; a lost region is found by the other check', owner, expires, because: 'ADR-0019' },
  { rule: 'iam_policy_resource_is_an_item', resource: 'lookcard/*/platform/bastion#BastionRole', reason: 'An instance registers with Systems Manager under an id that nobody knows before', ...overSessionManager },
  { rule: 'iam_policy_uses_keys_through_a_service', resource: 'lookcard/*/platform/bastion#BastionRole', reason: 'The agent on the instance decrypts the key of a session itself', ...overSessionManager },
  ...['core-application/service-crypto-api', 'core-application/service-liquidity-api', 'listener/service-crypto-processor'].map((template) => ({ rule: 'iam_policy_uses_keys_through_a_service', resource: `lookcard/*/${template}#TaskRole`, reason: 'The service signs and wraps by its keys itself; their policies name its role and nobody else', owner, expires, because: 'LKC-89' })),
  { rule: 'rule_target_keeps_failures', resource: 'lookcard/*/cronjob/service-*#LostTasks', reason: 'The target is itself the queue where failures go', owner, expires, because: 'LKC-38' },
  { rule: 'schedule_keeps_failures', resource: 'lookcard/production/cronjob/service-*#Schedule', reason: 'In the second region cron jobs begin when it has taken over: two would settle twice', owner, expires, because: 'LKC-38' },
  { rule: 'schedule_keeps_failures', resource: 'lookcard/develop/cronjob/service-*#Schedule', reason: 'The services that a cron job calls sleep at night; by day somebody runs it by hand', owner, expires, because: 'LKC-104' },
  { rule: 'secret_reaches_the_second_region', resource: 'lookcard/production/foundation/security#CacheSecret', reason: 'Each region’s cache has a token of its own, made and rotated there', owner, expires, because: 'LKC-73' },
  { rule: 'services_scale_with_their_load', resource: 'lookcard/production/listener/service-crypto-listener#Service', reason: 'In the second region no task of it runs until the region takes over: two would follow the chain twice', owner, expires, because: 'LKC-45' },
  { rule: 'wafv2_rate_rule_blocks', resource: 'lookcard/*/platform/api#WebAcl', reason: 'Clients are programs; a key may ask for 100 requests a second from one address', owner, expires, because: 'LKC-80' },
]);
