import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder, Value } from '../../../src/cfn';
import { ExperimentTemplate } from '../../../src/cfn/generated/fis';
import { allow, type Statement } from '../security/policy';
import { serviceRole } from '../security/role';
import { deliveryMayWrite, logGroup } from './log-group';

/** One fault on one kind of resource. */
export interface ExperimentSettings {
  /** The experiment's part of its name tag, of its role and of its log. */
  readonly name: string;
  /** What it takes away, and what is expected to happen, for the person who starts it. */
  readonly description: string;
  /** Identifier of the action. @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
  readonly action: `aws:${string}`;
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the action hits: its name for the target, such as `Subnets`, the resource type, and these resources only. */
  readonly target: { readonly name: string; readonly resourceType: `aws:${string}`; readonly arns: readonly Value<string>[] };
  /** The rights that AWS documents for the action, on the target only. */
  readonly statements: readonly Statement[];
  /** Alarm that stops the experiment and undoes its fault; while it is on, none can be started. */
  readonly stopAlarmArn: Value<string>;
  readonly keyArn: IntrinsicFunction;
  readonly logRetentionInDays: number;
}

/**
 * An experiment of Fault Injection Service that somebody can start on a game day. Nothing starts it by itself.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/experiment-templates.html
 */
export function experiment(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ExperimentSettings): Handle<'AWS::FIS::ExperimentTemplate', 'Id'> {
  const { name: part, description, action, parameters = {}, target, statements, stopAlarmArn, keyArn, logRetentionInDays } = settings;
  const name = t.resourceName(part);
  const logName = name.after('/aws/vendedlogs/fis/');
  const log = logGroup(t, `${id}Log`, { name: logName, retentionInDays: logRetentionInDays, keyArn, resourcePolicy: deliveryMayWrite(logName) });
  const role = serviceRole(t, `${id}Role`, {
    name: t.resourceName(part, 'account'),
    description: `Role of the ${part} experiment`,
    service: 'fis.amazonaws.com',
    statements: [...statements, allow(['logs:CreateLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'], ['*'])],
  });
  return t.add(
    id,
    new ExperimentTemplate({
      Description: description,
      RoleArn: role.att('Arn'),
      Actions: { fault: { ActionId: action, Parameters: parameters, Targets: { [target.name]: 'targets' } } },
      Targets: { targets: { ResourceType: target.resourceType, ResourceArns: target.arns, SelectionMode: 'ALL' } },
      StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: stopAlarmArn }],
      ExperimentOptions: { AccountTargeting: 'single-account', EmptyTargetResolutionMode: 'fail' },
      LogConfiguration: { LogSchemaVersion: 2, CloudWatchLogsConfiguration: { LogGroupArn: log.att('Arn') } },
      Tags: { Name: name },
    }),
  );
}
