import { Fn, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Value } from '../../../src/cfn';
import { SubscriptionFilter } from '../../../src/cfn/generated/logs';

type Builder = TemplateBuilder<Parameters, unknown>;

/** Where a region's logs are copied to. */
export interface LogArchive {
  /** The Firehose stream that writes them to the archive bucket. */
  readonly streamArn: IntrinsicFunction;
  /** Role by which CloudWatch Logs sends to it. */
  readonly roleArn: IntrinsicFunction;
  /** Name of the subscriptions; a log group has one of a name. */
  readonly filterName: Name;
}

/**
 * Copies every event of a log group to the archive, as it arrives. What a data-protection policy masks is masked there too.
 * @param logGroupName of a group that stands; it has room for two subscriptions
 * @param condition    name of the condition under which the group exists. @default always
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample
 */
export function archiveLogGroup(t: Builder, id: string, logGroupName: IntrinsicFunction, archive: LogArchive, condition?: Value<string>): void {
  const { streamArn, roleArn, filterName } = archive;
  const filter = new SubscriptionFilter({ LogGroupName: logGroupName, FilterName: filterName, FilterPattern: '', DestinationArn: streamArn, RoleArn: roleArn });
  if (condition !== undefined) filter.condition(condition);
  t.add(id, filter);
}

/**
 * Copies every log group that the template has so far, whichever module added it: so the last line of a template's body. None can be
 * forgotten, and no module need know that there is an archive.
 */
export function archiveLogGroups(t: Builder, archive: LogArchive): void {
  for (const [id, { Type, Condition }] of Object.entries(t.template.Resources)) {
    if (Type === 'AWS::Logs::LogGroup') archiveLogGroup(t, `${id}Archive`, Fn.Ref(id), archive, Condition);
  }
}
