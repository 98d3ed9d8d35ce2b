import { alarm } from '../../modules/monitoring/alarm';
import { bucket } from '../../modules/security/bucket';
import { distributionsMayRead } from '../../modules/security/cloudfront-reads';
import { emptied } from '../../modules/security/emptied';
import { replication, replicationRuleId } from '../../modules/security/replication';
import { defineTemplate } from './environments';
import { assetsBucketName, dataKeyAlias } from './names';

/**
 * The static files of web-app, which CloudFront serves under `/static/`. With a pilot light they are put into the primary's bucket and
 * copied from there into the secondary's, which must stand first; CloudFront reads that one when the first fails. They are made anew by
 * each build of web-app: nothing is lost with them.
 */
export const assets = defineTemplate(
  'assets',
  { description: 'LookCard static files of web-app', parameters: { DataKeyArn: { Type: 'String' }, LogBucketName: { Type: 'String' }, AlarmTopicArn: { Type: 'String' } } },
  (t) => {
    const { context, settings } = t;
    const name = assetsBucketName(t);
    const keyArn = t.param('DataKeyArn');
    const copy = name.in(context.regions.secondary);
    const copied = settings.pilotLight && {
      replication: t.isPrimary.only(
        replication(t, 'AssetsReplicationRole', {
          roleName: t.resourceName('assets-copy', 'account'),
          source: name,
          sourceKeyArn: keyArn,
          destination: { region: context.regions.secondary, bucket: copy, key: dataKeyAlias(t) },
          when: t.isPrimary,
        }),
      ),
    };
    const { handle } = bucket(t, 'Assets', { name, key: keyArn, accessLogBucket: t.param('LogBucketName'), ...copied, retained: false, statements: (bucketArn) => [distributionsMayRead(bucketArn)] });
    emptied(t, { name: 'empty-assets', buckets: { Assets: handle }, keyArn, logRetentionInDays: settings.logRetentionDays });
    if (settings.pilotLight) {
      alarm(t, 'AssetsNotCopied', {
        name: 'assets-not-copied',
        description: 'Static files could not be copied to the other region, which would serve old ones after a failover. Look at the replication status of the newest objects, and put them again.',
        metric: { namespace: 'AWS/S3', name: 'OperationsFailedReplication', dimensions: { SourceBucket: handle.ref(), DestinationBucket: copy, RuleId: replicationRuleId } },
        statistic: 'Sum',
        comparison: 'GreaterThanThreshold',
        threshold: 0,
        period: 300,
        periods: 1,
        topic: t.param('AlarmTopicArn'),
        when: t.isPrimary,
      });
    }
    return {};
  },
);
