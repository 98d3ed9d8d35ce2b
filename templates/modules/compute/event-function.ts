import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Rule } from '../../../src/cfn/generated/events';
import { Permission } from '../../../src/cfn/generated/lambda';
import { failureQueue, rulesMayFail } from '../data/failure-queue';
import { alarm } from '../monitoring/alarm';
import { lambdaFunction, type FunctionSettings } from './function';

/** When EventBridge invokes a function: by a schedule expression, or for events that match a pattern. */
export type EventRule = { readonly description: string } & ({ readonly schedule: string } | { readonly pattern: Readonly<Record<string, unknown>> });

/** A function that EventBridge invokes. */
export interface EventFunctionSettings<RuleName extends string> extends Omit<FunctionSettings, 'name' | 'deadLetters'> {
  /** The function's part in names. */
  readonly name: string;
  /** Key of its log and of the events that it failed to handle. Its policy must let `events.amazonaws.com` use it. */
  readonly keyArn: IntrinsicFunction;
  /** Rules by the part of their names, in small letters. */
  readonly rules: Readonly<Record<RuleName, EventRule>>;
  /** Where it is told that the function failed. */
  readonly topic: IntrinsicFunction;
}

export type RuleHandle = Handle<'AWS::Events::Rule', 'Arn' | 'RuleName'>;

/** Seconds after which an event that could not be delivered goes to the queue, instead of a day: what it tells is stale then. */
const staleAfter = 3600;

/**
 * A function with the EventBridge rules that invoke it. What EventBridge could not deliver, and what the function failed to
 * handle three times, goes to an encrypted queue; alarms tell of both.
 * @returns the rules by name
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
export function eventFunction<RuleName extends string>(t: TemplateBuilder<Parameters, unknown>, id: string, settings: EventFunctionSettings<RuleName>): Readonly<Record<RuleName, RuleHandle>> {
  const { name, rules, topic, keyArn, when } = settings;
  const failures = failureQueue(t, `${id}Failures`, { name: t.resourceName(`${name}-failures`), keyArn, when });
  const handler = lambdaFunction(t, id, { ...settings, deadLetters: failures });
  const handles = Object.fromEntries(
    Object.entries<EventRule>(rules).map(([part, rule]) => {
      const ruleId = `${id}${part.charAt(0).toUpperCase()}${part.slice(1)}`;
      const handle = t.add(
        ruleId,
        new Rule({
          Name: t.resourceName(`${name}-${part}`),
          Description: rule.description,
          State: 'ENABLED',
          ...('schedule' in rule ? { ScheduleExpression: rule.schedule } : { EventPattern: rule.pattern }),
          Targets: [{ Id: 'function', Arn: handler.att('Arn'), DeadLetterConfig: { Arn: failures.att('Arn') }, RetryPolicy: { MaximumEventAgeInSeconds: staleAfter } }],
        }),
        { when },
      );
      t.add(`${ruleId}Permission`, new Permission({ FunctionName: handler.ref(), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: handle.att('Arn') }), { when });
      return [part, handle];
    }),
  ) as Record<RuleName, RuleHandle>;
  rulesMayFail(t, `${id}FailuresPolicy`, failures, Object.values(handles), when);

  const once = { comparison: 'GreaterThanOrEqualToThreshold', threshold: 1, period: 300, periods: 1, topic, when } as const;
  alarm(t, `${id}ErrorsAlarm`, {
    ...once,
    name: `${name}-errors`,
    description: `The ${name} function failed. Its log says why; Lambda tries each event three times.`,
    metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: handler.ref() } },
    statistic: 'Sum',
  });
  alarm(t, `${id}FailuresAlarm`, {
    ...once,
    name: `${name}-failures`,
    description: `Events that the ${name} function could not handle wait in its failure queue. Do by hand what they ask for, then delete them.`,
    metric: { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: failures.att('QueueName') } },
    statistic: 'Maximum',
  });
  return handles;
}
