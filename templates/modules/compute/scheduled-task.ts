import { Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { Schedule } from '../../../src/cfn/generated/scheduler';
import type { QueueHandle } from '../data/queue';
import { allow, arn, forThisAccount, inside } from '../security/policy';
import { serviceRole } from '../security/role';
import type { FargateTaskHandle } from './fargate-task';
import type { RoleHandle } from './task-roles';

/** A task that runs at its times instead of always. */
export interface ScheduledTaskSettings {
  /** Its part of names. */
  readonly name: string;
  readonly description: string;
  /** Expression of EventBridge Scheduler: `cron(…)` with six fields or `rate(…)`. */
  readonly expression: string;
  /** IANA time zone of the expression; daylight saving is followed. */
  readonly timeZone: string;
  /** Whether it runs by itself; by hand it can be run anyway. */
  readonly state: Value<'ENABLED' | 'DISABLED'>;
  readonly clusterArn: Value<string>;
  /** Name of the task definition's family. */
  readonly family: Name;
  readonly task: FargateTaskHandle;
  /** The task's two roles: what may be passed to it. */
  readonly roles: readonly RoleHandle[];
  readonly capacityProvider: 'FARGATE' | 'FARGATE_SPOT';
  readonly subnetIds: IntrinsicFunction;
  readonly securityGroupIds: readonly IntrinsicFunction[];
  /** Where a start goes that has failed for good; `keyArn` encrypts it and the schedule. */
  readonly deadLetters: QueueHandle;
  readonly keyArn: IntrinsicFunction;
}

/** Starts that are tried anew, within an hour: later than that the next start is nearer than the missed one. */
const retryPolicy = { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 } as const;

/**
 * A schedule of EventBridge Scheduler that runs one task of a definition. Its role may start that definition in that cluster and nothing
 * else. A start that fails is tried anew for an hour, and then lies in the dead-letter queue; what a started task does is the task's.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
 */
export function scheduledTask(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ScheduledTaskSettings): Handle<'AWS::Scheduler::Schedule', 'Arn'> {
  const { name, description, expression, timeZone, state, clusterArn, family, task, roles, capacityProvider, subnetIds, securityGroupIds, deadLetters, keyArn } = settings;
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName(`${name}-schedule`, 'account'),
    description: `Starts the ${name} task`,
    service: 'scheduler.amazonaws.com',
    trustCondition: forThisAccount,
    statements: [
      allow(['ecs:RunTask'], [arn('ecs', `task-definition/${family.text}:*`)], { ArnEquals: { 'ecs:cluster': clusterArn } }),
      allow(['ecs:TagResource'], [inside(taskArns(clusterArn), '/*')], { StringEquals: { 'ecs:CreateAction': 'RunTask' } }),
      allow(['iam:PassRole'], roles.map((passed) => passed.att('Arn')), { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }),
      allow(['sqs:SendMessage'], [deadLetters.att('Arn')]),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], { StringEquals: { 'kms:ViaService': [Fn.Sub('sqs.${AWS::Region}.${AWS::URLSuffix}'), Fn.Sub('scheduler.${AWS::Region}.${AWS::URLSuffix}')] } }),
    ],
  });
  return t.add(
    id,
    new Schedule({
      Name: t.resourceName(name),
      Description: description,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: timeZone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: state,
      KmsKeyArn: keyArn,
      Target: {
        Arn: clusterArn,
        RoleArn: role.att('Arn'),
        RetryPolicy: retryPolicy,
        DeadLetterConfig: { Arn: deadLetters.att('Arn') },
        EcsParameters: {
          TaskDefinitionArn: task.ref(),
          TaskCount: 1,
          CapacityProviderStrategy: [{ CapacityProvider: capacityProvider, Weight: 1 }],
          PlatformVersion: 'LATEST',
          EnableECSManagedTags: true,
          PropagateTags: 'TASK_DEFINITION',
          NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: subnetIds, SecurityGroups: [...securityGroupIds] } },
        },
      },
    }),
  );
}

/** The tasks of a cluster, whose ARNs differ from its own by one word. */
function taskArns(clusterArn: Value<string>): IntrinsicFunction {
  return Fn.Join('task', Fn.Split('cluster', clusterArn));
}
