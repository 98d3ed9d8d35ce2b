import { Rule } from '../../../src/cfn/generated/events';
import { scheduledTask } from '../../modules/compute/scheduled-task';
import { failureQueue, rulesMayFail } from '../../modules/data/failure-queue';
import { alarm } from '../../modules/monitoring/alarm';
import { arn } from '../../modules/security/policy';
import { logAlarm } from './service-alarms';
import { serviceName } from './service-names';
import type { ServiceBuilder } from './service-parameters';
import type { ServiceRow } from './service-row';
import type { ServiceTask } from './service-task';
import { alsoGroups } from './service-ways';

/**
 * A cron job: a schedule that runs one task. What keeps it from running lies in its failure queue: a start that failed for an hour, a task
 * that never came to run, one that Spot took back. What goes wrong in a task that runs is in its log, where one error is too many.
 *
 * It runs by itself in the primary region only: two would settle twice. After a failover somebody enables the other region's. Where the
 * environment sleeps at night it runs by hand alone, for whom it calls sleeps too.
 */
export function cronService(t: ServiceBuilder, row: ServiceRow, { expression, timeZone }: NonNullable<ServiceRow['schedule']>, { task, roles }: ServiceTask): void {
  const { name } = row;
  const { pilotLight, night, spot } = t.settings;
  const keyArn = t.param('DataKeyArn');
  const family = serviceName(t, row);
  const clusterArn = arn('ecs', `cluster/${t.resourceName(row.cluster).text}`);
  const failures = failureQueue(t, 'Failures', { name: t.resourceName(`${name}-failures`), keyArn });
  scheduledTask(t, 'Schedule', {
    name,
    description: `Runs ${name}`,
    expression,
    timeZone,
    state: night ? 'DISABLED' : pilotLight ? t.isPrimary.choose('ENABLED', 'DISABLED') : 'ENABLED',
    clusterArn,
    family,
    task,
    roles,
    capacityProvider: spot ? 'FARGATE_SPOT' : 'FARGATE',
    subnetIds: t.param('PrivateSubnetIds').list(),
    securityGroupIds: [t.param('ServiceGroupId'), ...alsoGroups(t, row)],
    deadLetters: failures,
    keyArn,
  });
  const lost = t.add(
    'LostTasks',
    new Rule({
      Name: t.resourceName(`${name}-lost`),
      Description: `Tasks of ${name} that did not start, or were taken back`,
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: { clusterArn: [clusterArn], group: [family.after('family:')], lastStatus: ['STOPPED'], stopCode: ['TaskFailedToStart', 'SpotInterruption'] },
      },
      Targets: [{ Id: 'failures', Arn: failures.att('Arn') }],
    }),
  );
  rulesMayFail(t, 'FailuresPolicy', failures, [lost]);
  alarm(t, 'FailuresAlarm', {
    name: `${name}-failures`,
    description: `${name} did not run, or not to its end: its failure queue says why. Run its task by hand once that is repaired, then empty the queue`,
    metric: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: failures.att('QueueName') } },
    statistic: 'Maximum',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: 300,
    periods: 1,
    topic: t.param('AlarmTopicArn'),
  });
  logAlarm(t, row, 0);
}
