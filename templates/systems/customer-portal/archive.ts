import { Fn } from '../../../src/cfn';
import { alarm } from '../../modules/monitoring/alarm';
import { archiveStream, subscriptionRole } from '../../modules/monitoring/archive-stream';
import { archiveLogGroup } from '../../modules/monitoring/log-archive';
import { bucket } from '../../modules/security/bucket';
import { emptied } from '../../modules/security/emptied';
import { defineTemplate } from './environments';
import { archiveOf } from './log-archive';
import { bucketEmptier } from './security';

/** Days after which logs are read so seldom that they may be cold; objects are charged for 90 days from then. */
const warmDays = 30;

/**
 * The archive of one region's logs: CloudWatch Logs sends every log group's events to a stream, which writes them to a bucket for the
 * auditors. The log of the stream's own failures is not among them: it would feed itself.
 */
export const archive = defineTemplate(
  'archive',
  {
    description: 'Customer portal log archive: bucket, stream and the role by which log groups are sent to it',
    parameters: { DefaultKeyArn: { Type: 'String' }, AccessLogBucketName: { Type: 'String' }, AlarmTopicArn: { Type: 'String' } },
  },
  (t) => {
    const { logArchiveDays, logRetentionDays } = t.settings;
    const keyArn = t.param('DefaultKeyArn');
    const { handle: logs } = bucket(t, 'Logs', {
      name: t.resourceName('archive', 'world'),
      key: keyArn,
      ...(logArchiveDays > warmDays + 90 ? { coldAfterDays: warmDays } : {}),
      expireAfterDays: logArchiveDays,
      accessLogBucket: t.param('AccessLogBucketName'),
      retained: false,
    });
    const emptying = emptied(t, { name: 'empty-archive', buckets: { Logs: logs }, keyArn, logRetentionInDays: logRetentionDays });

    const stream = archiveStream(t, 'Stream', {
      name: t.resourceName('archive'),
      roleName: t.resourceName('archive', 'account'),
      bucketArn: logs.att('Arn'),
      keyArn,
      logRetentionInDays: logRetentionDays,
      after: Object.values(emptying),
    });
    const role = subscriptionRole(t, 'SubscriptionRole', t.resourceName('log-sender', 'account'), stream.att('Arn'));
    const here = archiveOf(t, stream.att('Arn'), role.att('Arn'));
    archiveLogGroup(t, 'EmptyLogArchive', Fn.Ref('EmptyLog'), here);
    // The function stands in the template before this one.
    archiveLogGroup(t, 'EmptyBucketsLogArchive', t.resourceName(bucketEmptier).after('/aws/lambda/'), here);

    alarm(t, 'ArchiveLate', {
      name: 'archive-late',
      description: 'Logs have waited for more than an hour to be archived. The log group of the archive stream says why; after a day Firehose gives them up.',
      metric: { namespace: 'AWS/Firehose', name: 'DeliveryToS3.DataFreshness', dimensions: { DeliveryStreamName: stream.ref() } },
      statistic: 'Maximum',
      comparison: 'GreaterThanThreshold',
      threshold: 3600,
      period: 300,
      topic: t.param('AlarmTopicArn'),
    });

    return { ArchiveStreamArn: stream.att('Arn'), ArchiveRoleArn: role.att('Arn') };
  },
);
